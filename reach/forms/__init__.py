"""Shapes of what the pages of reach are asked."""
