"""Checks that what is published is what it promises to be."""
