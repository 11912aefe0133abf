"""The national standard "lieux de médiation numérique" 1.0.2: its columns, its labels, and its older dialects."""
