"""Reads of mediation, ordered, for pages and reports."""
