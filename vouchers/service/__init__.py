"""Verbs of vouchers: each loads and locks campaign, then cards, then vouchers; decides, writes, and never commits."""
