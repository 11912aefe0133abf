"""What the pages about places send: shape only, the rules decide."""
