"""Every mistake in the environment is one line that names the variable and the remedy."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from readiness.config import environment

KEY = "tests-only-7a5e2486-3f0c9d1b-7a5e2486-3f0c9d1b-7a5e2486"
NOWHERE = Path("/nowhere/at/all")


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("SECRET_KEY", "DATABASE_URL", "DATABASE_PASSWORD", "REDIS_URL", "REDIS_PASSWORD")
    for name in (*names, "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "EMAIL_URL", "VAR_DIR", "DEBUG"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


def _key() -> object:
    return environment.secret_key(kept_in=NOWHERE)


def _database() -> object:
    return environment.database(embedded=Path("var/readiness.sqlite3"))


MISTAKES: list[tuple[str, str, Callable[[], object], str]] = [
    ("SECRET_KEY", "", _key, "at least 50 random characters"),
    ("SECRET_KEY", "short", _key, "too short"),
    ("SECRET_KEY", "x" * 60, _key, "too short or an example"),
    ("SECRET_KEY", "django-insecure-" + KEY, _key, "an example"),
    ("SECRET_KEY_FILE", "/nowhere/key", _key, "cannot read /nowhere/key"),
    ("DEBUG", "perhaps", lambda: environment.flag("DEBUG"), "write 1 or 0, not 'perhaps'"),
    ("DIGEST_HOUR", "24", lambda: environment.hour("DIGEST_HOUR", default=7), "between 0 and 23"),
    ("SITE_URL", "gate.example.com", lambda: environment.site_url(default=""), "scheme and host"),
    ("SITE_URL", "https://a/b", lambda: environment.site_url(default=""), "scheme and host"),
    *[
        ("TSA_URL", url, lambda: environment.tsa_url(debug=False), "write https://tsa.example.com")
        for url in (
            *("http://tsa.example.com/tsr", "tsa.example.com", "https://", "https://[tsa"),
            *("https://user:secret@tsa.example.com", "https://tsa.example.com:port/tsr"),
        )
    ],
    ("TSA_URL", "ftp://a.example", lambda: environment.tsa_url(debug=True), "write https://"),
    (
        "DATABASE_POOL_SIZE",
        "many",
        lambda: environment.number("DATABASE_POOL_SIZE", default=8),
        "a whole number of at least 0, not 'many'",
    ),
    (
        "DATABASE_POOL_SIZE",
        "0",
        lambda: environment.number("DATABASE_POOL_SIZE", default=8, at_least=1),
        "at least 1",
    ),
    (
        "LOG_LEVEL",
        "loud",
        lambda: environment.one_of("LOG_LEVEL", allowed=("INFO", "ERROR"), default="INFO"),
        "one of INFO, ERROR",
    ),
    ("ALLOWED_HOSTS", "http://a.example", lambda: environment.hosts(debug=False), "without http"),
    ("ALLOWED_HOSTS", "*", lambda: environment.hosts(debug=False), "name the hosts"),
    ("CSRF_TRUSTED_ORIGINS", "a.example", environment.trusted_origins, "with its scheme"),
    ("DATABASE_URL", "mysql://u:p@host/name", _database, "write postgresql://"),
    ("DATABASE_URL", "not an address", _database, "write postgresql://"),
    ("DATABASE_URL", "postgresql://user@[host/name", _database, "write postgresql://"),
    ("DATABASE_URL", "postgresql://user@host:port/name", _database, "write postgresql://"),
    ("DATABASE_URL", "postgresql://user@host", _database, "name the database"),
    ("REDIS_URL", "memcached://host", environment.redis_url, "write redis://"),
    ("REDIS_URL", "redis://host:port/0", environment.redis_url, "write redis://"),
    ("REDIS_URL", "redis:///0", environment.redis_url, "write redis://"),
    ("EMAIL_URL", "pigeon://host", lambda: environment.email(default=""), "write smtp+tls://"),
    (
        "VAR_DIR",
        "/proc/nowhere",
        lambda: environment.folder("VAR_DIR", default=NOWHERE),
        "cannot make the folder /proc/nowhere",
    ),
]


class TestRefuse:
    @pytest.mark.parametrize(("name", "value", "read", "remedy"), MISTAKES)
    def test_names_the_variable_and_the_remedy(
        self,
        monkeypatch: pytest.MonkeyPatch,
        name: str,
        value: str,
        read: Callable[[], object],
        remedy: str,
    ) -> None:
        monkeypatch.setenv(name, value)
        with pytest.raises(ImproperlyConfigured) as refusal:
            read()
        message = str(refusal.value)
        assert message.startswith(f"{name}: ")
        assert remedy in message
        assert "\n" not in message

    def test_never_repeats_a_password(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "mysql://user:verysecret@host/name")
        with pytest.raises(ImproperlyConfigured) as refusal:
            _database()
        assert "verysecret" not in str(refusal.value)


class TestTsaUrl:
    def test_is_empty_or_over_https(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert environment.tsa_url(debug=False) == ""
        monkeypatch.setenv("TSA_URL", "https://tsa.example.com/tsr?policy=1")
        assert environment.tsa_url(debug=False) == "https://tsa.example.com/tsr?policy=1"

    def test_may_be_on_a_developers_own_machine(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TSA_URL", "http://127.0.0.1:8318/tsr")
        assert environment.tsa_url(debug=True) == "http://127.0.0.1:8318/tsr"


class TestSecretKey:
    def test_comes_from_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SECRET_KEY", KEY)
        assert environment.secret_key(kept_in=NOWHERE) == KEY

    def test_comes_from_a_file(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "key").write_text(f"{KEY}\n")
        monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
        assert environment.secret_key(kept_in=NOWHERE) == KEY

    def test_comes_from_where_the_demo_keeps_it(self, tmp_path: Path) -> None:
        (tmp_path / "key").write_text(KEY)
        assert environment.secret_key(kept_in=tmp_path / "key") == KEY


class TestDatabase:
    def test_is_sqlite_that_waits_and_guards(self) -> None:
        settings = _database()
        assert isinstance(settings, dict)
        assert settings["ENGINE"] == "django.db.backends.sqlite3"
        assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert "recursive_triggers=ON" in settings["OPTIONS"]["init_command"]

    def test_is_postgresql_with_a_pool(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(
            "DATABASE_URL", "postgresql://user:password@host:5433/name?sslmode=require"
        )
        monkeypatch.setenv("DATABASE_POOL_SIZE", "3")
        settings = _database()
        assert isinstance(settings, dict)
        assert settings["ENGINE"] == "django.db.backends.postgresql"
        assert settings["OPTIONS"]["pool"]["max_size"] == 3
        assert settings["OPTIONS"]["sslmode"] == "require"
        assert (settings["NAME"], settings["PORT"]) == ("name", 5433)

    def test_takes_its_password_from_a_file(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "password").write_text("a/b@c:d\n")
        monkeypatch.setenv("DATABASE_URL", "postgresql://readiness@postgresql:5432/readiness")
        monkeypatch.setenv("DATABASE_PASSWORD_FILE", str(tmp_path / "password"))
        settings = _database()
        assert isinstance(settings, dict)
        assert settings["PASSWORD"] == "a/b@c:d"  # noqa: S105
        assert settings["USER"] == "readiness"


class TestRedisUrl:
    def test_is_empty_for_the_embedded_queue(self) -> None:
        assert environment.redis_url() == ""

    def test_takes_its_password_from_a_variable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REDIS_URL", "redis://redis:6379/0")
        monkeypatch.setenv("REDIS_PASSWORD", "a b")
        assert environment.redis_url() == "redis://:a%20b@redis:6379/0"

    def test_keeps_the_password_it_has(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REDIS_URL", "redis://:password@redis:6379/0")
        monkeypatch.setenv("REDIS_PASSWORD", "other")
        assert environment.redis_url() == "redis://:password@redis:6379/0"


class TestHosts:
    def test_are_this_machine_unless_named(self) -> None:
        assert environment.hosts(debug=False) == ["localhost", "127.0.0.1", "[::1]"]

    def test_are_the_words_between_commas(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ALLOWED_HOSTS", "gate.example.com, , 127.0.0.1")
        assert environment.hosts(debug=False) == ["gate.example.com", "127.0.0.1"]

    def test_may_be_any_for_a_developer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ALLOWED_HOSTS", "*")
        assert environment.hosts(debug=True) == ["*"]

    def test_are_nobody_elses_while_errors_show_the_inside(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ALLOWED_HOSTS", "localhost,gate.localhost")
        assert environment.hosts(debug=True) == ["localhost", "gate.localhost"]
        monkeypatch.setenv("ALLOWED_HOSTS", "localhost,gate.example.com")
        with pytest.raises(ImproperlyConfigured, match="DEBUG: leave it off"):
            environment.hosts(debug=True)


class TestFlag:
    @pytest.mark.parametrize("yes", ["1", "true", "YES", "on"])
    def test_hears_a_yes(self, monkeypatch: pytest.MonkeyPatch, yes: str) -> None:
        monkeypatch.setenv("DEBUG", yes)
        assert environment.flag("DEBUG")

    def test_is_off_unless_asked_for(self) -> None:
        assert not environment.flag("DEBUG")


class TestFolder:
    def test_is_private(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("VAR_DIR", str(tmp_path / "new"))
        made = environment.folder("VAR_DIR", default=NOWHERE)
        assert made.stat().st_mode & 0o777 == 0o700

    def test_must_be_writable(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr("os.access", lambda path, mode: False)
        with pytest.raises(ImproperlyConfigured, match="cannot write to"):
            environment.folder("VAR_DIR", default=tmp_path)


class TestEmail:
    def test_is_read_from_one_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("EMAIL_URL", "smtp+tls://user:password@mail.example.com:587")
        settings = environment.email(default="consolemail://")
        assert settings["EMAIL_HOST"] == "mail.example.com"
        assert settings["EMAIL_USE_TLS"] is True


class TestTrustedOrigins:
    def test_carry_their_scheme(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CSRF_TRUSTED_ORIGINS", "https://gate.example.com")
        assert environment.trusted_origins() == ["https://gate.example.com"]


class TestSiteUrl:
    def test_ends_without_a_slash(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SITE_URL", "https://gate.example.com/")
        assert environment.site_url(default="") == "https://gate.example.com"


class TestHour:
    def test_is_a_full_hour(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert environment.hour("DIGEST_HOUR", default=7) == 7
