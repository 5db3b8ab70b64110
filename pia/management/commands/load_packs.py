"""`manage.py load_packs`: make the shipped framework packs known to the database. Safe to run again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pia.frameworks.located import PackError
from pia.services.frameworks import PackChanged, load_packs


class Command(BaseCommand):
    help = "Load the framework packs; what is loaded already stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = load_packs()
        except (PackError, PackChanged) as error:
            raise CommandError(str(error)) from None
        for row in made:
            self.stdout.write(f"{row.key} {row.version}: {len(row.content['items'])} items")
        if not made:
            self.stdout.write("nothing new")
