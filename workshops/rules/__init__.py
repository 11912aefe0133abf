"""Pure decisions of workshops: no session, no request, no clock."""
