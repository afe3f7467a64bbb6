"""The programs refuse to start with one line, not with a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from celery import Celery
from django.core.exceptions import ImproperlyConfigured

from governance.permissions.table import policy
from readiness.config import asgi, gunicorn, start, worker, wsgi
from tests.house.sources import ROOT

BIN = Path(sys.executable).parent
PROGRAMS = {
    "manage": [sys.executable, "manage.py", "check"],
    "web": [str(BIN / "gunicorn"), "-c", "python:readiness.config.gunicorn"],
    "worker": [str(BIN / "celery"), "-A", "readiness.config.worker", "worker"],
    "schedule": [str(BIN / "celery"), "-A", "readiness.config.worker", "beat"],
}


class TestReadSettings:
    @pytest.mark.slow
    @pytest.mark.parametrize("program", PROGRAMS)
    def test_ends_every_program_with_one_line(self, program: str, tmp_path: Path) -> None:
        environment = {**os.environ, "SECRET_KEY": "short", "VAR_DIR": str(tmp_path)}
        environment["DJANGO_SETTINGS_MODULE"] = "readiness.config.settings"
        ended = subprocess.run(  # noqa: S603 - our own command lines
            PROGRAMS[program],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ended.returncode == 1
        assert ended.stderr.startswith("Not started. SECRET_KEY: too short")
        assert ended.stderr.count("\n") == 1

    def test_says_what_the_settings_say(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Mistaken:
            @property
            def SECRET_KEY(self) -> str:  # noqa: N802 - the name of the setting
                raise ImproperlyConfigured("SECRET_KEY: too short")

        monkeypatch.setattr(start, "settings", Mistaken())
        with pytest.raises(SystemExit, match="SECRET_KEY: too short"):
            start.read_settings()


class TestComparePolicy:
    def test_lets_the_product_start(self) -> None:
        start.compare_policy()

    def test_stops_where_an_address_is_in_no_policy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        held = {key: rule for key, rule in policy().items() if key[0] != "readiness:my-work"}
        monkeypatch.setattr("governance.permissions.addresses.policy", lambda: held)
        with pytest.raises(ImproperlyConfigured, match="readiness:my-work is in no policy"):
            start.compare_policy()

    @pytest.mark.slow
    @pytest.mark.parametrize("program", ["web", "worker"])
    def test_ends_every_server_that_has_a_gap(self, program: str, tmp_path: Path) -> None:
        settings = tmp_path / "gapped.py"
        settings.write_text(
            "from readiness.config.settings import *\n"
            "POLICY_TABLES = [name for name in POLICY_TABLES if not name.startswith('uat.')]\n"
        )
        environment = {**os.environ, "VAR_DIR": str(tmp_path)}
        environment |= {"DJANGO_SETTINGS_MODULE": "gapped", "PYTHONPATH": str(tmp_path)}
        environment |= {"BIND": "127.0.0.1:0", "DEMO_MODE": "1"}
        ended = subprocess.run(  # noqa: S603 - our own command lines
            PROGRAMS[program],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ended.returncode != 0
        assert "uat:scenario-list is in no policy." in ended.stderr + ended.stdout


class TestEntryPoints:
    def test_are_there_for_every_kind_of_server(self) -> None:
        assert callable(wsgi.application)
        assert callable(asgi.application)
        assert isinstance(worker.app, Celery)
        assert gunicorn.wsgi_app == "readiness.config.wsgi:application"
        assert gunicorn.bind == ["127.0.0.1:8000"]
