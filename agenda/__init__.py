"""The ledger of time: what can be busy, when it is open, absent or held, and the free time left, as pure functions."""
