"""Makes Celery's application the current one wherever Django runs, so that any floor can publish a task by name."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigApp(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config.celery import app

        app.set_current()
