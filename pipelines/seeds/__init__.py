"""A folder of documents in, the sources that sources.csv promises out."""
