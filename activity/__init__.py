"""The record of what was done: of appointments, walk-ins, workshop sessions; enumerations follow La Coop."""
