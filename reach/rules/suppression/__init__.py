"""What may be told of small numbers outside of the team, so that nobody can work out what is not told."""
