"""What two versions of an assessment do not share, field by field, in what a person wrote or a fact says.

What follows from those (coverage, computed reasons) is left out: it would bury the change under its echoes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

Data = Mapping[str, Any]
#: name of the thing -> field -> value
Things = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two versions do not share. A side that has none of it is None."""

    part: StrOrPromise
    thing: str
    field: str
    before: str | None
    after: str | None
    by: str = ""
    at: str = ""

    @property
    def label(self) -> str:
        return f"{self.thing} › {self.field}" if self.thing and self.field else self.thing or self.field


def differences(before: Data, after: Data) -> list[Difference]:
    """Every field that differs, part by part in the order of the assessment."""
    return [found for part, read in PARTS for found in _part(part, read(before), read(after))]


def _part(part: StrOrPromise, before: Things, after: Things) -> Iterator[Difference]:
    for thing in [*before, *(name for name in after if name not in before)]:
        left, right = before.get(thing, {}), after.get(thing, {})
        for field in [*left, *(name for name in right if name not in left)]:
            if field.startswith("_") or _text(left.get(field)) == _text(right.get(field)):
                continue
            who = right or left
            yield Difference(
                part,
                thing,
                field,
                _text(left.get(field)),
                _text(right.get(field)),
                who.get("_by", ""),
                who.get("_at", ""),
            )


def _text(value: Any) -> str | None:
    """A value as a person reads it; empty is the same as absent."""
    if value in (None, "", [], {}):
        return None
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _record(data: Data) -> Things:
    project = data.get("project", {})
    skipped = {"id", "number", "purposes", "recipients", "copies"}
    return {"": {name: value for name, value in project.items() if name not in skipped}}


def _rows(name: str, *naming: str) -> Callable[[Data], Things]:
    def read(data: Data) -> Things:
        found: Things = {}
        for row in data.get("project", {}).get(name, []):
            label = " · ".join(str(row[key]) for key in naming if row.get(key))
            found[label] = dict(row)
        return found

    return read


def _facts(data: Data) -> Things:
    return {fact["key"]: {"": fact["text"]} for fact in data.get("facts", [])}


def _answers(data: Data) -> Things:
    return {
        f"{row['badge']}: {row['title']}": {
            "text": row["text"],
            "status": row["status_label"] if row["status"] != "unanswered" else None,
            "evidence": [f"[{one['number']}] {one['text'] or one['label']}" for one in row["evidence"]],
            "_by": row["author"],
            "_at": (row["edited_at"] or "")[:10],
        }
        for row in data.get("answers", [])
    }


_LEVELS: Final = (("inherent", _("inherent")), ("current", _("now")), ("residual", _("target")))


def _risks(data: Data) -> Things:
    found: Things = {}
    for row in data.get("risk", {}).get("risks", []):
        levels = {
            str(label): "{severity} × {likelihood} {band}".format(**row["levels"][stage]) for stage, label in _LEVELS
        }
        words = {name: row[name] for name in ("title", "description", "affected", "argument")}
        overrides = [f"{one['stage']}: {one['reason']}" for one in row["overrides"]]
        found[row["key"]] = {**words, **levels, "overrides": overrides}
    return found


def _acts(name: str, fields: Sequence[str]) -> Callable[[Data], Things]:
    def read(data: Data) -> Things:
        found: Things = {}
        for row in data.get("risk", {}).get(name, []):
            label = row.get("title") or row["kind"]
            while label in found:
                label += " +"
            found[label] = {field: row.get(field) for field in fields}
        return found

    return read


def _packs(data: Data) -> Things:
    return {pack["title"]: {"": pack["version"]} for pack in data.get("packs", [])}


PARTS: Final[tuple[tuple[StrOrPromise, Callable[[Data], Things]], ...]] = (
    (_("Record"), _record),
    (_("Purposes"), _rows("purposes", "name")),
    (_("Recipients"), _rows("recipients", "name")),
    (_("Copies"), _rows("copies", "kind", "where")),
    (_("Frameworks"), _packs),
    (_("Facts"), _facts),
    (_("Answers"), _answers),
    (_("Risks"), _risks),
    (_("Controls"), _acts("controls", ("description", "grade", "evidence", "risks"))),
    (_("Measures"), _acts("measures", ("description", "owner", "due", "status", "evidence", "risks"))),
)
