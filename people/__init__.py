"""Residents: finding, creating, merging duplicates, consent, and forgetting in time."""
