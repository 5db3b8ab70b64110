"""Evidence is numbered once in a report; the same source cited twice keeps its number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

KINDS: Final = {
    "register": _("Register"),
    "schema": _("Schema"),
    "scan": _("Scan"),
    "map": _("Data map"),
    "lab": _("Measurement"),
    "document": _("Document"),
}


class Register:
    """Rows of the evidence annex in the order they were first cited."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self._numbers: dict[tuple[str, ...], int] = {}

    def number(self, source: Mapping[str, Any]) -> int:
        """The number of a source {kind, ref, label, detail, sha256, at}."""
        key = tuple(str(source.get(name) or "") for name in ("kind", "ref", "label", "sha256"))
        if key not in self._numbers:
            self._numbers[key] = len(self.rows) + 1
            self.rows.append(
                {
                    "n": len(self.rows) + 1,
                    "kind": source["kind"],
                    "kind_label": str(KINDS.get(source["kind"], source["kind"])),
                    "label": source.get("label") or "",
                    "detail": source.get("detail") or "",
                    "sha256": source.get("sha256") or "",
                    "at": source.get("at") or "",
                }
            )
        return self._numbers[key]
