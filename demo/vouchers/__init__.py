"""The vouchers of the demonstration: cards, partners, campaigns, what was paid with them, what partners are owed."""
