"""Makes Celery's application the current one wherever Django runs, so that any floor can publish a task by name."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class ConfigApp(AppConfig):
    name = "config"
    default = True

    def ready(self) -> None:
        from config.celery import app

        app.set_current()


class StaticFiles(StaticFilesConfig):
    """Collects no files of pages we don't have: compressing them took longer than everything else of a set-up."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc", "rest_framework"]
