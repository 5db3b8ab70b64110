"""Parquet and Arrow files: small batches, nested columns flattened, everything as strings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from datamap.scanner.formats import division, nested
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
        names, types = _paths(schema), _types(schema)
    except (pa.ArrowException, OSError, ValueError):
        raise Unreadable("broken_parquet") from None
    if len(file.schema) > MAX_COLUMNS:
        raise Unreadable("too_many_columns")
    _refuse_bombs(file)
    rows = max(64, min(ROWS, 400_000 // max(1, len(file.schema))))
    stream = Stream("parquet", names, _batches(file, rows), types=types)
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


def read_arrow(source: Source) -> Stream:
    """Stream an Arrow file (Feather 2). Raises Unreadable: broken_arrow, too_many_columns."""
    source.file.seek(0)
    try:
        file = pa.ipc.open_file(pa.PythonFile(source.file, mode="r"))
        names, types = _paths(file.schema), _types(file.schema)
    except (pa.ArrowException, OSError, ValueError):
        raise Unreadable("broken_arrow") from None
    if len(names) > MAX_COLUMNS:
        raise Unreadable("too_many_columns")
    return Stream("arrow", names, _arrow_batches(file), types=types)


def _arrow_batches(file: Any) -> Iterator[Batch]:
    try:
        for number in range(file.num_record_batches):
            whole = file.get_batch(number)
            whole.validate(full=True)
            for start in range(0, len(whole), ROWS):
                yield _strings(whole.slice(start, ROWS))
    except (pa.ArrowException, OSError, ValueError):
        raise Unreadable("broken_arrow") from None


def _types(schema: Any) -> dict[str, str]:
    return {name: str(field.type) for name, field in zip(unique_names(schema.names), schema, strict=True)}


def _paths(schema: Any) -> list[str]:
    """The columns of a schema whose rows are not seen yet; maps have none but those of their rows."""
    return unique_names([path for field in schema for path in _leaves(field.name, field.type)])


def _leaves(path: str, kind: Any) -> list[str]:
    if pa.types.is_struct(kind):
        return [leaf for field in kind for leaf in _leaves(f"{path}.{field.name}", field.type)]
    if _is_list(kind):
        return _leaves(f"{path}[]", kind.value_type)
    return [] if pa.types.is_map(kind) else [path]


def _is_list(kind: Any) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def _strings(batch: Any) -> Batch:
    table = pa.Table.from_batches([batch])
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    columns: dict[str, Any] = {}
    for name, column in zip(unique_names(table.column_names), table.columns, strict=True):
        columns |= _column(name, column.combine_chunks())
    return columns


def _column(name: str, column: Any) -> Batch:
    """An Arrow column as strings by path: lists and maps are written out as JSON's are."""
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], type=column.type)
    kind = column.type
    if pa.types.is_list(kind) and pa.types.is_string(kind.value_type):
        return {f"{name}[]": pc.binary_join(_readable(column), "\n")}
    if not pa.types.is_nested(kind):
        return {name: _string(column)}
    rows = ({name: _plain(value, kind)} for value in column.to_pylist())
    found = next(nested.batches(rows, rows=max(1, len(column))), {})
    return found or {path: pa.nulls(len(column), pa.string()) for path in _leaves(name, kind)}


def _plain(value: Any, kind: Any) -> Any:
    """Arrow gives maps as lists of pairs; theirs are the keys of an object."""
    if value is None:
        return None
    if pa.types.is_map(kind):
        return {str(key): _plain(inner, kind.item_type) for key, inner in value}
    if pa.types.is_struct(kind):
        return {field.name: _plain(value[field.name], field.type) for field in kind}
    return [_plain(inner, kind.value_type) for inner in value] if _is_list(kind) else value


def _string(column: Any) -> Any:
    """A flat Arrow column as strings; what can't be text (raw bytes) is left empty."""
    kind = column.type
    if pa.types.is_dictionary(kind) and not pa.types.is_string(kind.value_type):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_string(kind) or pa.types.is_dictionary(kind):
        return _readable(column)
    try:
        return column.cast(pa.string())
    except pa.ArrowException:
        return pa.nulls(len(column), pa.string())


def _readable(column: Any) -> Any:
    """The same, where its texts are UTF-8; files may say so of what is not."""
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        raise Unreadable("broken_parquet") from None
    return column
