"""Frappe DocTypes (Frappe, ERPNext) as JSON: one, a list, or fixtures -> one entity for each DocType.

Fields that only lay out the form are left out. A Link is a reference; a table field is the child DocType's fields
where the file has that, too. Custom Field records add to the DocType they name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datamap.parsers.json_schema import join
from datamap.parsers.source import Source
from datamap.parsers.types import MAX_DEPTH, MAX_FIELDS, Entity, Field, Schema, Unreadable, distinct

FORMAT: Final = "frappe"
_LAYOUT: Final = frozenset({"Section Break", "Column Break", "Tab Break", "HTML", "Heading", "Button", "Fold", "Image"})
#: What a field of plain data may be checked to be.
_MEANINGS: Final = frozenset({"Email", "Phone", "Name", "URL", "IBAN"})
_TABLES: Final = frozenset({"Table", "Table MultiSelect"})
_LINKS: Final = frozenset({"Link", *_TABLES})

Record = dict[str, Any]


def sniff(source: Source) -> bool:
    return source.looks_like_json and any(
        _is_doctype(record) or _is_custom(record) for record in _records(source.document)
    )


def parse(source: Source) -> Schema:
    """Raises Unreadable(json, not_a_schema, no_tables, too_deep, too_many_fields)."""
    types: dict[str, Record] = {}
    for record in _records(source.document):
        name = _text(record, "name") or source.stem
        if _is_doctype(record):
            known = types.setdefault(name, {**record, "fields": []})
            known["fields"] = [*_dicts(record["fields"]), *known["fields"]]
            known.update({key: value for key, value in record.items() if key != "fields"})
    for record in _records(source.document):
        if _is_custom(record):
            extended = types.setdefault(_text(record, "dt"), {"name": _text(record, "dt"), "fields": []})
            extended["fields"] = [*extended["fields"], record]
    if not types:
        raise Unreadable("not_a_schema")
    reader = _Reader(types)
    return Schema(FORMAT, distinct(reader.entity(name, record) for name, record in types.items()))


def _records(document: Any) -> list[Record]:
    """One DocType, a list of records, or `{"docs": [...]}` as the server sends them."""
    if isinstance(document, dict):
        for key in ("docs", "message", "data"):
            if isinstance(document.get(key), list) and "fields" not in document:
                return _dicts(document[key])
        return [document]
    return _dicts(document)


def _is_doctype(record: Record) -> bool:
    fields = record.get("fields")
    if not isinstance(fields, list):
        return False
    typed = any(isinstance(one, dict) and "fieldtype" in one for one in fields)
    return typed and record.get("doctype", "DocType") == "DocType"


def _is_custom(record: Record) -> bool:
    return record.get("doctype") == "Custom Field" and bool(_text(record, "dt")) and "fieldtype" in record


class _Reader:
    def __init__(self, types: dict[str, Record]) -> None:
        self.types = types
        self.count = 0

    def entity(self, name: str, record: Record) -> Entity:
        child = record.get("istable") in (1, True, "1")
        fields = {one.path: one for one in self._fields(record, "", (name,))}
        return Entity(
            name, tuple(fields.values()), _text(record, "description"), "child table" if child else "table",
            _text(record, "module"),
        )  # fmt: skip

    def _fields(self, record: Record, path: str, trail: tuple[str, ...]) -> Iterator[Field]:
        if len(trail) > MAX_DEPTH:
            raise Unreadable("too_deep")
        for part in _dicts(record.get("fields")):
            kind, name = _text(part, "fieldtype"), _text(part, "fieldname")
            if not name or not kind or kind in _LAYOUT:
                continue
            self.count += 1
            if self.count > MAX_FIELDS:
                raise Unreadable("too_many_fields", params={"limit": MAX_FIELDS})
            target = _text(part, "options") if kind in _LINKS else ""
            own = join(path, name) + "[]" * (kind in _TABLES)
            child = self.types.get(target) if kind in _TABLES and target not in trail else None
            below = list(self._fields(child, own, (*trail, target))) if child is not None else []
            yield from below or [_leaf(part, own, kind, target)]


def _leaf(part: Record, path: str, kind: str, target: str) -> Field:
    unique = part.get("unique") in (1, True, "1")
    label, described = _text(part, "label"), _text(part, "description")
    length = part.get("length")
    sized = f"{kind}({length})" if isinstance(length, int) and 0 < length < 100_000 else kind
    meant = _text(part, "options")
    if kind == "Data" and meant in _MEANINGS:
        sized = f"{kind}({meant.lower()})"
    return Field(
        path,
        sized,
        part.get("reqd") not in (1, True, "1"),
        f"{label}: {described}" if label and described else label or described,
        "foreign" if target else "unique" if unique else "",
        target,
    )


def _dicts(value: Any) -> list[Record]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _text(record: Any, key: str) -> str:
    value = record.get(key) if isinstance(record, dict) else None
    return " ".join(value.split()) if isinstance(value, str) else ""
