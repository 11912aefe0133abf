"""What the Makefile runs: set up, start, translate, take pictures. Nothing else imports it."""
