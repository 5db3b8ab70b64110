"""`manage.py create_token USER --scopes read write --days 30`: an API token, shown once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from core import services
from core.models import Scope, User

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Make an API token and print its secret, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help="the account's e-mail address")
        parser.add_argument(
            "--scopes", nargs="+", default=list(Scope.values), help=f"of {', '.join(Scope.values)}; spaces or commas"
        )
        parser.add_argument("--days", type=int, default=90)
        parser.add_argument("--name", default="command line")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(f"no active account {options['user']}")
        scopes = [scope for scope in re.split(r"[,\s]+", " ".join(options["scopes"])) if scope]
        try:
            _token, secret = services.create_token(
                actor=None, user=user, name=options["name"], scopes=scopes, days=options["days"]
            )
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(secret)
