"""An original in, whatever its format, its text and where its lines stand out."""
