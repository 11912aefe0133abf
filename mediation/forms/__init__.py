"""The shape of what the pages of mediation send."""
