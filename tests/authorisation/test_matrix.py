"""A slice of the matrix in every run; the whole of it is `make authorisation`."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SLICE = "governance:decision-list,governance:decision-detail,api:decision-list,uat:photo-download"
A_FEW_LEAKS = ("P1 ", "P6 ", "P11 ")


def run(*arguments: str) -> tuple[int, str]:
    """Run a command of the matrix; return how it ended, and its last line."""
    done = subprocess.run(  # noqa: S603 - our own command lines
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.strip().splitlines()
    print("\n".join(lines[-40:]), done.stderr[-2000:])  # noqa: T201 - what failed, if it did
    return done.returncode, lines[-1] if lines else ""


@pytest.mark.slow
class TestMatrix:
    def test_finds_no_leak_in_a_slice_of_the_product(self) -> None:
        code, line = run("tests.authorisation", "--urls", SLICE)
        assert code == 0
        assert line.endswith("urls=4/4 leaks=0")
        assert int(line.partition("cells=")[2].split()[0]) > 1_000

    @pytest.mark.parametrize("name", A_FEW_LEAKS)
    def test_turns_red_for_a_planted_leak(self, name: str) -> None:
        assert run("tests.authorisation.planted", name) == (0, "found=1 planted=1")

    def test_knows_when_an_address_cannot_be_filled(self) -> None:
        code, line = run("tests.authorisation", "--urls", "no:such-address")
        assert code == 1
        assert line == "cells=0 urls=0/0 leaks=0"
