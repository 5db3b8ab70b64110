"""ALTER TABLE and COMMENT ON: what later statements of a script change about its tables."""

from __future__ import annotations

import re
from typing import Final

from datamap.parsers.catalogue import Catalogue, Table
from datamap.parsers.columns import QUALIFIED, column_of, identifier_parts, parts_of, table_keys

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
_ATTACH: Final = re.compile(rf"ATTACH\s+PARTITION\s+{_NAME}(?:\s|$)", re.IGNORECASE)
_INHERIT: Final = re.compile(rf"INHERIT\s+{_NAME}$", re.IGNORECASE)
_COMMENT: Final = re.compile(
    r"COMMENT\s+ON\s+(TABLE|COLUMN|VIEW)\s+(.+?)\s+IS\s+(?:E?'((?:[^']|'')*)'|NULL)", re.IGNORECASE | re.DOTALL
)


_RENAMES: Final = re.compile(rf"{_NAME}\s+TO\s+{_NAME}", re.IGNORECASE)
_SP_RENAME: Final = re.compile(
    r"\bsp_rename\s+(?:@objname\s*=\s*)?N?'([^']+)'\s*,\s*(?:@newname\s*=\s*)?N?'([^']+)'"
    r"(?:\s*,\s*(?:@objtype\s*=\s*)?N?'(\w+)')?",
    re.IGNORECASE,
)
_ARGUMENTS: Final = re.compile(r"@(\w+)\s*=\s*N?'((?:[^']|'')*)'")


def apply_alter(sql: str, tables: Catalogue) -> None:
    """Adds, drops, renames; attaches partitions; notes keys. Of an unknown table nothing is done."""
    head = _ALTER.match(sql)
    table = _named(head[1], tables) if head else None
    if head is None or table is None:
        return
    adding = False
    for part in parts_of(sql[head.end() :].rstrip("; \n")):
        add = _ADD.match(part)
        adding = add is not None or (adding and not _VERB.match(part))
        if adding:
            _add(part[add.end() :] if add else part, table)
        else:
            _change(part, table, tables)


def _add(text: str, table: Table) -> None:
    if _KEY.match(text):
        for column, key, target in table_keys(text):
            table.key(column, key, target)
    elif text.startswith("(") and text.rstrip().endswith(")"):
        for part in parts_of(text.strip()[1:-1]):
            _add(part, table)
    elif not _OTHER.match(text) and (
        field := column_of(re.sub(r"\s+(?:FIRST|AFTER\s+\S+)$", "", text, flags=re.IGNORECASE))
    ):
        table.add([field])


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
    parts, text = identifier_parts(found[2]), (found[3] or "").replace("''", "'")
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
    given = {name.lower(): value.replace("''", "'") for name, value in _ARGUMENTS.findall(sql)}
    if "sp_addextendedproperty" not in sql.lower() or given.get("name", "") != "MS_Description":
        return
    table = tables.find(given.get("level1name", ""), given.get("level0name", "")) or tables.find(
        given.get("level1name", "")
    )
    if table and "level2name" in given:
        table.describe(given["level2name"], given.get("value", ""))
    elif table:
        table.description = given.get("value", "")


def _named(text: str, tables: Catalogue) -> Table | None:
    parts = identifier_parts(text)
    return (tables.find(parts[-1], ".".join(parts[:-1])) or tables.find(parts[-1])) if parts else None
