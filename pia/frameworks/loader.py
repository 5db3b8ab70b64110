"""Reads framework packs (docs/packs.md has the format) and refuses any that isn't right, naming file and line.

`load(path)` checks one file by itself; `load_all(folder)` also checks what packs say of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from pia.frameworks.conditions import check_condition
from pia.frameworks.located import PackError, Problem, Row, Table, read
from pia.frameworks.pack import Bearing, Group, Item, Option, Pack, Weight
from pia.frameworks.sections import SUBSECTIONS
from pia.frameworks.vocabulary import FACTS

PACKS: Final = Path(__file__).parent / "packs"

_PACK_KEYS: Final = {
    "id": True, "title": True, "short": True, "version": True, "status": True, "applies_from": False, "source": True,
    "licence": True, "jurisdiction": True, "sector": False, "groups": True, "items": True,
}  # fmt: skip
_GROUP_KEYS: Final = {"id": True, "title": True, "parent": False}
_ITEM_KEYS: Final = {
    "id": True, "group": True, "ref": False, "title": True, "section": True, "question": True, "guidance": True,
    "weight": True, "gate": False, "scope": False, "kind": False, "options": False, "audience": False,
    "factual": False, "applies_when": False, "evidence": False, "crosswalk": False,
}  # fmt: skip
_CHOICES: Final = {
    "weight": tuple(Weight),
    "scope": ("project", "organisation"),
    "kind": ("text", "choice"),
    "audience": ("engineer", "officer"),
    "section": SUBSECTIONS,
}
_STATUSES: Final = ("final", "consultation", "draft", "withdrawn")


@dataclass(slots=True)
class _Check:
    """Collects every mistake of one file, so that an author sees them all at once."""

    problems: list[Problem] = field(default_factory=list)

    def say(self, line: int, text: str) -> None:
        self.problems.append(Problem(line, text))

    def keys(self, table: Table, known: Mapping[str, bool], what: str) -> None:
        for key in table:
            if key not in known:
                self.say(table.at(key), f"unknown key {key!r} in {what}")
        for key, required in known.items():
            if required and table.get(key) in (None, ""):
                self.say(table.line, f"{what} lacks {key!r}")

    def text(self, table: Table, key: str, default: str = "") -> str:
        value = table.get(key)
        if value is None:
            return default
        if not isinstance(value, str):
            self.say(table.at(key), f"{key!r} must be text: put it in quotes")
            return default
        return value.strip()

    def flag(self, table: Table, key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self.say(table.at(key), f"{key!r} must be true or false")
            return False
        return value

    def choice(self, table: Table, key: str, default: str) -> str:
        value = self.text(table, key, default)
        if value not in _CHOICES[key]:
            self.say(table.at(key), f"{key!r} is {value!r}; it must be one of {', '.join(_CHOICES[key])}")
            return default
        return value

    def tables(self, table: Table, key: str) -> list[Table]:
        value = table.get(key)
        if value is None:
            return []
        if not isinstance(value, Row):
            self.say(table.at(key), f"{key!r} must be a list")
            return []
        for line, entry in value.located():
            if not isinstance(entry, Table):
                self.say(line, f"an entry of {key!r} must be a mapping of keys")
        return [entry for entry in value if isinstance(entry, Table)]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pack with the lines of its items, for checks that need other packs."""

    pack: Pack
    name: str
    text: str
    crosswalk_lines: Mapping[tuple[str, str], int]


def load(path: Path) -> Pack:
    """The pack in a file. Raises PackError with every mistake and its line."""
    return parse(path.read_text(encoding="utf-8"), path.name).pack


def load_all(folder: Path = PACKS) -> dict[str, Loaded]:
    """Every pack of a folder by id, cross-references checked. Raises PackError."""
    packs: dict[str, Loaded] = {}
    for path in sorted(folder.glob("*.yaml")):
        loaded = parse(path.read_text(encoding="utf-8"), path.name)
        if loaded.pack.id in packs:
            raise PackError(
                path.name, [Problem(1, f"the pack {loaded.pack.id!r} is also in {packs[loaded.pack.id].name}")]
            )
        packs[loaded.pack.id] = loaded
    for loaded in packs.values():
        _check_crosswalks(loaded, packs)
    return packs


def parse(text: str, name: str) -> Loaded:
    """The pack a text holds. Raises PackError; crosswalks to other packs are left unchecked."""
    table, check = read(text, name), _Check()
    check.keys(table, _PACK_KEYS, "the pack")
    groups = _groups(table, check)
    lines: dict[tuple[str, str], int] = {}
    items = _items(table, {group.id for group in groups}, check, lines)
    pack = Pack(
        groups=groups,
        items=items,
        status=_status(table, check),
        applies_from=_date(table, check),
        **{
            key: check.text(table, key)
            for key in ("id", "title", "short", "version", "source", "licence", "jurisdiction", "sector")
        },
    )
    if ":" in pack.id:
        check.say(table.at("id"), "a pack's id can't hold a colon")
    if check.problems:
        raise PackError(name, sorted(check.problems, key=lambda problem: problem.line))
    return Loaded(pack=pack, name=name, text=text, crosswalk_lines=lines)


