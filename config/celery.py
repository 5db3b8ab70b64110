"""The Celery application: settings named CELERY_*, tasks in each app's tasks.py."""

from __future__ import annotations

import logging.config
import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("candor")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _our_logs(**_kwargs: object) -> None:
    """Workers log as the web does: Celery would format its own lines, with task arguments."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)
