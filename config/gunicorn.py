"""Gunicorn's settings; the address comes from the command line."""

from __future__ import annotations

from config import env

workers = env.number("WEB_WORKERS", 2)
threads = env.number("WEB_THREADS", 4)
worker_class = "gthread"
preload_app = True  # the libraries are in memory once
timeout = 120
graceful_timeout = 10
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"  # noqa: S108 - holds no data: its age is the heartbeat
forwarded_allow_ips = env.text("FORWARDED_ALLOW_IPS", "127.0.0.1")
accesslog = None  # django-structlog says the request, without its query
