"""`python -m pipelines COMMAND`: see `python -m pipelines --help`."""

from pipelines.cli import main

main()
