"""The parts of the page *Services & demand*."""
