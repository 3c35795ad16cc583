"""The building as data, and plain geometry on it."""
