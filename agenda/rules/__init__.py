"""Pure decisions about time: no clock, no database, no request."""
