"""Run every check of the project, one step after another, and say how each one ended.

python -m tests.steps all | fast | full | lint | browser
python -m tests.steps postgresql [what pytest takes]
python -m tests.steps style | format | templates | layers | types | …   one of the checks of lint
"""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests import servers

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
APPS = ["governance", "training", "uat", "readiness", "reports"]
COVERAGE = ROOT / "var" / "coverage"
PYTEST = [str(BIN / "python"), "-m", "pytest", "-q", "--no-header", "--tb=short"]
TWO_WORKERS = ["-n", "2", "--dist", "loadgroup"]
BROWSER_TALLY = ROOT / "var" / "checks" / "browser.json"
FAST = ["-m", "not slow and not shared_data"]
# Whole journeys, real servers, files read in child processes: not for a run under a minute.
LONG = ("flows", "browser", "faults", "benchmarks", "*/imports")
FAST += [f"--ignore-glob=tests/{folder}" for folder in LONG]


@dataclass(frozen=True, slots=True)
class Step:
    """One check: a name, a command line, and the environment it wants."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """How the steps ended: seconds and outcome of each, tests counted over all of them."""

    rows: list[tuple[str, float, bool]] = field(default_factory=list)
    passed: int = 0
    failed: int = 0

    def count(self, output: str) -> None:
        """Add up pytest's own closing lines."""
        for number, word in re.findall(r"(\d+) (passed|failed|errors?)\b", output):
            if word == "passed":
                self.passed += int(number)
            else:
                self.failed += int(number)

    @property
    def green(self) -> bool:
        """Say whether every step ended well."""
        return all(ended_well for _, _, ended_well in self.rows)


def say(text: str = "") -> None:
    """Write a line at once, so that it stands before the output of the next step."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def own_environment() -> dict[str, str]:
    """Return the environment for commands that read the product's settings."""
    return {
        "SECRET_KEY": "checks-only-3f0c9d1b7a5e2486-3f0c9d1b7a5e2486-3f0c9d1b7a5e2486",
        "VAR_DIR": str(ROOT / "var" / "checks"),
        "DATABASE_URL": "sqlite:///:memory:",
        "REDIS_URL": "",
        "DEBUG": "0",
        "DEMO_MODE": "0",
    }


def lint_steps() -> list[Step]:
    """Return what can be said without running the product."""
    manage = [str(BIN / "python"), "manage.py"]
    own = own_environment()
    return [
        Step("style (ruff)", [str(BIN / "ruff"), "check", "."]),
        Step("format (ruff)", [str(BIN / "ruff"), "format", "--check", "."]),
        Step("templates (djlint)", [str(BIN / "djlint"), "--quiet", "--lint", "templates"]),
        Step("layers (import-linter)", [str(BIN / "lint-imports"), "--no-logo"]),
        Step("types (mypy)", [str(BIN / "mypy"), "--cache-dir", "var/mypy", *APPS, "tests"]),
        Step("migrations", [*manage, "makemigrations", "--check", "--dry-run"], own),
        Step("configuration", [*manage, "check", "--fail-level", "WARNING"], own),
        Step(
            "OpenAPI schema",
            [*manage, "spectacular", "--validate", "--fail-on-warn", "--file", os.devnull],
            own,
        ),
    ]


def covered(command: list[str]) -> list[str]:
    """Return a pytest command line that collects coverage for the report at the end."""
    return [*command, "--cov", "--cov-report=", "--cov-fail-under=0"]


def suite_steps(server: dict[str, str], *, profile: str) -> list[Step]:
    """Return the passes of the suite on both engines, and the coverage over them together."""
    own = {**server, "HYPOTHESIS_PROFILE": profile, "COVERAGE_FILE": str(COVERAGE / "data")}
    if profile == "long":
        own["LOOK_CLOSELY"] = "1"
    on_postgresql = {**own, "TEST_DATABASE_URL": server["TEST_POSTGRESQL_URL"]}
    coverage = str(BIN / "coverage")
    return [
        Step("tests", covered([*PYTEST, *TWO_WORKERS]), {**own, "WHOLE_SUITE": "1"}),
        Step(
            "tests on PostgreSQL",
            [*covered([*PYTEST, *TWO_WORKERS]), "--cov-append"],
            on_postgresql,
        ),
        Step("coverage", [coverage, "report"], own),
    ]


