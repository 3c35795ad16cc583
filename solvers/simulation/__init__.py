"""The seeded discrete-event simulation of a centre's day."""
