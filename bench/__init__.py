"""Measures of speed, run by `make bench`; no test is timed."""
