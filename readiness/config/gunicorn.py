"""How gunicorn serves the site: `gunicorn -c python:readiness.config.gunicorn`."""

import os
from pathlib import Path

from readiness.config.start import read_settings

read_settings()

wsgi_app = "readiness.config.wsgi:application"
bind = os.environ.get("BIND", "127.0.0.1:8000").split(",")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# threads, so that a browser's idle connection holds no worker where no proxy stands in front
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 20
max_requests = 2000
max_requests_jitter = 200
# nobody commands a running server through a socket
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
