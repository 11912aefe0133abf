"""Mediation: what is offered, when mediators receive, appointments, walk-ins, and the record of what was done."""
