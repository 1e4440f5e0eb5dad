"""Repairs the text of a source, every character with its place in the seed."""
