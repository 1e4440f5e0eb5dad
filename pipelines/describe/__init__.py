"""Describes the dataset in each format by which it is found and cited, from one set of facts."""
