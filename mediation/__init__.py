"""Mediation: what is offered, when mediators receive, appointments, walk-ins, and what is told of them."""
