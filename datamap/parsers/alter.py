"""ALTER TABLE and COMMENT ON: what later statements of a script change about its tables."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from datamap.parsers.catalogue import Catalogue, Table
from datamap.parsers.columns import (
    QUALIFIED,
    column_of,
    comment_in,
    identifier_parts,
    outside,
    parts_of,
    table_keys,
)
from datamap.parsers.grammar import unfolded
from datamap.parsers.literals import LITERAL, text_of

_NAME: Final = rf"({QUALIFIED})"
_ALTER: Final = re.compile(
    rf"ALTER\s+(?:FOREIGN\s+|EXTERNAL\s+)?TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?{_NAME}\s+(?=\w)", re.IGNORECASE
)
_ADD: Final = re.compile(r"(?:WITH\s+(?:NO)?CHECK\s+)?ADD\s+(?:COLUMNS?\s+)?(?:IF\s+NOT\s+EXISTS\s+)?", re.IGNORECASE)
_KEY: Final = re.compile(r"(?:CONSTRAINT\b.*?)?\b(?:PRIMARY\s+KEY|FOREIGN\s+KEY|UNIQUE)\b", re.IGNORECASE | re.DOTALL)
_OTHER: Final = re.compile(
    r"(?:CONSTRAINT|CHECK|INDEX|KEY|FULLTEXT|SPATIAL|PARTITION|PERIOD|SUPPLEMENTAL|EXCLUDE|ROW|DEFAULT)\b",
    re.IGNORECASE,
)
_VERB: Final = re.compile(
    r"(?:ADD|WITH|DROP|RENAME|ALTER|MODIFY|CHANGE|ATTACH|DETACH|OWNER|SET|ENABLE|DISABLE|CHECK|CLUSTER|REPLICA|INHERIT|NO|VALIDATE|ENGINE|AUTO_INCREMENT)\b",
    re.IGNORECASE,
)
_DROP: Final = re.compile(rf"DROP\s+COLUMN\s+(?:IF\s+EXISTS\s+)?{_NAME}\s*(?:CASCADE|RESTRICT)?$", re.IGNORECASE)
_RENAME: Final = re.compile(rf"RENAME\s+(?:COLUMN\s+)?{_NAME}\s+TO\s+{_NAME}$", re.IGNORECASE)
_RENAME_TABLE: Final = re.compile(rf"RENAME\s+(?:TO|AS)\s+{_NAME}$", re.IGNORECASE)
_CHANGE: Final = re.compile(rf"CHANGE\s+(?:COLUMN\s+)?{_NAME}\s+(.+)$", re.IGNORECASE | re.DOTALL)
_MODIFY: Final = re.compile(
    r"(?:MODIFY|ALTER)\s+(?:COLUMN\s+)?(?:IF\s+EXISTS\s+)?(?!INDEX\b|CONSTRAINT\b)", re.IGNORECASE
)
_OF_COLUMN: Final = re.compile(rf"(?:COLUMN\s+)?{_NAME}\s+", re.IGNORECASE)
_SET_TYPE: Final = re.compile(r"(?:SET\s+DATA\s+)?TYPE\s+", re.IGNORECASE)
#: What follows the name of a column where no type does.
_NO_TYPE: Final = re.compile(
    r"(?:SET|DROP|UNSET|ADD|COMMENT|RESTART|NOT|NULL|DEFAULT|CONSTRAINT|INVISIBLE|VISIBLE|ENCRYPT|DECRYPT|STORAGE|MASKED)\b|\(",
    re.IGNORECASE,
)
_DROP_NOT_NULL: Final = re.compile(r"\bDROP\s+NOT\s+NULL\b|(?<!NOT)\s+NULL\b", re.IGNORECASE)
_NOT_NULL: Final = re.compile(r"\bNOT\s+NULL\b", re.IGNORECASE)
_PLACE: Final = re.compile(r"\s+(?:FIRST|AFTER\s+\S+)$", re.IGNORECASE)
_ATTACH: Final = re.compile(rf"ATTACH\s+PARTITION\s+{_NAME}(?:\s|$)", re.IGNORECASE)
_INHERIT: Final = re.compile(rf"INHERIT\s+{_NAME}$", re.IGNORECASE)
_COMMENT: Final = re.compile(
    rf"COMMENT\s+(?:IF\s+EXISTS\s+)?ON\s+(TABLE|COLUMN|(?:MATERIALIZED\s+)?VIEW)\s+(.+?)\s+IS\s+(?:({LITERAL})|NULL)",
    re.IGNORECASE | re.DOTALL,
)


_RENAMES: Final = re.compile(rf"{_NAME}\s+TO\s+{_NAME}", re.IGNORECASE)
_SP_RENAME: Final = re.compile(
    r"\bsp_rename\s+(?:@objname\s*=\s*)?N?'([^']+)'\s*,\s*(?:@newname\s*=\s*)?N?'([^']+)'"
    r"(?:\s*,\s*(?:@objtype\s*=\s*)?N?'(\w+)')?",
    re.IGNORECASE,
)
_EXTENDED: Final = re.compile(r"\bsp_(?:add|update)extendedproperty\]?", re.IGNORECASE)
_ARGUMENT: Final = re.compile(rf"(?:@(\w+)\s*=\s*)?(?:({LITERAL})|\[([^\]]*)\]|(\w+))$", re.IGNORECASE | re.DOTALL)
_PARAMETERS: Final = (
    "name",
    "value",
    "level0type",
    "level0name",
    "level1type",
    "level1name",
    "level2type",
    "level2name",
)


def apply_alter(sql: str, tables: Catalogue, dialect: str = "") -> None:
    """Adds, drops, renames, changes; attaches partitions; notes keys. Of an unknown table nothing is done."""
    head = _ALTER.match(sql)
    table = _named(head[1], tables) if head else None
    if head is None or table is None:
        return
    doing = ""
    for part in parts_of(sql[head.end() :].rstrip("; \n")):
        add, alter = _ADD.match(part), _MODIFY.match(part)
        doing = "add" if add else "modify" if alter else "" if _VERB.match(part) else doing
        if doing == "add":
            _add(part[add.end() :] if add else part, table, dialect)
        elif doing == "modify":
            _modify(part[alter.end() :] if alter else part, table)
        else:
            _change(part, table, tables)


def _add(text: str, table: Table, dialect: str) -> None:
    if _KEY.match(text):
        for column, key, target in table_keys(text):
            table.key(column, key, target)
    elif text.startswith("(") and text.rstrip().endswith(")"):
        for part in parts_of(text.strip()[1:-1]):
            _add(part, table, dialect)
    elif not _OTHER.match(text) and (field := column_of(_PLACE.sub("", text))):
        table.add(unfolded([field], dialect))


def _modify(text: str, table: Table) -> None:
    """What MODIFY or ALTER COLUMN says of a column; a type, a null and a comment that it does not say stay."""
    if text.startswith("(") and text.rstrip().endswith(")"):
        for part in parts_of(text.strip()[1:-1]):
            _modify(part, table)
        return
    found = _OF_COLUMN.match(text)
    path = ".".join(identifier_parts(found[1])) if found else ""
    known = table.fields.get(path.lower())
    if known is None or found is None:
        return
    said = _PLACE.sub("", text[found.end() :])
    words = outside(said)
    retyped = _SET_TYPE.match(said)
    stated = (
        column_of(f"x {said[retyped.end() :] if retyped else said}") if retyped or not _NO_TYPE.match(said) else None
    )
    dropped = _DROP_NOT_NULL.search(words)
    nullable = bool(dropped) if dropped or _NOT_NULL.search(words) else known.nullable
    table.fields[path.lower()] = replace(
        known,
        type=(stated.type if stated else "") or known.type,
        nullable=nullable,
        description=comment_in(said) or known.description,
    )


def _change(part: str, table: Table, tables: Catalogue) -> None:
    if found := _DROP.match(part):
        table.fields.pop(identifier_parts(found[1])[-1].lower(), None)
    elif found := _RENAME_TABLE.match(part):
        tables.rename(table, identifier_parts(found[1])[-1])
    elif found := _RENAME.match(part):
        table.rename_field(identifier_parts(found[1])[-1], identifier_parts(found[2])[-1])
    elif found := _CHANGE.match(part):
        if field := column_of(found[2]):
            table.rename_field(identifier_parts(found[1])[-1], field)
    elif (found := _ATTACH.match(part)) and (child := _named(found[1], tables)):
        tables.adopt(table, child)
    elif (found := _INHERIT.match(part)) and (parent := _named(found[1], tables)):
        tables.adopt(parent, table)


def apply_comment(sql: str, tables: Catalogue) -> None:
    """COMMENT ON TABLE a IS '...', COMMENT ON COLUMN a.b IS '...'."""
    found = _COMMENT.match(sql)
    if not found:
        return
    parts, text = identifier_parts(found[2]), text_of(found[3] or "")
    if found[1].upper() != "COLUMN":
        if table := _named(found[2], tables):
            table.description = text
    elif len(parts) > 1 and (table := tables.find(parts[-2], ".".join(parts[:-2])) or tables.find(parts[-2])):
        table.describe(parts[-1], text)


def apply_rename(sql: str, tables: Catalogue) -> None:
    """RENAME TABLE a TO b, c TO d (MySQL)."""
    for old, new in _RENAMES.findall(re.sub(r"^RENAME\s+TABLE\s+", "", sql, flags=re.IGNORECASE)):
        if table := _named(old, tables):
            tables.rename(table, identifier_parts(new)[-1])


def apply_procedure(sql: str, tables: Catalogue) -> None:
    """SQL Server renames, and keeps descriptions as extended properties, by procedures."""
    if renamed := _SP_RENAME.search(sql):
        _rename_by_procedure(renamed, tables)
    else:
        _describe_by_procedure(sql, tables)


def _rename_by_procedure(found: re.Match[str], tables: Catalogue) -> None:
    """`sp_rename 'dbo.t.b', 'c', 'COLUMN'`, or a table without the last."""
    parts = identifier_parts(found[1])
    if (found[3] or "").upper() == "COLUMN" and len(parts) > 1:
        if table := _named(".".join(parts[:-1]), tables):
            table.rename_field(parts[-1], found[2])
    elif not found[3] and (table := _named(found[1], tables)):
        tables.rename(table, found[2])


def _describe_by_procedure(sql: str, tables: Catalogue) -> None:
    found = _EXTENDED.search(sql)
    given = _arguments(sql[found.end() :]) if found else {}
    if given.get("name", "").lower() != "ms_description" or given.get("level1type", "table").lower() not in {
        "table",
        "view",
    }:
        return
    named = given.get("level1name", "")
    table = tables.find(named, given.get("level0name", "")) or tables.find(named)
    if table and given.get("level2type", "").lower() == "column":
        table.describe(given.get("level2name", ""), given.get("value", ""))
    elif table and not given.get("level2type"):
        table.description = given.get("value", "")


def _arguments(text: str) -> dict[str, str]:
    """By name (@value = N'x') or by place; a name may be bare or in brackets, NULL is nothing."""
    given: dict[str, str] = {}
    for place, part in zip(_PARAMETERS, parts_of(text.rstrip("; \r\n")), strict=False):
        if found := _ARGUMENT.match(part):
            bare = "" if (found[4] or "").upper() == "NULL" else found[4]
            given[(found[1] or place).lower()] = text_of(found[2]) if found[2] else found[3] or bare or ""
    return given


def _named(text: str, tables: Catalogue) -> Table | None:
    parts = identifier_parts(text)
    return (tables.find(parts[-1], ".".join(parts[:-1])) or tables.find(parts[-1])) if parts else None
