"""The parts of the page *Day*."""
