"""Decisions of vouchers, without session or request."""
