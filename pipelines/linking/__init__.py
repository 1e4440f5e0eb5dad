"""The facts of plans in, what joins them out: indicators, citations, variants, topics, parallels."""
