"""Every mistake in the variables of single sign-on is one line that names the variable."""

import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from readiness.config.identity_providers import form_origins, identity_providers

WHOLE = {
    "OIDC_NORTHWIND_ISSUER": "https://login.example.com/tenant/",
    "OIDC_NORTHWIND_CLIENT_ID": "readiness-gate",
    "OIDC_NORTHWIND_CLIENT_SECRET": "only for tests",
    "OIDC_NORTHWIND_ORGANISATION": "northwind-mills",
}


@pytest.fixture(autouse=True)
def _whole_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("OIDC_")]:
        monkeypatch.delenv(name)
    for name, value in WHOLE.items():
        monkeypatch.setenv(name, value)


class TestIdentityProviders:
    def test_are_none_without_a_variable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in WHOLE:
            monkeypatch.delenv(name)
        assert identity_providers(allow_local=False) == []
        assert form_origins([]) == []

    def test_are_read_with_the_issuer_to_the_letter(self) -> None:
        assert identity_providers(allow_local=False) == [
            {
                "name": "northwind",
                "issuer": "https://login.example.com/tenant/",
                "client_id": "readiness-gate",
                "client_secret": "only for tests",
                "label": "Northwind",
                "organisation": "northwind-mills",
                "hosts": (),
                "hidden": False,
                "factors": ("mfa",),
            }
        ]

    def test_may_be_several_with_their_secrets_in_files(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        secret = tmp_path / "secret"
        secret.write_text("from a file\n")
        monkeypatch.setenv("OIDC_HARBOUR_FOODS_ISSUER", "https://id.harbour.example")
        monkeypatch.setenv("OIDC_HARBOUR_FOODS_CLIENT_ID", "gate")
        monkeypatch.setenv("OIDC_HARBOUR_FOODS_CLIENT_SECRET_FILE", str(secret))
        monkeypatch.setenv("OIDC_HARBOUR_FOODS_ORGANISATION", "harbour-foods")
        monkeypatch.setenv("OIDC_HARBOUR_FOODS_HOSTS", "keys.example.org, id.harbour.example:8443")
        monkeypatch.setenv("OIDC_HARBOUR_FOODS_HIDDEN", "1")
        monkeypatch.setenv("OIDC_HARBOUR_FOODS_FACTORS", "urn:two-factors, otp")
        harbour, northwind = identity_providers(allow_local=False)
        assert harbour["client_secret"] == "from a file"  # noqa: S105
        assert (harbour["name"], harbour["label"]) == ("harbour-foods", "Harbour Foods")
        assert harbour["hidden"] is True
        assert harbour["factors"] == ("urn:two-factors", "otp")
        assert form_origins([harbour, northwind]) == [
            "https://id.harbour.example",
            "https://id.harbour.example:8443",
            "https://keys.example.org",
            "https://login.example.com",
        ]

    @pytest.mark.parametrize("host", ["127.0.0.1:9400", "localhost:9400"])
    def test_may_be_local_on_a_developers_machine_alone(
        self, monkeypatch: pytest.MonkeyPatch, host: str
    ) -> None:
        monkeypatch.setenv("OIDC_NORTHWIND_ISSUER", f"http://{host}")
        assert identity_providers(allow_local=True)[0]["issuer"] == f"http://{host}"
        with pytest.raises(ImproperlyConfigured, match="OIDC_NORTHWIND_ISSUER"):
            identity_providers(allow_local=False)

    @pytest.mark.parametrize(
        ("name", "value", "words"),
        [
            ("OIDC_NORTHWIND_ISSUER", "", "OIDC_NORTHWIND_ISSUER: missing"),
            ("OIDC_NORTHWIND_ISSUER", "http://login.example.com", "the provider's own address"),
            ("OIDC_NORTHWIND_ISSUER", "login.example.com", "the provider's own address"),
            ("OIDC_NORTHWIND_ISSUER", "https://u:p@login.example.com", "own address"),
            ("OIDC_NORTHWIND_ISSUER", "https://login.example.com?a=b", "own address"),
            ("OIDC_NORTHWIND_ISSUER", "https://[login", "own address"),
            ("OIDC_NORTHWIND_ISSUER", "https://a.example; script-src *", "own address"),
            ("OIDC_NORTHWIND_CLIENT_ID", "", "OIDC_NORTHWIND_CLIENT_ID: missing"),
            ("OIDC_NORTHWIND_CLIENT_SECRET", "", "OIDC_NORTHWIND_CLIENT_SECRET: missing"),
            ("OIDC_NORTHWIND_CLIENT_SECRET_FILE", "/nowhere", ""),
            ("OIDC_NORTHWIND_ORGANISATION", "", "OIDC_NORTHWIND_ORGANISATION: missing"),
            ("OIDC_NORTHWIND_ORGANISATION", "Northwind Mills", "short name"),
            ("OIDC_NORTHWIND_HOSTS", "https://keys.example.org", "without https://"),
            ("OIDC_NORTHWIND_HOSTS", "*", "without https://"),
            ("OIDC_NORTHWIND_HOSTS", "a.example/path", "without https://"),
            ("OIDC_NORTHWIND_LABEL", "a\nb", "plain characters"),
            ("OIDC_NORTHWIND_LABEL", "x" * 81, "plain characters"),
            ("OIDC_NORTHWIND_HIDDEN", "perhaps", "write 1 or 0"),
            ("OIDC_NORTHWIND_FACTORS", "two factors", "values of acr or amr"),
            ("OIDC_NORTHWIND_SECRET", "x", "OIDC_NORTHWIND_SECRET: write OIDC_<NAME>_"),
            ("OIDC_ISSUER", "x", "OIDC_ISSUER: write OIDC_<NAME>_"),
            ("OIDC_TWIN_ISSUER", "x", "OIDC_TWIN_CLIENT_ID: missing"),
        ],
    )
    def test_stop_the_start_with_one_clear_line(
        self, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
    ) -> None:
        if not words:
            monkeypatch.delenv("OIDC_NORTHWIND_CLIENT_SECRET")
            words = "cannot read /nowhere"
        monkeypatch.setenv(name, value)
        with pytest.raises(ImproperlyConfigured) as refusal:
            identity_providers(allow_local=False)
        assert words in str(refusal.value)
        assert "\n" not in str(refusal.value)

    def test_are_never_two_with_one_issuer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in WHOLE.items():
            monkeypatch.setenv(name.replace("NORTHWIND", "TWIN"), value)
        with pytest.raises(ImproperlyConfigured, match="two providers name this issuer"):
            identity_providers(allow_local=False)
