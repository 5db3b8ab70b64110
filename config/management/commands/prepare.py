"""`manage.py prepare`: everything a database needs before the application starts. Safe to repeat."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from config import env, queues


class Command(BaseCommand):
    """Migrations, the cache's table, the default broker's queues, the framework packs."""

    help = "Bring the database up to date: migrations, cache table, queues, framework packs. Safe to repeat."

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        call_command("createcachetable", verbosity=options["verbosity"])
        if settings.CELERY_BROKER_URL.startswith("pgmq:"):
            queues.install(env.pgmq_address(connection.settings_dict))
        call_command("load_packs", verbosity=options["verbosity"])
