"""What the pages of equipment send: shape only."""
