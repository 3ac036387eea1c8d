"""A mistake in a page: where it was written, what stands in its place, and that it is told once."""
