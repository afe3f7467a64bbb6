"""Settings follow the environment: what a deployment behind TLS gets, what a trial gets."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.house.sources import ROOT

ASK = """
import json
from readiness.config import settings
print(json.dumps({name: getattr(settings, name, None) for name in %r}, default=str))
"""
KEY = "tests-only-7a5e2486-3f0c9d1b-7a5e2486-3f0c9d1b-7a5e2486"


def ask(names: list[str], folder: Path, **environment: str) -> dict[str, Any]:
    """Return settings as a fresh process reads them from this environment."""
    closed = {"PATH": os.environ["PATH"], "SECRET_KEY": KEY, "VAR_DIR": str(folder)}
    # an .env of the developer's must not decide: what it might set is set here
    defaults = {"DEBUG": "", "DEMO_MODE": "", "REDIS_URL": "", "DATABASE_URL": ""}
    answer = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-c", ASK % names],
        cwd=ROOT,
        env={**closed, **defaults, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


@pytest.mark.slow
class TestSettings:
    def test_insist_on_tls_unless_told_otherwise(self, tmp_path: Path) -> None:
        wanted = {
            "DEBUG": False,
            "DEMO_MODE": False,
            "SECURE_SSL_REDIRECT": True,
            "SECURE_HSTS_SECONDS": 31_536_000,
            "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
            "SESSION_COOKIE_SECURE": True,
            "CSRF_COOKIE_SECURE": True,
            "SESSION_COOKIE_NAME": "__Host-session",
            "SECURE_PROXY_SSL_HEADER": None,
        }
        assert ask(list(wanted), tmp_path) == wanted

    def test_serve_the_demo_over_plain_http(self, tmp_path: Path) -> None:
        wanted = {"SESSION_COOKIE_SECURE": False, "SECURE_HSTS_SECONDS": 0, "DEMO_MODE": True}
        assert ask(list(wanted), tmp_path, DEMO_MODE="1") == wanted

    def test_trust_a_proxy_only_when_told(self, tmp_path: Path) -> None:
        found = ask(["SECURE_PROXY_SSL_HEADER"], tmp_path, TRUST_PROXY="1")
        assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]

    def test_queue_through_redis_where_there_is_one(self, tmp_path: Path) -> None:
        names = ["CELERY_BROKER_URL", "CELERY_BROKER_TRANSPORT_OPTIONS", "CELERY_TASK_TIME_LIMIT"]
        found = ask(names, tmp_path, REDIS_URL="redis://redis:6379/0")
        options = found["CELERY_BROKER_TRANSPORT_OPTIONS"]
        assert found["CELERY_BROKER_URL"] == "redis://redis:6379/0"
        assert options["visibility_timeout"] > 2 * found["CELERY_TASK_TIME_LIMIT"]
        assert options["unacked_restore_interval"] == 3

    def test_queue_through_private_folders_elsewhere(self, tmp_path: Path) -> None:
        found = ask(["CELERY_BROKER_URL", "CACHES"], tmp_path)
        assert found["CELERY_BROKER_URL"] == "filesystem://"
        for folder in (tmp_path / "queue", Path(found["CACHES"]["default"]["LOCATION"])):
            assert folder.stat().st_mode & 0o777 == 0o700


class TestExample:
    def test_explains_every_variable_that_is_read(self) -> None:
        asked = r'(?:text|flag|number|one_of|listed|folder)\(\s*"([A-Z_]+)"|name="([A-Z_]+)"'
        read = {
            first or second
            for name in ("settings", "environment")
            for first, second in re.findall(
                asked, (ROOT / "readiness" / "config" / f"{name}.py").read_text()
            )
        }
        example = (ROOT / ".env.example").read_text()
        assert read
        assert not {word for word in read if f"{word}=" not in example}
