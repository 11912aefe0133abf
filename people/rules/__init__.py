"""Decisions about residents' records, without database or clock."""
