"""Mobile classroom kits: what is in them, who has them when, how they come back, and their upkeep."""
