"""Parquet: row groups in small batches, nested columns flattened, everything as strings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from datamap.scanner.formats import division
from datamap.scanner.formats.division import Chunk, Division
from datamap.scanner.formats.stream import MAX_COLUMNS, Batch, Stream, unique_names
from datamap.scanner.source import Source
from datamap.scanner.types import Unreadable

ROWS: Final = 8_192
#: A row group is decoded in one piece: what it unfolds to must fit in memory, for one column at a time.
MAX_COLUMN_CHUNK: Final = 256 << 20


def read(source: Source) -> Stream:
    """Stream a Parquet file. Raises Unreadable: broken_parquet, too_many_columns, too_large."""
    try:
        schema = _open(source, []).schema_arrow
        texts = [
            field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
        ]
        file = _open(source, texts)
    except (pa.ArrowException, OSError, ValueError):
        raise Unreadable("broken_parquet") from None
    if len(file.schema) > MAX_COLUMNS:
        raise Unreadable("too_many_columns")
    _refuse_bombs(file)
    rows = max(64, min(ROWS, 400_000 // max(1, len(file.schema))))
    names = [field.name for field in schema]
    types = {name: str(field.type) for name, field in zip(unique_names(names), schema, strict=True)}
    stream = Stream("parquet", unique_names(names), _batches(file, rows), types=types)
    if source.size > division.CHUNK:
        stream.division = Division(
            source,
            lambda: _row_groups(file.metadata),
            lambda chunk: _batches(file, rows, range(chunk.start, chunk.end)),
        )
    return stream


def _row_groups(meta: Any) -> list[Chunk]:
    """Neighbouring row groups as chunks, each of CHUNK bytes unfolded or more."""
    starts, size = [0], 0
    for group in range(meta.num_row_groups):
        if size >= division.CHUNK:
            starts.append(group)
            size = 0
        size += meta.row_group(group).total_byte_size
    ends = [*starts[1:], meta.num_row_groups]
    return [Chunk(start, end) for start, end in zip(starts, ends, strict=True)]


def _open(source: Source, texts: list[str]) -> Any:
    """Texts stay dictionaries: one long value that a small file repeats a million times is held once."""
    source.file.seek(0)
    return pq.ParquetFile(pa.PythonFile(source.file, mode="r"), pre_buffer=False, read_dictionary=texts)


def _refuse_bombs(file: Any) -> None:
    """One page can be repeated without end by run lengths: the declared size is checked before decoding."""
    meta = file.metadata
    for group in range(meta.num_row_groups):
        for column in range(meta.num_columns):
            if meta.row_group(group).column(column).total_uncompressed_size > MAX_COLUMN_CHUNK:
                raise Unreadable("too_large")


def _batches(file: Any, rows: int, groups: range | None = None) -> Iterator[Batch]:
    try:
        for batch in file.iter_batches(batch_size=rows, row_groups=groups and list(groups), use_threads=False):
            yield _strings(batch)
    except (pa.ArrowException, OSError, ValueError):
        raise Unreadable("broken_parquet") from None


def _strings(batch: Any) -> Batch:
    table = pa.Table.from_batches([batch])
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    names = unique_names(table.column_names)
    return {name: _string(column.combine_chunks()) for name, column in zip(names, table.columns, strict=True)}


def _string(column: Any) -> Any:
    """Any Arrow column as strings; what can't be text (raw bytes) is left empty."""
    kind = column.type
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], type=kind)
    if pa.types.is_dictionary(kind) and not pa.types.is_string(kind.value_type):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_string(kind) or pa.types.is_dictionary(kind):
        return column
    if pa.types.is_list(kind) and pa.types.is_string(kind.value_type):
        return pc.binary_join(column, "\n")
    if pa.types.is_nested(kind):
        return pa.array(
            [None if value is None else json.dumps(value, default=str) for value in column.to_pylist()],
            type=pa.string(),
        )
    try:
        return column.cast(pa.string())
    except pa.ArrowException:
        return pa.nulls(len(column), pa.string())
