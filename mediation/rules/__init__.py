"""Pure decisions of mediation: no session, no request, now is an argument."""
