"""Every address is exercised by some test: each worker tells which names it resolved."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.core.handlers.base import BaseHandler
from django.urls import URLPattern, URLResolver, get_resolver

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

RAN_TO_THE_END = {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
# Addresses that others brought and test themselves; ours are all to be exercised.
FOREIGN = ("account_", "mfa_", "usersessions_", "socialaccount_")


class AddressLedger:
    """Collect the names of visited addresses, and fail a whole run that missed one."""

    def __init__(self) -> None:
        """Start with no address visited."""
        self.visited: set[str] = set()
        self.missed: list[str] = []

    def watch(self) -> None:
        """Write down the name of every address that Django resolves from now on."""
        resolve: Callable[..., Any] = BaseHandler.resolve_request

        def resolve_and_tell(handler: BaseHandler, request: Any) -> Any:
            match = resolve(handler, request)
            self.visited.add(match.view_name)
            return match

        BaseHandler.resolve_request = resolve_and_tell  # type: ignore[method-assign, assignment]

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Take over what a worker visited."""
        self.visited |= set(getattr(node, "workeroutput", {}).get("visited", ()))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand the names to the process in charge, or be it and judge."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["visited"] = sorted(self.visited)
        elif os.environ.get("WHOLE_SUITE") and session.exitstatus in RAN_TO_THE_END:
            self.missed = sorted(set(_names(get_resolver())) - self.visited)
            if self.missed and session.exitstatus == pytest.ExitCode.OK:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: "TerminalReporter") -> None:
        """Say which address no test visited."""
        for name in self.missed:
            terminalreporter.write_line(f"NO TEST VISITS, which fails the run: {name}", red=True)


def _names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _names(entry, inner)
        elif isinstance(entry, URLPattern) and entry.name and not entry.name.startswith(FOREIGN):
            yield f"{space}{entry.name}"
