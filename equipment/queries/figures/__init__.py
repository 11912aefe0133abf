"""Reads for the figures of equipment: bare rows, in as many statements however many loans there are."""
