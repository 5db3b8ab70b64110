"""A sample file, whatever its format, as a `Table`: a sample of its rows and what a full pass saw.

read_table("customers.csv") -> Table
load_columns(handle, ["age", "postcode"]) -> {"age": [...], "postcode": [...]}   for measurements on whole rows
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

import pyarrow as pa

from datamap.scanner.encodings import encoding_of
from datamap.scanner.formats import aligned, archive, avro, columnar, delimited, logs, packed, plain, records, workbook
from datamap.scanner.formats.dialect import sniff
from datamap.scanner.formats.stream import Stream
from datamap.scanner.formats.tables import prefixed
from datamap.scanner.options import Recogniser
from datamap.scanner.sampling import MAX_CELLS, SAMPLE_ROWS, Reservoir, sample
from datamap.scanner.sought import Sought
from datamap.scanner.source import Handle, Source, opened
from datamap.scanner.types import Column, Progress, Table, Unreadable

LAB_ROWS: Final = 200_000

#: Readers of binary formats, by what a file's first bytes say it is.
READERS: Final[dict[str, Callable[[Source], list[Stream]]]] = {
    "parquet": lambda source: [columnar.read(source)],
    "arrow": lambda source: [columnar.read_arrow(source)],
    "avro": lambda source: [avro.read(source)],
    "office": workbook.read,
}
#: What a file is that has such an extension and neither the first bytes that go with it nor those of a text.
BROKEN: Final = {
    "parquet": "broken_parquet",
    "arrow": "broken_arrow",
    "feather": "broken_arrow",
    "avro": "broken_avro",
    **dict.fromkeys(workbook.SUFFIXES, "broken_workbook"),
}

TABULAR: Final = ("csv", "tsv", "tab", "psv", "dat", "data", *workbook.SUFFIXES)
#: What has lines and signs in them, but no columns.
PROSE: Final = ("md", "sql", "xml", "html", "htm", "yaml", "yml", "eml", "vcf", "ini", "rst", "tex")
JSON: Final = ("json", "jsonl", "ndjson", "geojson")

# The default pools reserve far more address space than they use, which a limited process counts as used.
pa.set_memory_pool(pa.system_memory_pool())
pa.set_cpu_count(1)
pa.set_io_thread_count(1)


def read_table(
    handle: Handle,
    name: str = "",
    progress: Progress | None = None,
    *,
    rows: int = SAMPLE_ROWS,
    recognisers: Iterable[Recogniser] = (),
) -> Table:
    """Sample a file, and search all of it. `handle` is a path or a storage handle; `name` only lends its extension.

    Several tables in one file (sheets, members of an archive, lists of a JSON document) are sampled each for itself;
    their columns carry the table's name in front. Raises Unreadable with a code of `datamap.wording_scan.UNREADABLE`.
    """
    with opened(handle, name) as source:
        tables = streams(source)
        rows = max(30, min(rows, MAX_CELLS // max(1, sum(len(stream.columns) for stream in tables))))
        read, sought = [], Sought(recognisers)
        for stream in tables:
            stream.position = source.file.tell
            read.append(_sampled(stream, progress, rows, source.size, sought))
    return joined(tables, read)


def _sampled(stream: Stream, progress: Progress | None, rows: int, size: int, sought: Sought) -> Table:
    try:
        return sample(stream, progress, rows=rows, size=size, sought=sought)
    except RecursionError:
        raise Unreadable("too_deep") from None


def joined(streams: list[Stream], tables: list[Table]) -> Table:
    """One Table over all; columns of several tables know their own rows."""
    first = tables[0]
    parts = (*(stream.left_out for stream in streams), *(table.left_out for table in tables))
    left_out = tuple({(it.code, *it.params.values()): it for part in parts for it in part}.values())
    if len(tables) == 1:
        return replace(first, columns=tuple(map(_cleaned, first.columns)), left_out=left_out)
    columns = tuple(
        replace(
            _cleaned(column),
            name=stream.table + column.name,
            rows=table.rows,
            table=stream.table,
            has_header=table.has_header,
        )
        for stream, table in zip(streams, tables, strict=True)
        for column in table.columns
    )
    return Table(
        format="+".join(sorted({table.format for table in tables})),
        rows=sum(table.rows for table in tables),
        sampled=sum(table.sampled for table in tables),
        columns=columns,
        has_header=any(table.has_header for table in tables),
        encoding=first.encoding,
        skipped=sum(table.skipped for table in tables),
        left_out=left_out,
    )


def _cleaned(column: Column) -> Column:
    """NUL can be neither stored nor shown, and half a surrogate pair can't be encoded."""
    if not any("\x00" in value for value in column.values):
        return column
    return replace(column, values=tuple(value.replace("\x00", "\ufffd") for value in column.values))


