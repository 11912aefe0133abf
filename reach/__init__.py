"""Whom the programme reaches, with what, where, and whom it does not: indicators, map, reports, exports, open data."""
