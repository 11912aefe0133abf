"""Activity records as La Coop de la médiation numérique exports its own, so that the national count stays possible."""
