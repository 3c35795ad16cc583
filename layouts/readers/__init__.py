"""Files become floor plans here, and nowhere else: what was taken, what was left, and how sure we are."""
