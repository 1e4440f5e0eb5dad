"""Finds the plans of a repaired text, with their chapters, clauses and tables."""
