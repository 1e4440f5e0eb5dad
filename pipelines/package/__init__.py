"""Publishes Arrow tables and repaired texts as a data package."""
