"""Bringing drawings and pictures in from the page."""
