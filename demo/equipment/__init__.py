"""The mobile kits of the demonstration: what is in them, two school years of loans, and how they stand today."""
