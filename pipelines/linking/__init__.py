"""Links the facts of plans to each other: indicators, citations, variants, topics, parallels."""
