"""The week grid of the page *Roster*."""
