"""Pictures to look into: zoom and pan by pointer and keys, several in step, points picked on them."""
