"""The ASGI entry point."""

import os

from django.core.asgi import get_asgi_application

from readiness.config.start import compare_policy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readiness.config.settings")

compare_policy()
application = get_asgi_application()
