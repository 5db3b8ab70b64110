"""`manage.py make_demo`: two projects of an invented start-up, made by running the real jobs.

A worker must be running.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from config.demo import chat, shop
from config.demo.people import PEOPLE, make_cast
from config.demo.waiting import DemoFailed
from core.models import Project

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Make the demonstration's projects unless they are there. Needs a running worker and the framework packs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read a password from standard input; without it nobody can sign in as the invented people",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        password = sys.stdin.readline().rstrip("\n") if options["password_stdin"] else None
        cast = make_cast(password)
        for name, make in ((chat.NAME, chat.make_chat), (shop.NAME, shop.make_shop)):
            if Project.objects.filter(team=cast.team, name=name).exists():
                self.stdout.write(f"{name}: there already")
                continue
            try:
                make(cast)
            except DemoFailed as error:
                raise CommandError(str(error)) from error
            self.stdout.write(f"{name}: made")
        for role, _name, email in PEOPLE:
            self.stdout.write(f"{role.label}: {email}")
