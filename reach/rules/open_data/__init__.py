"""Published reports as open data: rows, what the columns mean, and how catalogues describe it. Pure."""
