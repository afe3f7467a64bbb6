"""Read the configuration from the environment, with one clear line for each mistake.

Every value may come from the environment, from `.env` beside manage.py, or, where it is
a secret, from a file named by NAME_FILE. The environment wins over `.env`.
"""

import os
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote, urlsplit, urlunsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
SHORTEST_KEY = 50
EXAMPLES = ("django-insecure", "change", "example", "secret", "xxxx")
LOCAL = ("localhost", "127.0.0.1", "[::1]")
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}

if (BASE_DIR / ".env").is_file():
    environ.Env.read_env(str(BASE_DIR / ".env"))


def refuse(name: str, remedy: str) -> NoReturn:
    """Stop the start: name the variable and what to do.

    :raises ImproperlyConfigured: always.
    """
    message = f"{name}: {remedy} (.env.example explains every variable)"
    raise ImproperlyConfigured(message)


def text(name: str, *, default: str = "") -> str:
    """Return the value of a variable, or the content of the file that NAME_FILE points at.

    :raises ImproperlyConfigured: the file cannot be read.
    """
    file = os.environ.get(f"{name}_FILE", "")
    if os.environ.get(name) or not file:
        return os.environ.get(name) or default
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        refuse(f"{name}_FILE", f"cannot read {file}; name a text file this account may read")


def flag(name: str, *, default: bool = False) -> bool:
    """Return a switch.

    :raises ImproperlyConfigured: the value is neither a yes nor a no.
    """
    value = text(name, default="1" if default else "0").strip().lower()
    if value not in YES | NO:
        refuse(name, f"write 1 or 0, not {value!r}")
    return value in YES


def number(name: str, *, default: int, at_least: int = 0) -> int:
    """Return a whole number.

    :raises ImproperlyConfigured: the value is something else, or too small.
    """
    value = text(name, default=str(default)).strip()
    if not value.isdecimal() or int(value) < at_least:
        refuse(name, f"write a whole number of at least {at_least}, not {value!r}")
    return int(value)


def hour(name: str, *, default: int) -> int:
    """Return a full hour of the day.

    :raises ImproperlyConfigured: the day has no such hour.
    """
    value = number(name, default=default)
    if value not in range(24):
        refuse(name, f"write a full hour between 0 and 23, not {value}")
    return value


def site_url(*, default: str) -> str:
    """Return the address people reach the site under, for the links in mails.

    :raises ImproperlyConfigured: no scheme or no host, or more than these.
    """
    value = text("SITE_URL", default=default).rstrip("/")
    place = urlsplit(value)
    if place.scheme not in {"http", "https"} or not place.hostname or place.path or place.query:
        refuse("SITE_URL", "write scheme and host alone: https://gate.example.com")
    return value


def tsa_url(*, debug: bool) -> str:
    """Return the address of a time-stamp authority; nothing where none is asked.

    :raises ImproperlyConfigured: it is not an address over https, or holds a password.
    """
    value = text("TSA_URL").strip()
    schemes = {"http", "https"} if debug else {"https"}
    try:
        place = urlsplit(value)
        good = place.scheme in schemes and place.hostname and "@" not in place.netloc
        good = good and place.port != 0
    except ValueError:
        good = False
    if value and not good:
        refuse("TSA_URL", "write https://tsa.example.com/tsr, or leave it empty for no time stamps")
    return value


def one_of(name: str, *, allowed: tuple[str, ...], default: str) -> str:
    """Return a word from a closed list.

    :raises ImproperlyConfigured: the word is not on it.
    """
    value = text(name, default=default).strip()
    if value not in allowed:
        refuse(name, f"write one of {', '.join(allowed)}, not {value!r}")
    return value


