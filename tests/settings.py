"""Settings of the tests: the product's own, read from a closed environment, made fast.

The machine's own variables and .env must not decide what a test sees, so the few that
matter are set here before the product reads them. TEST_DATABASE_URL moves the suite to
PostgreSQL; without it, SQLite is used.
"""

import os
import tempfile
from pathlib import Path

_ROOM = Path(tempfile.gettempdir()) / f"readiness-tests-{os.getuid()}"
for name in [name for name in os.environ if name.startswith("OIDC_")]:
    del os.environ[name]
os.environ.update(
    SECRET_KEY="tests-only-3f0c9d1b7a5e2486-3f0c9d1b7a5e2486-3f0c9d1b7a5e2486",  # noqa: S106
    SECRET_KEY_FILE="",
    DEBUG="0",
    DEMO_MODE="0",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    CSRF_TRUSTED_ORIGINS="",
    REDIS_URL="",
    EMAIL_URL="memorymail://",
    HTTPS="0",
    VAR_DIR=os.environ.get("TEST_VAR_DIR", str(_ROOM / os.environ.get("PYTEST_XDIST_WORKER", "0"))),
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL", f"sqlite:///{_ROOM}/never-opened.sqlite3"),
    STATICFILES_BACKEND="django.contrib.staticfiles.storage.StaticFilesStorage",
    LOG_LEVEL="WARNING",
)

from readiness.config import settings as product  # noqa: E402

globals().update({name: getattr(product, name) for name in dir(product) if name.isupper()})

DATABASES = product.DATABASES
# every test opens and drops databases; a pool would hold them open
DATABASES["default"]["OPTIONS"].pop("pool", None)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# what a failing test wants to say, it says itself
LOGGING = product.LOGGING
LOGGING["root"]["handlers"] = []
(product.VAR_DIR / "static").mkdir(exist_ok=True)
