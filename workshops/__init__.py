"""Workshops: programmes and their sessions, registrations, waiting lists, the day itself, and requests of hosts."""
