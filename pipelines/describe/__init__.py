"""What the package says of itself in, the files by which it is found and cited out: one fact, one place, many forms."""