def listed(name: str, *, default: tuple[str, ...] = ()) -> list[str]:
    """Return the words between the commas."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else list(default)


def hosts(*, debug: bool) -> list[str]:
    """Return the names the site answers to.

    :raises ImproperlyConfigured: an address instead of a name, every name there is, or a name
        that others reach while errors show the inside.
    """
    names = listed("ALLOWED_HOSTS", default=LOCAL)
    if any("/" in name for name in names):
        refuse("ALLOWED_HOSTS", "write host names without http:// and path, between commas")
    if "*" in names and not debug:
        refuse("ALLOWED_HOSTS", "name the hosts; * answers to every name")
    if debug and not all(name in (*LOCAL, "*") or name.endswith(".localhost") for name in names):
        refuse("DEBUG", "leave it off where others reach the site: its errors show the inside")
    return names


def trusted_origins() -> list[str]:
    """Return the other origins whose forms are accepted.

    :raises ImproperlyConfigured: an origin without its scheme.
    """
    origins = listed("CSRF_TRUSTED_ORIGINS")
    if not all(origin.startswith(("https://", "http://")) for origin in origins):
        refuse(
            "CSRF_TRUSTED_ORIGINS", "write each origin with its scheme: https://gate.example.com"
        )
    return origins


def folder(name: str, *, default: Path) -> Path:
    """Return a private folder, made where it is missing.

    :raises ImproperlyConfigured: it cannot be made or written to.
    """
    path = Path(text(name, default=str(default)))
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        refuse(name, f"cannot make the folder {path}; name one this account may write to")
    if not os.access(path, os.W_OK):
        refuse(name, f"cannot write to {path}; name a folder this account may write to")
    return path


def secret_key(*, kept_in: Path) -> str:
    """Return SECRET_KEY, or the content of SECRET_KEY_FILE or of the file the demo keeps.

    :raises ImproperlyConfigured: missing, short, or left at an example value.
    """
    key = text("SECRET_KEY")
    if not key and kept_in.is_file():
        key = kept_in.read_text(encoding="utf-8").strip()
    if not key:
        refuse("SECRET_KEY", f"set it to at least {SHORTEST_KEY} random characters")
    if len(key) < SHORTEST_KEY or len(set(key)) < 5 or key.lower().startswith(EXAMPLES):  # noqa: PLR2004
        refuse(
            "SECRET_KEY", f"too short or an example; use at least {SHORTEST_KEY} random characters"
        )
    return key


def _with_password(url: str, *, name: str) -> str:
    """Fill the password from a variable of its own, so that it may live in a file."""
    password = text(name)
    parts = urlsplit(url)
    if not password or parts.password:
        return url
    user, _, place = parts.netloc.rpartition("@")
    netloc = f"{user.rstrip(':')}:{quote(password, safe='')}@{place}"
    return urlunsplit(parts._replace(netloc=netloc))


def database(*, embedded: Path) -> dict[str, Any]:
    """Return Django's settings of the one database; SQLite unless DATABASE_URL says otherwise.

    :raises ImproperlyConfigured: DATABASE_URL cannot be read or names another engine.
    """
    url = text("DATABASE_URL", default=f"sqlite:///{embedded}")
    kind = url.partition("://")[0]
    if kind not in {"postgres", "postgresql", "sqlite"}:
        refuse("DATABASE_URL", "write postgresql://user:password@host/name or sqlite:///path")
    try:
        whole = _with_password(url, name="DATABASE_PASSWORD")
        settings: dict[str, Any] = dict(environ.Env.db_url_config(whole))
    except (ValueError, KeyError, environ.ImproperlyConfigured):
        refuse("DATABASE_URL", "write postgresql://user:password@host/name or sqlite:///path")
    if not settings.get("NAME"):
        refuse("DATABASE_URL", "name the database after the last slash")
    options = dict(settings.get("OPTIONS", {}))
    settings["OPTIONS"] = options | (_SQLITE if kind == "sqlite" else _postgresql())
    settings["CONN_HEALTH_CHECKS"] = kind != "sqlite"
    return settings


_SQLITE = {
    "timeout": 40,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;"
    ),
}


def _postgresql() -> dict[str, Any]:
    """Return a pool that waits rather than opening more connections than agreed."""
    size = number("DATABASE_POOL_SIZE", default=8, at_least=1)
    return {"pool": {"min_size": 1, "max_size": size, "timeout": 15}}


def redis_url() -> str:
    """Return where Redis is, or nothing for the embedded queue.

    :raises ImproperlyConfigured: REDIS_URL is not an address of Redis.
    """
    url = text("REDIS_URL")
    try:
        place = urlsplit(url)
        wrong = bool(url) and (place.scheme not in {"redis", "rediss"} or not place.hostname)
        wrong = wrong or place.port == 0
    except ValueError:
        wrong = True
    if wrong:
        refuse("REDIS_URL", "write redis://host:6379/0, or leave it empty for the embedded queue")
    return _with_password(url, name="REDIS_PASSWORD") if url else ""


def email(*, default: str) -> dict[str, Any]:
    """Return Django's settings of outgoing mail.

    :raises ImproperlyConfigured: EMAIL_URL cannot be read.
    """
    try:
        return dict(environ.Env.email_url_config(text("EMAIL_URL", default=default)))
    except (ValueError, KeyError, environ.ImproperlyConfigured):
        refuse("EMAIL_URL", "write smtp+tls://user:password@host:587, or consolemail://")
