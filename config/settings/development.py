"""For working on Candor: readable logs, tracebacks in the browser, static files straight from the sources."""

from __future__ import annotations

from config import logs
from config.settings.base import *  # noqa: F403
from config.settings.base import LOG_LEVEL, SECRET_KEY, STORAGES, TEMPLATES

DEBUG = True
SECRET_KEY = SECRET_KEY or "development-only-" * 4
LOGGING = logs.logging(LOG_LEVEL, readable=True)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Without the cached loader a changed template shows at once.
TEMPLATES[0]["OPTIONS"]["loaders"] = TEMPLATES[0]["OPTIONS"]["loaders"][0][1]  # type: ignore[index]
