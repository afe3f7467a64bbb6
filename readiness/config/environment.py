"""Read the configuration from the environment, with one clear line for each mistake."""

import sys
from pathlib import Path
from typing import Any, NoReturn

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]

env = environ.Env()
if (BASE_DIR / ".env").is_file():
    env.read_env(str(BASE_DIR / ".env"))


def refuse(name: str, remedy: str) -> NoReturn:
    """Stop the start: name the variable and what to do.

    :raises ImproperlyConfigured: always.
    """
    message = f"{name}: {remedy} (see .env.example)"
    raise ImproperlyConfigured(message)


def secret_key(*, debug: bool) -> str:
    """Return SECRET_KEY, or the content of SECRET_KEY_FILE.

    :raises ImproperlyConfigured: missing, short, or left at an example value.
    """
    key: str = env.str("SECRET_KEY", default="")
    file = env.str("SECRET_KEY_FILE", default="")
    if not key and file:
        path = Path(file)
        if not path.is_file():
            refuse("SECRET_KEY_FILE", "the file does not exist")
        key = path.read_text().strip()
    if not key:
        refuse("SECRET_KEY", "set it to at least 50 random characters")
    if len(key) < 50 or key.startswith("django-insecure"):  # noqa: PLR2004
        refuse("SECRET_KEY", "too short or an example; use at least 50 random characters")
    return key


def database(*, embedded: Path) -> dict[str, Any]:
    """Return Django's settings of the one database; SQLite unless DATABASE_URL says otherwise.

    :raises ImproperlyConfigured: DATABASE_URL cannot be read or names another engine.
    """
    url = env.str("DATABASE_URL", default=f"sqlite:///{embedded}")
    try:
        settings: dict[str, Any] = dict(environ.Env.db_url_config(url))
    except Exception:  # noqa: BLE001 - whatever the parser throws, the reader gets one line
        refuse("DATABASE_URL", "write postgresql://user:password@host/name or sqlite:///path")
    engine = str(settings.get("ENGINE", ""))
    if engine.endswith("sqlite3"):
        settings["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;"
            ),
        }
    elif engine.endswith("postgresql"):
        settings.setdefault("OPTIONS", {})
        settings["CONN_HEALTH_CHECKS"] = True
    else:
        refuse("DATABASE_URL", "only PostgreSQL and SQLite are supported")
    return settings


def running_tests() -> bool:
    """Say whether pytest started this process."""
    return "pytest" in sys.modules
