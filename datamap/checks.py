"""Checks of this floor at start: the recognisers' file that the installation names."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register

from datamap.scanner import installation
from datamap.wording_recognisers import problem


@register()
def recognisers_file(**_options: Any) -> list[CheckMessage]:
    """CANDOR_RECOGNISERS names a file that scans can use; else file, entry and cause are told before any scan."""
    path = installation.named_file()
    if path is None:
        return []
    messages: list[CheckMessage] = []
    for found in installation.problems(path):
        place = f"{path}, {found.place}" if found.place else str(path)
        kind, code = (Error, "datamap.E001") if found.fatal else (Warning, "datamap.W001")
        hint = None if found.fatal else "It is used in texts only, by Presidio, and not to name columns."
        if found.reason.code == "entry.language":
            hint = None
        messages.append(kind(f"{installation.SETTING}: {place}: {problem(found.reason)}", hint=hint, id=code))
    return messages