def _status(table: Table, check: _Check) -> str:
    status = check.text(table, "status")
    if status and status not in _STATUSES:
        check.say(table.at("status"), f"'status' is {status!r}; it must be one of {', '.join(_STATUSES)}")
    return status


def _date(table: Table, check: _Check) -> str:
    value = check.text(table, "applies_from")
    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        check.say(table.at("applies_from"), "'applies_from' must be a date like 2018-05-25")
        return ""


def _groups(table: Table, check: _Check) -> tuple[Group, ...]:
    groups: dict[str, Group] = {}
    for entry in check.tables(table, "groups"):
        check.keys(entry, _GROUP_KEYS, "a group")
        group = Group(check.text(entry, "id"), check.text(entry, "title"), check.text(entry, "parent"))
        if group.id in groups:
            check.say(entry.at("id"), f"the group {group.id!r} stands twice")
        if group.parent and group.parent not in groups:
            check.say(entry.at("parent"), f"the parent {group.parent!r} is no group above this one")
        groups[group.id] = group
    return tuple(groups.values())


def _items(table: Table, groups: set[str], check: _Check, lines: dict[tuple[str, str], int]) -> tuple[Item, ...]:
    items: dict[str, Item] = {}
    for entry in check.tables(table, "items"):
        item = _item(entry, check, lines)
        if item.id in items:
            check.say(entry.at("id"), f"the item {item.id!r} stands twice")
        if item.group not in groups:
            check.say(entry.at("group"), f"the group {item.group!r} does not exist")
        items[item.id] = item
    return tuple(items.values())


def _item(entry: Table, check: _Check, lines: dict[tuple[str, str], int]) -> Item:
    item_id = check.text(entry, "id")
    what = f"the item {item_id!r}"
    check.keys(entry, _ITEM_KEYS, what)
    kind, options = check.choice(entry, "kind", "text"), _options(entry, check)
    if (kind == "choice") != bool(options):
        check.say(entry.at("options"), f"{what}: a choice has 'options', and only a choice has")
    condition = entry.get("applies_when") or {}
    check.problems.extend(check_condition(condition, entry.at("applies_when")))
    return Item(
        id=item_id,
        section=check.choice(entry, "section", SUBSECTIONS[0]),
        weight=Weight(check.choice(entry, "weight", Weight.MUST)),
        scope=check.choice(entry, "scope", "project"),
        audience=check.choice(entry, "audience", "officer"),
        kind=kind,
        options=options,
        gate=check.flag(entry, "gate"),
        factual=check.flag(entry, "factual"),
        applies_when=_plain(condition),
        evidence=_evidence(entry, check),
        crosswalk=_crosswalk(entry, item_id, check, lines),
        **{key: check.text(entry, key) for key in ("group", "ref", "title", "question", "guidance")},
    )


def _options(entry: Table, check: _Check) -> tuple[Option, ...]:
    options = []
    for option in check.tables(entry, "options"):
        check.keys(option, {"value": True, "label": True}, "an option")
        options.append(Option(check.text(option, "value"), check.text(option, "label")))
    return tuple(options)


def _evidence(entry: Table, check: _Check) -> tuple[Bearing, ...]:
    bearings = []
    for bearing in check.tables(entry, "evidence"):
        check.keys(bearing, {"fact": True, "says": True}, "an entry of 'evidence'")
        fact = check.text(bearing, "fact")
        if fact and fact not in FACTS:
            check.say(bearing.at("fact"), f"the fact {fact!r} does not exist")
        bearings.append(Bearing(fact, check.text(bearing, "says")))
    return tuple(bearings)


def _crosswalk(entry: Table, item_id: str, check: _Check, lines: dict[tuple[str, str], int]) -> tuple[str, ...]:
    value = entry.get("crosswalk") or Row(entry.line)
    if not isinstance(value, Row):
        check.say(entry.at("crosswalk"), "'crosswalk' must be a list of pack:item")
        return ()
    for line, reference in value.located():
        if not isinstance(reference, str) or not all(reference.partition(":")):
            check.say(line, f"{reference!r} is not of the form pack:item")
        else:
            lines[(item_id, reference)] = line
    return tuple(str(reference) for reference in value)


def _check_crosswalks(loaded: Loaded, packs: Mapping[str, Loaded]) -> None:
    """A reference to a shipped pack must meet an item; one to a pack that isn't there dangles too."""
    problems = []
    for (_, reference), line in loaded.crosswalk_lines.items():
        pack_id, _, item_id = reference.partition(":")
        if pack_id not in packs or item_id not in _ids(packs[pack_id].pack.items):
            problems.append(Problem(line, f"the crosswalk {reference!r} leads nowhere"))
    if problems:
        raise PackError(loaded.name, problems)


def _ids(items: Iterable[Item]) -> set[str]:
    return {item.id for item in items}


def _plain(value: Any) -> Any:
    """A condition without its line numbers."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value
