"""Published reports on paper: the yearly and quarterly report, and sheets of one page."""
