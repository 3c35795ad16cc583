"""Rosters: problem, model and solver-free check."""