def browser_step() -> Step:
    """Return the journeys and the close look at every page, in a real Chromium."""
    BROWSER_TALLY.parent.mkdir(parents=True, exist_ok=True)
    BROWSER_TALLY.unlink(missing_ok=True)
    own = {"LOOK_CLOSELY": "1", "BROWSER_TALLY": str(BROWSER_TALLY)}
    return Step("browser", [*PYTEST, "tests/browser"], own)


def browser_line() -> tuple[str, bool]:
    """Return the closing line of the browser tests, and whether nothing falls short."""
    counts = {"pages": 0, "axe_violations": 0, "journeys": 0, "journeys_well": 0}
    if BROWSER_TALLY.exists():
        counts.update(json.loads(BROWSER_TALLY.read_text()))
    pages, violations = counts["pages"], counts["axe_violations"]
    well, journeys = counts["journeys_well"], counts["journeys"]
    line = f"pages={pages} axe_violations={violations} journeys={well}/{journeys}"
    return line, bool(pages and journeys and well == journeys and not violations)


def run(step: Step, tally: Tally) -> None:
    """Run one step, show what it says as it says it, and write down how it ended."""
    say(f"\n── {step.name}")
    started = time.monotonic()
    heard: list[str] = []
    with subprocess.Popen(  # noqa: S603 - our own command lines
        step.command,
        cwd=ROOT,
        env={**os.environ, **step.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        try:
            for line in process.stdout or ():
                say(line.rstrip("\n"))
                heard.append(line)
        except BaseException:
            process.terminate()
            raise
    seconds = time.monotonic() - started
    if "pytest" in step.command:
        tally.count("".join(line for line in heard[-3:]))
    tally.rows.append((step.name, seconds, process.returncode == 0))


@contextlib.contextmanager
def private_servers() -> Iterator[dict[str, str]]:
    """Yield the addresses of a PostgreSQL and a Redis of our own, for as long as we run."""
    with servers.postgresql() as postgresql, servers.redis_server() as redis:
        yield {
            "TEST_POSTGRESQL_URL": postgresql.url.format(name="postgres"),
            "TEST_REDIS_URL": redis.url,
        }


def report(tally: Tally) -> int:
    """Print the table of steps and the tests of all passes; return the exit code."""
    say("\n── steps")
    for name, seconds, ended_well in tally.rows:
        say(f"{name:<28}{seconds:>8.1f} s   {'ok' if ended_well else 'FAILED'}")
    total = sum(seconds for _, seconds, _ in tally.rows)
    say(f"{'together':<28}{total:>8.1f} s   {'ok' if tally.green else 'FAILED'}\n")
    if tally.passed or tally.failed:
        say(f"{tally.passed} passed, {tally.failed} failed")
    return 0 if tally.green else 1


def main(arguments: list[str]) -> int:
    """Run what was asked for and return the exit code."""
    wanted, rest = (arguments[0] if arguments else "all"), arguments[1:]
    tally = Tally()
    for step in lint_steps():
        if wanted in {"all", "full", "lint", step.name.split()[0]}:
            run(step, tally)
    if wanted == "fast":
        run(Step("fast tests", [*PYTEST, *TWO_WORKERS, *FAST]), tally)
    elif wanted in {"all", "full", "postgresql"}:
        with private_servers() as server:
            for step in server_steps(server, wanted=wanted, rest=rest):
                run(step, tally)
    elif wanted == "browser":
        return look_in_the_browser(tally)
    elif not tally.rows:
        say(f"There is no step {wanted!r}. {__doc__}")
        return 2
    return report(tally)


def look_in_the_browser(tally: Tally) -> int:
    """Run the browser tests; the last line says how many pages, violations and journeys."""
    run(browser_step(), tally)
    code = report(tally)
    line, is_whole = browser_line()
    say(line)
    return code or int(not is_whole)


def server_steps(server: dict[str, str], *, wanted: str, rest: list[str]) -> list[Step]:
    """Return the steps that need the private servers."""
    if wanted == "postgresql":
        own = {**server, "TEST_DATABASE_URL": server["TEST_POSTGRESQL_URL"]}
        return [Step("tests on PostgreSQL", [*PYTEST, *rest], own)]
    COVERAGE.mkdir(parents=True, exist_ok=True)
    return suite_steps(server, profile="long" if wanted == "full" else "short")


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    if {"-h", "--help"} & {*sys.argv[1:2]}:
        say(__doc__ or "")
        sys.exit()
    # also where a shell started us in the background, or ends us from outside: stop the servers
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
