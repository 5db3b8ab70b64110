"""The header of a CSV or TSV file -> one entity. A catalogue export (table, column, type, ...) -> its tables.

The rows below the header are never kept: only the first record is read, and it only where it is a header.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from datamap.parsers.source import Source
from datamap.parsers.types import MAX_FIELDS, Entity, Field, Schema, Unreadable

FORMAT: Final = "csv"
_DELIMITERS: Final = (",", "\t", ";", "|")
_HEAD: Final = 1 << 20  # bytes a header may take
_MAX_COLUMNS: Final = 20_000
#: A cell that is plainly a value: a number, a date, an address, an identifier.
_VALUE: Final = re.compile(
    r"\s*(?:[-+]?[\d.,]*\d[\d.,]*%?|[\d/.:\-T ]{6,}Z?|[^@\s]+@[^@\s]+\.\w+|[0-9a-f]{8}-[0-9a-f-]{27}|\+?[\d ()/-]{7,}|https?://\S+)\s*",
    re.IGNORECASE,
)
_TABLE: Final = frozenset({"table_name", "table", "tablename", "entity"})
_COLUMN: Final = frozenset({"column_name", "column", "columnname", "field", "field_name", "attribute"})
_TYPE: Final = frozenset({"data_type", "type", "datatype", "column_type", "field_type"})
_NULLABLE: Final = frozenset({"is_nullable", "nullable", "null"})
_COMMENT: Final = frozenset({"description", "comment", "column_comment", "remarks", "comments"})


def sniff(source: Source) -> bool:
    """A first line with a delimiter, or a file that calls itself CSV."""
    if source.suffix in {"csv", "tsv", "tab", "psv"}:
        return True
    line = source.data[:_HEAD].split(b"\n", 1)[0]
    return source.suffix == "txt" and any(delimiter.encode() in line for delimiter in _DELIMITERS) and b"{" not in line


def parse(source: Source) -> Schema:
    """Columns by their header; c1, c2, ... where the first row is data.

    Raises Unreadable(empty, header_too_long, too_many_fields).
    """
    text = source.data[:_HEAD].decode("utf-8", "ignore")
    delimiter = find_delimiter(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        header = next(row for row in rows if any(cell.strip() for cell in row))
    except StopIteration:
        raise Unreadable("empty") from None
    except csv.Error:
        raise Unreadable("header_too_long", line=1) from None
    if len(header) > _MAX_COLUMNS:
        raise Unreadable("too_many_fields", params={"limit": _MAX_COLUMNS})
    names = [" ".join(cell.split()) for cell in header]
    if tables := _catalogue(source, names, delimiter):
        return Schema(FORMAT, tables)
    fields = tuple(Field(name) for name in column_names(names))
    return Schema(FORMAT, (Entity(source.stem or "table", fields, kind="file", line=1),))


def find_delimiter(text: str) -> str:
    """The character that parts the first line into most cells outside of quotes."""
    line = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").split("\n", 1)[0])
    best = max(_DELIMITERS, key=line.count)
    return best if best in line else ","


def column_names(header: list[str]) -> list[str]:
    """Unique names; c1, c2, ... for all where the row holds values, else for the empty ones."""
    is_data = any(_VALUE.fullmatch(cell) for cell in header)
    seen: dict[str, int] = {}
    names = []
    for index, cell in enumerate(header, 1):
        name = f"c{index}" if is_data or not cell else cell
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return names


def _catalogue(source: Source, header: list[str], delimiter: str) -> tuple[Entity, ...]:
    """A list of columns as information_schema.columns exports it: names, not data, so its rows are read."""
    lowered = [name.lower().replace(" ", "_") for name in header]
    table, column = _position(lowered, _TABLE), _position(lowered, _COLUMN)
    if table is None or column is None:
        return ()
    type_, nullable, comment = _position(lowered, _TYPE), _position(lowered, _NULLABLE), _position(lowered, _COMMENT)
    found: dict[str, dict[str, Field]] = {}
    count = 0
    try:
        for row in csv.reader(
            io.TextIOWrapper(io.BytesIO(source.data), "utf-8", "replace", newline=""), delimiter=delimiter
        ):
            if len(row) > max(table, column) and row[table] and row[column] and row != header:
                stated = _cell(row, nullable).strip().lower()
                field = Field(
                    row[column],
                    _cell(row, type_),
                    None if not stated else stated in {"yes", "y", "true", "1", "null"},
                    _cell(row, comment),
                )
                found.setdefault(row[table], {}).setdefault(row[column], field)
                count += 1
                if count > MAX_FIELDS:
                    raise Unreadable("too_many_fields", params={"limit": MAX_FIELDS})
    except csv.Error:
        return ()
    entities = [Entity(name, tuple(fields.values())) for name, fields in found.items() if name.lower() not in _TABLE]
    return tuple(entities)


def _position(header: list[str], names: frozenset[str]) -> int | None:
    return next((index for index, name in enumerate(header) if name in names), None)


def _cell(row: list[str], index: int | None) -> str:
    return row[index] if index is not None and index < len(row) else ""
