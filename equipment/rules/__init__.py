"""Decisions about kits: pure, with `now` passed in."""
