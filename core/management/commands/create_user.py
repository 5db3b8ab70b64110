"""`manage.py create_user EMAIL [--role R ...] [--team NAME]`: an account from the command line."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core import services, tokens
from core.models import Role, Team, User

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Make an account, with roles if given. An account that exists gets the roles added."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument(
            "--role", action="append", default=[], choices=Role.values, help="may be given several times"
        )
        parser.add_argument(
            "--team", default="", help="name of the team, made if new; without it the role holds in every team"
        )
        secret = parser.add_mutually_exclusive_group()
        secret.add_argument("--password", help="better: --password-stdin")
        secret.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
        secret.add_argument("--generate-password", action="store_true", help="make one and print it once")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                self._make(options)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error

    def _make(self, options: dict[str, Any]) -> None:
        email = options["email"].lower()
        user = User.objects.filter(email=email).first()
        if user is None:
            user = services.create_user(actor=None, email=email, name=options["name"], password=self._password(options))
            self.stdout.write(f"account {user.email}")
        team = self._team(options["team"])
        for role in options["role"]:
            services.grant_role(actor=None, user=user, role=Role(role), team=team)
            self.stdout.write(f"role {role} in {team or 'every team'}")

    def _password(self, options: dict[str, Any]) -> str | None:
        if options["password"]:
            return str(options["password"])
        if options["password_stdin"]:
            return sys.stdin.readline().rstrip("\n")
        if options["generate_password"] or not sys.stdin.isatty():
            password = tokens.new_secret()[:20]
            self.stdout.write(f"password {password}")
            return password
        return getpass.getpass("Password: ")

    def _team(self, name: str) -> Team | None:
        if not name:
            return None
        return Team.objects.filter(name=name).first() or services.create_team(actor=None, name=name)
