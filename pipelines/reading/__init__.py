"""Reads the facts in a clause: one module for each kind of fact, all of them pure functions."""
