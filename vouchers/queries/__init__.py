"""Reads of vouchers, for pages and for other rooms."""
