"""How much a team may teach its scans, so that a scan's cost stays bounded whatever people add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.errors import Refused
from datamap.scanner.custom import MOST_IN_ALL, MOST_RECOGNISERS

if TYPE_CHECKING:
    from collections.abc import Sequence


def check_room(patterns: Sequence[int]) -> None:
    """`patterns` is how many each recogniser of the team would have. Raises Refused."""
    if len(patterns) > MOST_RECOGNISERS or sum(patterns) > MOST_IN_ALL:
        text = _("A team has at most %(recognisers)d recognisers with %(patterns)d patterns in all. Delete one first.")
        raise Refused(text % {"recognisers": MOST_RECOGNISERS, "patterns": MOST_IN_ALL}, code="too_many")
