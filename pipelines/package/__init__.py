"""Arrow tables and repaired texts in, the published data package out."""
