"""Readers: a file -> FloorPlan and a census of what was taken and what was left."""
