"""Measure the product against floors made in the same run, on a PostgreSQL of its own.

Start it as `make bench` or `python -m tests.benchmarks --size 0.1 --json FILE`. Size 1.0 is
1,000 projects with 5 million training records and 5 million runs, and takes half an hour.
"""

import argparse
import importlib
import json
import os
import sys
import tempfile
from pathlib import Path

import django

from tests.benchmarks.environment import PRODUCT
from tests.servers import postgresql

MEMORY = {
    "shared_buffers": "1GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "8GB",
    "jit": "off",
}


def main(arguments: list[str]) -> int:
    """Start a server, fill it, measure, and print one table."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory() as folder, postgresql(**MEMORY) as server:
        os.environ.update(PRODUCT, DATABASE_URL=server.url.format(name="postgres"), VAR_DIR=folder)
        (Path(folder) / "static").mkdir()
        django.setup()
        course = importlib.import_module("tests.benchmarks.course")  # needs Django set up
        figures = course.run(size=options.size, rounds=options.rounds, say=_say)
    print(course.table_of(figures))  # noqa: T201 - this is a command
    if options.json:
        text = json.dumps(course.flat(figures), indent=2)
        Path(options.json).write_text(text + "\n")
    return 0


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - this is a command


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--size", type=float, default=1.0, help="1.0 is 1,000 projects")
    parser.add_argument("--rounds", type=int, default=5, help="medians of so many")
    parser.add_argument("--json", help="write the figures to this file, too")
    options = parser.parse_args(arguments)
    if not 0 < options.size <= 1:
        parser.error("the size lies between 0 and 1")
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
