"""A clause in, facts out: one module for each kind of fact, all of them pure functions."""
