"""Files of kits and devices: which columns they have, how their cells are read, and what an import did."""
