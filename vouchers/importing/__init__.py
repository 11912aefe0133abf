"""The card file of the CCAS: which columns it has, how their cells are read, and what an import did."""
