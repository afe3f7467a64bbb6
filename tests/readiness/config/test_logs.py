"""What the log never says."""

import json
import logging
import logging.config
import sys
from io import StringIO

import pytest
import structlog

from readiness.config.logs import HIDDEN, hide_secrets, logging_to_stdout


class TestHideSecrets:
    @pytest.mark.parametrize(
        "name", ["password", "new_passphrase", "Authorization", "api_key", "csrf_token", "Cookie"]
    )
    def test_hides_what_telling_names_hold(self, name: str) -> None:
        assert hide_secrets(None, "info", {name: "abc"}) == {name: HIDDEN}

    def test_hides_credentials_inside_text(self) -> None:
        event = {"event": "GET failed: Bearer abc.def; postgresql://gate:word@host/name"}
        assert hide_secrets(None, "info", event)["event"] == (
            f"GET failed: Bearer {HIDDEN} postgresql://gate:{HIDDEN}@host/name"
        )

    def test_leaves_the_query_of_an_address_out(self) -> None:
        event = {"request": "GET /accounts/reset/?key=abc"}
        assert hide_secrets(None, "info", event) == {"request": "GET /accounts/reset/"}

    def test_leaves_the_rest_alone(self) -> None:
        event = {"event": "night judged", "projects": 12}
        assert hide_secrets(None, "info", dict(event)) == event


class TestLoggingToStdout:
    @pytest.mark.parametrize("shape", ["json", "plain"])
    def test_writes_one_line_per_event(self, shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
        written = StringIO()
        monkeypatch.setattr(sys, "stdout", written)
        whole = logging_to_stdout(level="INFO", shape=shape)
        root = whole.pop("root")
        logging.config.dictConfig({**whole, "loggers": {"house": {**root, "propagate": False}}})
        structlog.get_logger("house").info("night judged\nFAKE line", projects=12, token="abc")  # noqa: S106
        line = written.getvalue()
        assert line.count("\n") == 1
        assert "night judged" in line
        assert "abc" not in line
        if shape == "json":
            assert json.loads(line)["projects"] == 12
