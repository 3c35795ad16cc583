"""Placement of functional modules along baselines by CP-SAT."""
