"""A sample file, whatever its format, as a `Table`: a sample of its rows and what a full pass saw.

read_table("customers.csv") -> Table
load_columns(handle, ["age", "postcode"]) -> {"age": [...], "postcode": [...]}   for measurements on whole rows
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from datamap.scanner.formats import columnar, delimited, plain, records
from datamap.scanner.formats.stream import Stream
from datamap.scanner.sampling import SAMPLE_ROWS, Reservoir, sample
from datamap.scanner.source import Handle, Source, encoding_of, opened, recoded
from datamap.scanner.types import Progress, Table, Unreadable

LAB_ROWS: Final = 200_000

# The default pools reserve far more address space than they use, which a limited process counts as used.
pa.set_memory_pool(pa.system_memory_pool())
pa.set_cpu_count(1)
pa.set_io_thread_count(1)


def read_table(handle: Handle, name: str = "", progress: Progress | None = None, *, rows: int = SAMPLE_ROWS) -> Table:
    """Sample a file. `handle` is a path or a storage handle; `name` only lends its extension.

    Raises Unreadable with a code: empty, not_found, cannot_open, binary, unsupported, broken_csv, broken_json,
    broken_parquet, line_too_long, too_deep, too_many_columns, too_large.
    """
    with opened(handle, name) as source:
        stream = _stream(source)
        stream.position = source.file.tell
        return sample(stream, progress, rows=rows, size=source.size)


def load_columns(
    handle: Handle, columns: list[str], limit_rows: int = LAB_ROWS, *, name: str = ""
) -> dict[str, list[str | None]]:
    """Whole rows of some columns, at most `limit_rows` drawn evenly, cell by cell as text; None where empty.

    Lists are of equal length and aligned by row. Raises Unreadable, with "no_such_column" for a name the file lacks.
    """
    with opened(handle, name) as source:
        stream = _stream(source)
        reservoir = Reservoir(limit_rows)
        for batch in stream.batches:
            count = len(next(iter(batch.values()))) if batch else 0
            reservoir.feed(
                {key: batch[key] for key in columns if key in batch} or {"": pa.nulls(count, pa.string())}, count
            )
    if missing := [column for column in columns if column not in reservoir.cells]:
        raise Unreadable("no_such_column", column=columns.index(missing[0]) + 1)
    return {column: _padded(reservoir.cells[column], reservoir.rows) for column in columns}


def _padded(cells: list[str | None], rows: int) -> list[str | None]:
    stripped = [(cell.strip() or None) if cell is not None else None for cell in cells]
    return stripped + [None] * (rows - len(stripped))


def _stream(source: Source) -> Stream:
    """The reader for what the file is: its first bytes decide, its extension breaks ties."""
    if source.magic == "parquet":
        return columnar.read(source)
    if source.magic:
        raise Unreadable("unsupported")
    if source.suffix == "parquet":
        raise Unreadable("broken_parquet")
    encoding = encoding_of(source.head)
    if source.suffix in {"jsonl", "ndjson", "json"} or records.is_lines(source, encoding):
        return records.read(source)
    if source.suffix in {"txt", "log", "md"} and not _is_table(source, encoding):
        return plain.read(source)
    try:
        return delimited.read(source, encoding=encoding, single=source.suffix in {"csv", "tsv", "tab"})
    except Unreadable as error:
        if error.code != "not_delimited":
            raise
    return plain.read(source)


def _is_table(source: Source, encoding: str) -> bool:
    """A .txt that is tab or pipe separated with one width throughout."""
    head = recoded(source, encoding).read(len(source.head)).decode("utf-8", errors="replace")
    dialect = delimited.sniff(head, whole=source.size <= len(source.head))
    return dialect is not None and dialect.consistency > 0.95 and (dialect.width > 2 or dialect.delimiter in "\t|")
