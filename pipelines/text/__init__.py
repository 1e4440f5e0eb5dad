"""A source in, its text out: repaired, every character with its place in the seed."""
