"""Pure functions from a question to an answer."""
