"""Formulas of queueing theory, each a small function with its source. Minutes and persons throughout."""
