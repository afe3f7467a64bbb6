"""The environment that the product is benchmarked in: its own settings, nothing of the machine."""

from urllib.parse import quote

from django.db import connection

PRODUCT = {
    "DJANGO_SETTINGS_MODULE": "readiness.config.settings",
    "SECRET_KEY": "only-for-benchmarks-" + "x" * 50,
    "SECRET_KEY_FILE": "",
    "DEBUG": "0",
    "DEMO_MODE": "0",
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
    "CSRF_TRUSTED_ORIGINS": "",
    "REDIS_URL": "",
    "EMAIL_URL": "memorymail://",
    "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    "LOG_LEVEL": "WARNING",
}


def url_of_this_database() -> str:
    """Return where another process finds the database that this one is connected to."""
    where = connection.settings_dict
    user, host, name = where["USER"], where["HOST"], where["NAME"]
    if where["PORT"]:
        return f"postgresql://{user}@{host}:{where['PORT']}/{name}"
    folder = host or where.get("OPTIONS", {}).get("host", "")
    return f"postgresql://{user}@/{name}?host={quote(str(folder), safe='/')}"
