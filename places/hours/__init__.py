"""Opening hours: OSM `opening_hours` text and French sentences read into weekly openings, and written back."""
