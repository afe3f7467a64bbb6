"""The whole course, from an empty database to the table of figures."""

from collections.abc import Callable, Iterator, Sequence

from django.core.management import call_command
from django.db import connection

from tests.benchmarks.decisions import measure_decisions
from tests.benchmarks.importing import measure_import
from tests.benchmarks.night import measure_night, measure_tenth
from tests.benchmarks.pages import measure_pages
from tests.benchmarks.paper import measure_paper
from tests.benchmarks.record import measure_record
from tests.benchmarks.stock import fill_database
from tests.benchmarks.timing import Figure, seconds_of
from tests.benchmarks.wire import measure_list

PROJECTS, RECORDS = 1000, 100_000
FEWEST_PROJECTS, FEWEST_RECORDS = 10, 1000
HEADINGS = ("what", "seconds", "ratio", "against", "limit", "")


def run(*, size: float, rounds: int, say: Callable[[str], None]) -> list[Figure]:
    """Migrate, fill and measure; return every figure."""
    call_command("migrate", verbosity=0)
    figures: list[Figure] = []
    for figure in _figures(size=size, rounds=rounds, say=say):
        say(_sentence(figure))
        figures.append(figure)
    connection.close()
    return figures


def _figures(*, size: float, rounds: int, say: Callable[[str], None]) -> Iterator[Figure]:
    projects = max(FEWEST_PROJECTS, round(PROJECTS * size))
    part = projects // 10
    _fill(1, part, say=say)
    tenth = measure_tenth(rounds=rounds)
    yield tenth
    _fill(part + 1, projects, say=say)
    yield from measure_night(tenth=tenth, times=projects / part, rounds=rounds)
    records = max(FEWEST_RECORDS, round(RECORDS * size))
    yield from measure_import(records=records, rounds=rounds)
    yield from measure_list(rounds=rounds)
    yield from measure_pages(rounds=rounds)
    yield from measure_paper(rounds=rounds)
    yield from measure_record(entries=records, rounds=rounds)
    yield from measure_decisions(rounds=rounds)


def _fill(first: int, last: int, *, say: Callable[[str], None]) -> None:
    say(f"Writing the facts of projects {first} to {last} …")
    say(f"… took {seconds_of(lambda: fill_database(first=first, last=last)):.0f} s")


def _sentence(figure: Figure) -> str:
    ratio = "" if figure.ratio is None else f", {figure.ratio:.2f} x {figure.against}"
    return f"{figure.name}: {figure.seconds:.4f} s{ratio}"


def table_of(figures: Sequence[Figure]) -> str:
    """Return the figures as one table of plain text."""
    rows = [HEADINGS, *(_row(figure) for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _row(figure: Figure) -> tuple[str, ...]:
    memory = "" if figure.mebibytes is None else f"{figure.mebibytes:.0f} MiB, "
    return (
        figure.name,
        f"{figure.seconds:.4f}",
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        figure.against,
        figure.limit,
        memory + figure.note,
    )


def flat(figures: Sequence[Figure]) -> dict[str, dict[str, object]]:
    """Return name -> {seconds, ratio, against}, and mebibytes where they were measured."""
    found: dict[str, dict[str, object]] = {}
    for figure in figures:
        found[figure.name] = {
            "seconds": round(figure.seconds, 6),
            "ratio": None if figure.ratio is None else round(figure.ratio, 4),
            "against": figure.against or None,
        }
        if figure.mebibytes is not None:
            found[figure.name]["mebibytes"] = round(figure.mebibytes, 1)
    return found
