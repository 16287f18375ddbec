"""Tasks: given, accepted, reported, extended, confirmed, handed over (product.md, C15)."""
