"""Solidarity cards, campaigns, vouchers, the partners who take them, and what they are owed."""
