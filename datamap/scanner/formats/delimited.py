"""CSV, TSV and relatives: delimiter, quoting and header found out, rows streamed through Arrow's parser."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

import pyarrow as pa
from pyarrow import csv as arrow_csv

from datamap.scanner.encodings import encoding_of
from datamap.scanner.formats import division
from datamap.scanner.formats.division import Chunk, Division
from datamap.scanner.formats.header import looks_like_header
from datamap.scanner.formats.stream import MAX_COLUMNS, Batch, Stream, unique_names
from datamap.scanner.source import Source, recoded
from datamap.scanner.types import Unreadable

DELIMITERS: Final = (",", ";", "\t", "|", "\x1f", "^")
NULLS: Final = ["", "NULL", "null", "NaN", "nan", "\\N", "#N/A", "N/A", "n/a", "NA"]
PROBE_ROWS: Final = 60
BLOCK: Final = 2 << 20


@dataclass(frozen=True, slots=True)
class Dialect:
    delimiter: str
    quote: str
    width: int
    rows: tuple[tuple[str, ...], ...]  # the first rows, for judging the header
    consistency: float


def sniff(head: str, *, whole: bool) -> Dialect | None:
    """The delimiter under which most of the first rows have the same number of cells, more than one; None for none."""
    text = head if whole else head[: head.rfind("\n") + 1] or head
    best: Dialect | None = None
    for delimiter in DELIMITERS:
        for quote in ('"', "'"):
            dialect = _try(text, delimiter, quote)
            if dialect and (best is None or _merit(dialect) > _merit(best)):
                best = dialect
    return best


def _merit(dialect: Dialect) -> float:
    return dialect.consistency + min(dialect.width, 20) / 100 + (0.05 if dialect.quote == '"' else 0)


def _try(text: str, delimiter: str, quote: str) -> Dialect | None:
    if delimiter not in text:
        return None
    rows: list[tuple[str, ...]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote):
            if row:
                rows.append(tuple(row))
            if len(rows) >= PROBE_ROWS:
                break
    except csv.Error:
        return None
    if not rows:
        return None
    width, count = Counter(map(len, rows)).most_common(1)[0]
    if width < 2 or count < 0.6 * len(rows):
        return None
    return Dialect(delimiter, quote, width, tuple(row for row in rows if len(row) == width), count / len(rows))


def read(source: Source, *, encoding: str = "", single: bool = False) -> Stream:
    """Stream a delimited file; `single` takes it as one column where no delimiter is found.

    Raises Unreadable: binary, broken_csv, line_too_long, too_many_columns.
    """
    encoding = encoding or encoding_of(source.head)
    head = recoded(source, encoding).read(len(source.head)).decode("utf-8", errors="replace")
    whole = source.size <= len(source.head)
    if not whole and "\n" not in head and "\r" not in head:
        raise Unreadable("line_too_long", 1)
    dialect = sniff(head, whole=whole) or (_single(head) if single else None)
    if dialect is None:
        raise Unreadable("not_delimited")
    if dialect.width > MAX_COLUMNS:
        raise Unreadable("too_many_columns", 1)
    has_header = looks_like_header(dialect.rows)
    names = unique_names(list(dialect.rows[0])) if has_header else [f"c{i}" for i in range(1, dialect.width + 1)]
    stream = Stream(
        "tsv" if dialect.delimiter == "\t" else "csv", names, iter(()), has_header=has_header, encoding=encoding
    )
    stream.batches = _batches(source, stream, dialect)
    if division.can_divide(source, encoding):
        stream.division = Division(
            source,
            lambda: division.rows(source, delimiter=dialect.delimiter, quote=dialect.quote),
            lambda chunk: _batches(source, stream, dialect, chunk),
        )
    return stream


def _single(head: str) -> Dialect:
    rows = tuple((line.strip('"'),) for line in head.splitlines()[:PROBE_ROWS] if line.strip())
    return Dialect("\x1f", '"', 1, rows, 1.0)


def _batches(source: Source, stream: Stream, dialect: Dialect, chunk: Chunk | None = None) -> Iterator[Batch]:
    """The batches of the file, or of a chunk of it: only the first chunk has a header and what stands before it."""
    later = chunk is not None and chunk.start > 0
    lead = 0 if later else _leading(source, stream, dialect)
    file = recoded(source, stream.encoding, chunk.start, chunk.end) if chunk else recoded(source, stream.encoding)
    try:
        reader = _reader(file, stream, dialect, lead, header=stream.has_header and not later)
        while (batch := _next(reader)) is not None:
            if batch.num_rows:
                yield dict(zip(stream.columns, batch.columns, strict=True))
    except pa.ArrowInvalid as error:
        reason = _explain(error)
        if not (later and reason.code == "empty"):  # a chunk of blank lines
            raise reason from None


def _next(reader: Any) -> Any:
    try:
        return reader.read_next_batch()
    except StopIteration:
        return None


def _leading(source: Source, stream: Stream, dialect: Dialect) -> int:
    """Lines before the table (titles, blank lines, comments) that the parser must not see."""
    head = recoded(source, stream.encoding).read(len(source.head)).decode("utf-8", errors="replace")
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=dialect.delimiter, quotechar=dialect.quote)
    before = 0
    try:
        for row in reader:
            if len(row) == dialect.width:
                return before
            before = reader.line_num
    except csv.Error:
        return 0
    return 0


def _reader(file: IO[bytes], stream: Stream, dialect: Dialect, lead: int, *, header: bool) -> Any:
    names = [str(position) for position in range(dialect.width)]

    def bad_row(row: Any) -> str:
        stream.skipped += 1
        return "skip"

    return arrow_csv.open_csv(
        pa.PythonFile(file, mode="r"),
        read_options=arrow_csv.ReadOptions(
            block_size=BLOCK,
            column_names=names,
            skip_rows=lead,
            skip_rows_after_names=int(header),
            use_threads=False,
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char=dialect.quote,
            newlines_in_values=True,
            invalid_row_handler=bad_row,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            null_values=NULLS,
            strings_can_be_null=True,
            check_utf8=False,
        ),
    )


def _explain(error: pa.ArrowInvalid) -> Unreadable:
    """Arrow's message quotes cells; only what kind of trouble it was may leave."""
    message = str(error)
    if "straddling" in message:
        return Unreadable("line_too_long")
    if "Empty CSV" in message:
        return Unreadable("empty")
    return Unreadable("broken_csv")