def load_columns(
    handle: Handle, columns: list[str], limit_rows: int = LAB_ROWS, *, name: str = ""
) -> dict[str, list[str | None]]:
    """Whole rows of some columns, at most `limit_rows` drawn evenly, cell by cell as text; None where empty.

    Lists are of equal length and aligned by row. Raises Unreadable, with "no_such_column" for a name the file lacks
    and "several_tables" for columns that don't stand in one table.
    """
    wanted = set(columns)
    found: set[str] = set()
    with opened(handle, name) as source:
        tables = streams(source)
        for stream in tables:
            reservoir = Reservoir(limit_rows)
            for batch in stream.batches:
                count = len(next(iter(batch.values()))) if batch else 0
                named = prefixed(batch, stream) if len(tables) > 1 else batch
                reservoir.feed(
                    {key: named[key] for key in wanted & named.keys()} or {"": pa.nulls(count, pa.string())}, count
                )
            if wanted <= reservoir.cells.keys():
                return {column: _padded(reservoir.cells[column], reservoir.rows) for column in columns}
            found |= reservoir.cells.keys()
    if missing := [column for column in columns if column not in found]:
        raise Unreadable("no_such_column", column=columns.index(missing[0]) + 1)
    raise Unreadable("several_tables")


def _padded(cells: list[str | None], rows: int) -> list[str | None]:
    stripped = [(cell.strip() or None) if cell is not None else None for cell in cells]
    return stripped + [None] * (rows - len(stripped))


def streams(source: Source) -> list[Stream]:
    """The tables of a file, at least one: its first bytes decide what it is, its extension breaks ties."""
    if source.magic in packed.KINDS:
        return _undivided(streams(packed.unpacked(source)))
    if source.magic == "zip":
        return _zipped(source)
    if source.magic in READERS:
        return READERS[source.magic](source)
    if source.magic:
        raise Unreadable("unsupported")
    return _text(source)


def _undivided(streams: list[Stream]) -> list[Stream]:
    """What is packed can't be entered in the middle."""
    for stream in streams:
        stream.division = None
    return streams


def _zipped(source: Source) -> list[Stream]:
    office = archive.is_office(set(archive.opened(source).namelist()))
    if office == "workbook":
        return workbook.read(source)
    if office == "document":
        raise Unreadable("unsupported")
    return archive.read(source, streams)


def _text(source: Source) -> list[Stream]:
    try:
        encoding = encoding_of(source.head)
    except Unreadable as error:
        raise Unreadable(BROKEN.get(source.suffix, error.code)) from None
    if (
        (source.suffix in JSON and records.may_be(source, encoding))
        or records.is_lines(source, encoding)
        or records.is_document(source, encoding)
    ):
        return records.read(source)
    return [_table(source, encoding)]


def _table(source: Source, encoding: str) -> Stream:
    if source.suffix not in TABULAR and (found := logs.read(source, encoding)):
        return found
    if source.suffix in PROSE:
        return plain.read(source)
    if source.suffix not in TABULAR and not _is_table(source, encoding):
        return aligned.read(source, encoding) or plain.read(source)
    try:
        return delimited.read(source, encoding=encoding)
    except Unreadable as error:
        if error.code != "not_delimited":
            raise
    if found := aligned.read(source, encoding):
        return found
    if source.suffix in {"csv", "tsv", "tab"}:
        return delimited.read(source, encoding=encoding, single=True)
    return plain.read(source)


def _is_table(source: Source, encoding: str) -> bool:
    """A text of one width throughout, whose commas are not those of sentences."""
    head = source.text(encoding)
    dialect = sniff(head, whole=source.is_whole)
    if dialect is None or dialect.consistency <= 0.95:
        return False
    return dialect.delimiter in "\t|" or head.count(f"{dialect.delimiter} ") < 0.5 * head.count(dialect.delimiter)
