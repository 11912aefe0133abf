"""Reads of what the other rooms wrote; each figure is counted when it is asked for."""
