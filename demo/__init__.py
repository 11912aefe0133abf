"""The demonstration town: Valbriac, invented from its streets to its people, the same at each loading."""
