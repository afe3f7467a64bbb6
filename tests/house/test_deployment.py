"""docker-compose.yml and the Dockerfile say what the README promises."""

import os
import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from tests.house.sources import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
OURS = ("migrate", "web", "worker", "schedule")
SERVERS = ("postgresql", "redis")
INSTALL = (ROOT / ".ci" / "install").read_text()


class TestComposeFile:
    def test_has_the_parts_and_no_other(self) -> None:
        assert set(SERVICES) == {*OURS, *SERVERS}

    @pytest.mark.parametrize("name", [*OURS, *SERVERS])
    def test_runs_nothing_as_root(self, name: str) -> None:
        assert SERVICES[name]["user"] in {"10001:10001", "postgres", "redis"}
        assert SERVICES[name]["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in SERVICES[name]["security_opt"]

    @pytest.mark.parametrize("name", OURS)
    def test_keeps_the_image_read_only(self, name: str) -> None:
        assert SERVICES[name]["read_only"] is True

    @pytest.mark.parametrize("name", ["web", "worker", "schedule", *SERVERS])
    def test_checks_the_health_of_what_stays(self, name: str) -> None:
        check = SERVICES[name]["healthcheck"]
        assert check["test"][0] in {"CMD", "CMD-SHELL"}
        assert {"interval", "timeout", "retries"} <= set(check)

    def test_reads_every_secret_from_a_file(self) -> None:
        environment = SERVICES["web"]["environment"]
        for name, value in environment.items():
            if re.search(r"PASSWORD|SECRET", name):
                assert name.endswith("_FILE")
                assert str(value).startswith("/run/secrets/")
        assert all(set(secret) == {"file"} for secret in COMPOSE["secrets"].values())
        named = {name for service in SERVICES.values() for name in service.get("secrets", [])}
        assert named == set(COMPOSE["secrets"])

    def test_publishes_the_site_alone_and_on_loopback(self) -> None:
        published = {name: each["ports"] for name, each in SERVICES.items() if "ports" in each}
        assert published == {"web": ["${PUBLISH:-127.0.0.1:8000}:8000"]}

    def test_keeps_the_servers_inside(self) -> None:
        assert COMPOSE["networks"]["inside"]["internal"] is True
        for name in SERVERS:
            assert SERVICES[name]["networks"] == ["inside"]

    def test_scales_the_workers(self) -> None:
        assert "container_name" not in SERVICES["worker"]
        assert "ports" not in SERVICES["worker"]

    def test_keeps_the_queue_and_the_data(self) -> None:
        command = " ".join(SERVICES["redis"]["command"])
        assert "--appendonly yes" in command
        assert "--maxmemory-policy noeviction" in command
        mounted = {each.split(":")[0] for name in SERVICES for each in SERVICES[name]["volumes"]}
        assert mounted == set(COMPOSE["volumes"])

    def test_migrates_before_it_serves(self) -> None:
        for name in ("web", "worker", "schedule"):
            waits = SERVICES[name]["depends_on"]["migrate"]
            assert waits["condition"] == "service_completed_successfully"

    def test_gives_a_worker_time_to_finish(self) -> None:
        assert SERVICES["worker"]["stop_grace_period"] == "15m"


def _validators() -> list[list[str]]:
    """Return what can validate the file on this machine; often nothing can."""
    candidates = [["docker", "compose"], ["docker-compose"]]
    return [each for each in candidates if _answers([*each, "version"])]


def _answers(command: list[str]) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603


def test_compose_itself_accepts_the_file_where_it_is_installed() -> None:
    for validator in _validators():
        said = subprocess.run(  # noqa: S603 - our own command line
            [*validator, "config", "--quiet"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "ALLOWED_HOSTS": "gate.example.com"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert said.returncode == 0, said.stderr


class TestDockerfile:
    def test_has_two_stages_and_ends_without_root(self) -> None:
        assert DOCKERFILE.count("\nFROM ") == 2
        last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
        assert "USER 10001:10001" in last
        assert "/bin/pip" not in last

    def test_installs_the_libraries_that_the_product_needs(self) -> None:
        wanted = re.search(r'product_packages="\n(.*?)\n"', INSTALL, re.DOTALL)
        assert wanted
        for line in wanted[1].splitlines():
            assert line.split()[0] in DOCKERFILE

    def test_serves_as_the_compose_file_does(self) -> None:
        words = ", ".join(f'"{word}"' for word in SERVICES["web"]["command"])
        assert f"CMD [{words}]" in DOCKERFILE

    def test_leaves_secrets_and_tests_out(self) -> None:
        ignored = (ROOT / ".dockerignore").read_text().splitlines()
        assert {".env", "secrets", "var", ".git", "tests", ".venv"} <= set(ignored)
