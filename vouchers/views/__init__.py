"""Pages of cards, campaigns, vouchers, counters and statements."""
