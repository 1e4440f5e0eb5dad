"""Imports the commands and reads a plan, so that processes forked from this one begin with both done."""

import tempfile
from pathlib import Path

import pipelines.cli
from pipelines.package.build import read_plans
from pipelines.vocabulary import load_vocabulary
from tests.samples import PLAN, write_seeds

with tempfile.TemporaryDirectory() as folder:
    read_plans(write_seeds(Path(folder), {"wuhan": PLAN}), load_vocabulary(), strict=True)

__all__ = ["pipelines"]
