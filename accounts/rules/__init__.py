"""Decisions about accounts, without database or clock."""
