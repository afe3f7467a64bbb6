"""Nothing is skipped silently: what did not run is listed and fails the run."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter


class SkipLedger:
    """Count tests on absent shared data in one line; list every other skip and fail."""

    def __init__(self) -> None:
        """Start with an empty ledger."""
        self.excused: list[str] = []
        self.unexcused: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write down a skip, and whether the shared data excuses it."""
        if report.skipped and not hasattr(report, "wasxfail"):
            excused = "shared_data" in report.keywords
            (self.excused if excused else self.unexcused).append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Write down a whole module that skipped itself."""
        if report.skipped:
            self.unexcused.append(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a run that would have been green in spite of a skip."""
        if self.unexcused and session.exitstatus == pytest.ExitCode.OK and _in_charge(session):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: "TerminalReporter") -> None:
        """Say what did not run."""
        if self.excused:
            terminalreporter.write_line(
                f"{len(self.excused)} tests did not run: the shared data is not here."
            )
        for name in self.unexcused:
            terminalreporter.write_line(f"NOT RUN, which fails the run: {name}", red=True)


def _in_charge(session: pytest.Session) -> bool:
    """Say whether this is the process that answers for the run, not a worker of it."""
    return not hasattr(session.config, "workerinput")
