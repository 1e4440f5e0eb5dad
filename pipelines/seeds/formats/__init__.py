"""Reads the text of an original in any of its formats, and where its lines stand."""
