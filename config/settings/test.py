"""For the tests: production's rules with a throw-away state, cheap password hashes and no broker of its own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# Never a developer's own state. CANDOR_TEST_HOME is what a test tells the processes that it starts.
os.environ["CANDOR_HOME"] = os.environ.get("CANDOR_TEST_HOME") or tempfile.mkdtemp(prefix="candor-test-")

from config import env  # noqa: E402
from config.settings.base import *  # noqa: E402,F403
from config.settings.base import CANDOR_HOME, DATABASES, STORAGES

SECRET_KEY = "test-only-" * 6  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# The manifest needs collectstatic; a browser test reads the sources.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = Path(CANDOR_HOME) / "static"
# A connection that outlives its test would keep the test database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Messages stay in this process unless a test asks for the live_worker fixture, which points this at real queues.
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL") or "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = env.broker_options(CELERY_BROKER_URL, DATABASES["default"])
JOB_LEASE_SECONDS, JOB_HEARTBEAT_SECONDS = 6, 1
SCAN_PART_BYTES = env.number("SCAN_PART_BYTES", 64 << 20)  # one chunk: the smallest part there can be
LOGGING_CONFIG = None  # caplog sees everything
ACCOUNT_RATE_LIMITS = {}
