"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from readiness.config.start import compare_policy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readiness.config.settings")

compare_policy()
application = get_wsgi_application()
