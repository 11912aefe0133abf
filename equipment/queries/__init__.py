"""Reads of kits and their loans, for pages, reports and verbs."""
