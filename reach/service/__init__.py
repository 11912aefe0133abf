"""Verbs of reach: what is asked for, made and published."""
