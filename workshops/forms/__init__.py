"""The shapes of what pages of workshops send."""
