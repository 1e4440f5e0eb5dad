"""Reads from a folder of documents the sources that sources.csv promises."""
