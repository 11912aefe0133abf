"""Reads of workshops, for pages and for other features."""
