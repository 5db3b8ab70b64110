"""CSV, TSV and relatives: delimiter, quoting and header found out, rows streamed through Arrow's parser."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from core.types import Reason
from datamap.scanner.encodings import encoding_of
from datamap.scanner.formats import division, torn
from datamap.scanner.formats.dialect import NAMED, Dialect, attempt, first_rows, sniff
from datamap.scanner.formats.division import Chunk, Division
from datamap.scanner.formats.grid import layout
from datamap.scanner.formats.header import looks_like_header
from datamap.scanner.formats.malloc import return_at_once
from datamap.scanner.formats.stream import MAX_COLUMNS, Batch, Stream, unique_names
from datamap.scanner.source import Source, recoded
from datamap.scanner.types import Unreadable

NULLS: Final = ["", "NULL", "null", "NaN", "nan", "\\N", "#N/A", "N/A", "n/a", "NA"]
#: Rows that must still have the right width where quotes are taken for plain signs.
PLAIN: Final = 0.9
BLOCK: Final = 2 << 20
#: A cell with a blank between the delimiter and its quote.
LOOSE: Final = re.compile(r'^ +"([^"]*)" *$')
#: Columns from which on the blocks that Arrow reserves for them would fill a process's address space.
WIDE: Final = 16


@dataclass(frozen=True, slots=True)
class Start:
    """Where the table starts: lines that the parser must not see, and whether the next row is the header."""

    names: list[str]
    lead: int
    has_header: bool
    header_next: bool
    may_tear: bool = True
    loose: frozenset[int] = (
        frozenset()
    )  # columns whose quotes stand behind a blank, so that they are no quotes to Arrow


def _without_quotes(text: str, dialect: Dialect) -> Dialect:
    """The same, where a quote that is never closed would swallow the rest of the file: then quotes are plain signs."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True
    )
    try:
        for _ in reader:
            pass
    except csv.Error as error:
        plain = attempt(text, dialect.delimiter, "") if "unexpected end" in str(error) else None
        if plain and plain.width == dialect.width and plain.consistency >= PLAIN:
            return plain
    return dialect


def _start(head: str, dialect: Dialect) -> Start:
    text = head[match.end() :] if (match := NAMED.match(head)) else head
    offset = 1 if match else 0
    rows = list(first_rows(text, dialect.delimiter, dialect.quote, escapes=dialect.escapes))
    fitting = [i for i, (_, row) in enumerate(rows) if len(row) == dialect.width]
    table = [rows[i][1] for i in fitting]
    first = rows[fitting[0]][0] + offset
    if fitting[0] and (names := _odd_header(rows[fitting[0] - 1][1], table)):
        return Start(unique_names(names), first, has_header=True, header_next=False)
    found = layout(table, dialect.width)
    if found is None:
        return Start([f"c{i}" for i in range(1, dialect.width + 1)], first, has_header=False, header_next=False)
    lead = rows[fitting[found.skip - found.has_header]][0] + offset
    may_tear = not torn.are_usual(table, dialect)
    loose = frozenset(i for i, cells in enumerate(zip(*table, strict=True)) if any(map(LOOSE.fullmatch, cells)))
    names = [LOOSE.sub(r"\1", f" {name}").strip() if i in loose else name for i, name in enumerate(found.names)]
    return Start(names, lead, found.has_header, found.has_header, may_tear, loose)


def _odd_header(above: list[str], table: list[list[str]]) -> list[str]:
    """Names for a table whose header has a cell more or less than its rows: row names of R, a delimiter at the end."""
    width = len(table[0])
    if looks_like_header(table) or len(above) < 2:
        return []
    if len(above) == width - 1 and any(row[-1].strip() for row in table):
        return ["", *above] if looks_like_header([above, *(row[1:] for row in table)]) else []
    names = [*above, *[""] * width][:width]
    fits = len(above) == width - 1 or len(above) > width
    return names if fits and looks_like_header([names, *table]) else []


