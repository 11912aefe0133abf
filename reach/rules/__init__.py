"""What is counted and how it is said: periods, filters, scopes, definitions, rates."""
