"""A repaired text in, its parts out: where the plan stands in it, its chapters and clauses."""
