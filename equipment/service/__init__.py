"""Verbs of kits and their loans; other features enter here and by the queries."""
