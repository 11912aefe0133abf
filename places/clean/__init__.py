"""Messy text of real files made clean, or None: pure, and never a guess."""
