"""`manage.py verify_audit`: walk the audit trail's chain again."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from core import audit


class Command(BaseCommand):
    help = "Re-compute the audit trail's chain; exit 1 and name the first broken link if it does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = audit.verify()
        if outcome.ok:
            self.stdout.write(f"intact: {outcome.links} events, head {outcome.head.hash}")
            return
        self.stderr.write(
            f"broken at link {outcome.broken_at}: {outcome.problem} ({outcome.links} links hold before it)"
        )
        sys.exit(1)
