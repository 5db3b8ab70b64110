"""What a file of recognisers would do to a team's: shown before anything is kept, and done as it was shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Refused
from core.types import Reason
from datamap.models import TeamRecogniser
from datamap.policies import check_room
from datamap.scanner import presidio_yaml
from datamap.scanner.custom import MOST_RECOGNISERS, tidy, version
from datamap.wording_recognisers import problem

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from datamap.scanner.options import Recogniser
    from datamap.scanner.presidio_yaml import Entry


SHOWN: Final = 6  # words or patterns that go, or that come, in one part of a recogniser


class Fate(StrEnum):
    """What becomes of an entry."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    PASSED_OVER = "passed_over"  # program code of Presidio's, which a team has no place for

    @property
    def label(self) -> StrOrPromise:
        return _FATES[self][0]

    @property
    def tone(self) -> str:
        return _FATES[self][1]


_FATES = {
    Fate.ADDED: (gettext_lazy("New"), "good"),
    Fate.CHANGED: (gettext_lazy("Changed"), "warn"),
    Fate.SAME: (gettext_lazy("As it is"), ""),
    Fate.PASSED_OVER: (gettext_lazy("Presidio's own, passed over"), ""),
}


@dataclass(frozen=True, slots=True)
class Planned:
    """An entry of the file and what becomes of it; `row` is the team's of that name, `differs` what changes in it."""

    line: int
    name: str
    fate: Fate
    enabled: bool
    given: Recogniser | None = None
    row: TeamRecogniser | None = None
    differs: tuple[str, ...] = ()

    @property
    def changes(self) -> list[tuple[str, str]]:
        """Each part that changes, and how: what goes and what comes."""
        if self.row is None or self.given is None:
            return []
        before, after = _parts(self.row.as_recogniser(), self.row.enabled), _parts(self.given, self.enabled)
        return [(_label(name), _change(before[name], after[name])) for name in self.differs]


def _parts(it: Recogniser, enabled: bool) -> dict[str, Any]:  # noqa: FBT001 - a field like the others
    return {**asdict(it), "enabled": enabled}


def _label(name: str) -> str:
    field = TeamRecogniser._meta.get_field(name)
    return str(getattr(field, "verbose_name", name))


def _change(before: Any, after: Any) -> str:
    if not isinstance(after, tuple):
        return f"{before} → {after}"
    old, new = (dict.fromkeys(map(_said, part)) for part in (before, after))
    changed = [[text for text in part if text not in other] for part, other in ((old, new), (new, old))]
    said = [f"{sign} {text}" for sign, texts in zip("−+", changed, strict=True) for text in texts[:SHOWN]]
    more = ["…"] if any(len(texts) > SHOWN for texts in changed) else []
    return "; ".join([*said, *more]) or _("another order")


def _said(it: Any) -> str:
    return " ".join(map(str, it.values())) if isinstance(it, dict) else str(it)


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of every entry, in the order of the file.

    `digest` is another one where the file, or the team's recognisers of its names, are others.
    """

    entries: tuple[Planned, ...]
    digest: str

    def of(self, fate: Fate) -> tuple[Planned, ...]:
        return tuple(one for one in self.entries if one.fate is fate)


def file_of(rows: Iterable[TeamRecogniser]) -> str:
    """Recognisers as a file in Presidio's format."""
    known = list(rows)
    return presidio_yaml.write([row.as_recogniser() for row in known], [row.name for row in known if not row.enabled])


def entries_of(content: bytes | str) -> list[Entry]:
    """The entries of a file that is sound from its first line to its last.

    Raises Refused: for what can't be read, and with all that is wrong, line by line, as `problems`.
    """
    try:
        found = presidio_yaml.read(content, most=MOST_RECOGNISERS)
    except presidio_yaml.BadYaml as error:
        raise Refused(problem(error.reason), code="unreadable", status=400) from None
    if said := list(_problems(found)):
        text = _("Nothing was taken over: the file has mistakes.")
        raise Refused(f"{text} {' '.join(said[:5])}", code="unsound", status=400, problems=said)
    if all(entry.predefined for entry in found):
        raise Refused(
            _("The file has no patterns and words, only program code of Presidio's."), code="nothing", status=400
        )
    return found


def _problems(found: Iterable[Entry]) -> Iterator[str]:
    names: set[str] = set()
    for entry in found:
        reasons = entry.problems
        if not entry.predefined and entry.name and entry.name.casefold() in names:
            reasons = (*reasons, Reason("entry.twice", {"line": entry.line}))
        names |= set() if entry.predefined else {entry.name.casefold()}
        for reason in reasons:
            known = {
                "line": reason.params["line"],
                "name": entry.name or f"#{entry.number}",
                "problem": problem(reason),
            }
            yield _("Line %(line)d, %(name)s: %(problem)s") % known


def plan_of(rows: Sequence[TeamRecogniser], found: Iterable[Entry]) -> Plan:
    """What the entries of a file would do to a team that has these recognisers. Raises Refused beyond a limit."""
    known = {row.name.casefold(): row for row in rows}
    planned = tuple(_planned(entry, known.get(entry.name.casefold())) for entry in found)
    given = {one.name.casefold(): len(one.given.patterns) for one in planned if one.given}
    check_room(list(({name: len(row.patterns) for name, row in known.items()} | given).values()))
    return Plan(planned, _digest(planned))


def _digest(planned: Iterable[Planned]) -> str:
    versions = [
        [one.name, one.fate, one.enabled, one.given and version(one.given), one.row and one.row.version]
        for one in planned
    ]
    return hashlib.sha256(json.dumps(versions).encode()).hexdigest()[:16]


def _planned(entry: Entry, row: TeamRecogniser | None) -> Planned:
    if entry.recogniser is None:
        return Planned(entry.line, entry.name, Fate.PASSED_OVER, entry.enabled)
    given = tidy(entry.recogniser)
    if row is None:
        return Planned(entry.line, entry.name, Fate.ADDED, entry.enabled, given)
    before, after = _parts(row.as_recogniser(), row.enabled), _parts(given, entry.enabled)
    differs = tuple(name for name in after if before[name] != after[name])
    return Planned(entry.line, entry.name, Fate.CHANGED if differs else Fate.SAME, entry.enabled, given, row, differs)
