"""Queueing formulas, each with its source."""