def read(source: Source, *, encoding: str = "", single: bool = False) -> Stream:
    """Stream a delimited file; `single` takes it as one column where no delimiter is found.

    Raises Unreadable: binary, broken_csv, line_too_long, too_many_columns.
    """
    encoding = encoding or encoding_of(source.head)
    head = source.text(encoding)
    whole = source.is_whole
    if not whole and "\n" not in head and "\r" not in head:
        raise Unreadable("line_too_long", 1)
    dialect = sniff(head, whole=whole) or (_single() if single else None)
    if dialect is None:
        raise Unreadable("not_delimited")
    if whole and dialect.quote in head:
        dialect = _without_quotes(head, dialect)
    if dialect.width > MAX_COLUMNS:
        raise Unreadable("too_many_columns", 1)
    try:
        start = _start(head, dialect)
    except csv.Error:
        raise Unreadable("line_too_long") from None
    kind = "tsv" if dialect.delimiter == "\t" else "csv"
    stream = Stream(kind, start.names, iter(()), has_header=start.has_header, encoding=encoding)
    stream.batches = _batches(source, stream, dialect, start)
    if division.can_divide(source, encoding) and dialect.quote and not dialect.escapes:
        stream.division = Division(
            source,
            lambda: division.rows(source, delimiter=dialect.delimiter, quote=dialect.quote),
            lambda chunk: _batches(source, stream, dialect, start, chunk),
        )
    return stream


def _single() -> Dialect:
    return Dialect("\x1f", '"', 1, 1.0)


def _batches(
    source: Source, stream: Stream, dialect: Dialect, start: Start, chunk: Chunk | None = None
) -> Iterator[Batch]:
    """The batches of the file, or of a chunk of it: only the first chunk has a header and what stands before it."""
    later = chunk is not None and chunk.start > 0
    lead = 0 if later else start.lead
    file = recoded(source, stream.encoding, chunk.start, chunk.end) if chunk else recoded(source, stream.encoding)
    tears: list[torn.Tear] = []
    try:
        reader = _reader(file, stream, dialect, lead, tears, header=start.header_next and not later)
        while (batch := _next(reader)) is not None:
            if batch.num_rows:
                columns = [_bare(column) if i in start.loose else column for i, column in enumerate(batch.columns)]
                whole = dict(zip(stream.columns, columns, strict=True))
                yield from _untorn(whole, source, stream, dialect) if start.may_tear else (whole,)
            yield from _mended(tears, source, stream, dialect)
            tears.clear()
        yield from _mended(tears, source, stream, dialect)
    except pa.ArrowInvalid as error:
        reason = _explain(error)
        if not (later and reason.code == "empty"):  # a chunk of blank lines
            raise reason from None


def _bare(column: Any) -> Any:
    return pc.replace_substring_regex(column, LOOSE.pattern, r"\1")


def _untorn(batch: Batch, source: Source, stream: Stream, dialect: Dialect) -> Iterator[Batch]:
    """The batch, and what an unclosed quote made one cell of as the rows it is. The quote's own row is left out."""
    found = torn.swallowed(batch, dialect) if dialect.quote else {}
    if not found:
        yield batch
        return
    stream.skipped += len(found)
    yield torn.without(batch, found)
    yield from _mended([*found.values()], source, stream, dialect)


def _mended(tears: list[torn.Tear], source: Source, stream: Stream, dialect: Dialect) -> Iterator[Batch]:
    """The rows that were taken in, as batches of their own; the first tear's line is told."""
    if not tears:
        return
    stream.left_out = stream.left_out or (_told(source, stream, tears[0]),)
    rows = [row for tear in tears for row in tear.rows]
    fitting = [row for row in rows if len(row) == dialect.width]
    stream.skipped += len(rows) - len(fitting)
    yield from torn.batches(fitting, stream.columns, NULLS)


def _told(source: Source, stream: Stream, tear: torn.Tear) -> Reason:
    """Where the first tear is, counted from the start of the file; reading goes on where it was."""
    place = source.file.tell()
    line = torn.line_of(recoded(source, stream.encoding), tear)
    source.file.seek(place)
    return Reason("open_quote", {"part": "", "line": line or "?"})


def _next(reader: Any) -> Any:
    try:
        return reader.read_next_batch()
    except StopIteration:
        return None


def _reader(
    file: IO[bytes], stream: Stream, dialect: Dialect, lead: int, tears: list[torn.Tear], *, header: bool
) -> Any:
    """Arrow's reader; rows of another width are left out, and those that took others in go to `tears`."""
    if dialect.width > WIDE:
        return_at_once()
    names = [str(position) for position in range(dialect.width)]

    def bad_row(row: Any) -> str:
        stream.skipped += 1
        if rows := torn.rows_in(row.text, dialect):
            tears.append(torn.Tear(row.text[: torn.LONG], rows))
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
            quote_char=dialect.quote or False,
            escape_char="\\" if dialect.escapes else False,
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
