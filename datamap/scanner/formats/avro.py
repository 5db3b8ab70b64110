"""Avro object container files (specification 1.12): block by block, with every length checked before it is believed."""

from __future__ import annotations

import bz2
import io
import json
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, Final

import fastavro
import pyarrow as pa

from datamap.scanner.formats import nested
from datamap.scanner.formats.stream import Stream
from datamap.scanner.source import Source
from datamap.scanner.types import Unreadable

SYNC: Final = 16
#: Bytes of one block, packed and unpacked; writers aim at 64 KiB to some MiB.
MAX_BLOCK: Final = 64 << 20
MAX_METADATA: Final = 16 << 20


def read(source: Source) -> Stream:
    """Stream the records. Raises Unreadable: broken_avro (with the block), avro_codec, avro_recursive, too_large."""
    source.file.seek(4)
    metadata = _metadata(source.file)
    unpack = _codec(metadata.get("avro.codec", b"null"))
    schema = _schema(metadata.get("avro.schema", b""))
    sync = _exactly(source.file, SYNC, 0)
    return Stream("avro", [], nested.batches(_records(source.file, unpack, schema, sync)))


def _metadata(file: IO[bytes]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    while count := _long(file, 0):
        if count < 0:
            count = -count
            _long(file, 0)
        for _ in range(count):
            key = _sized(file).decode("utf-8", errors="replace")
            found[key] = _sized(file)
            if len(found) > 1_000:
                raise Unreadable("broken_avro")
    return found


def _sized(file: IO[bytes]) -> bytes:
    size = _long(file, 0)
    if not 0 <= size <= MAX_METADATA:
        raise Unreadable("broken_avro")
    return _exactly(file, size, 0)


def _exactly(file: IO[bytes], size: int, block: int) -> bytes:
    data = file.read(size)
    if len(data) < size:
        raise Unreadable("broken_avro", block=block)
    return data


def _long(file: IO[bytes], block: int, first: bytes = b"") -> int:
    """A variable-length zig-zag number, of ten bytes at most; `first` is its first byte where that was read already."""
    value = 0
    for shift in range(0, 70, 7):
        byte = (first or _exactly(file, 1, block))[0]
        first = b""
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return (value >> 1) ^ -(value & 1)
    raise Unreadable("broken_avro", block=block)


def _schema(text: bytes) -> Any:
    try:
        schema = json.loads(text)
        if _contains_itself(schema, ()):
            raise Unreadable("avro_recursive")
        return fastavro.parse_schema(schema)
    except (Unreadable, MemoryError):
        raise
    except RecursionError:
        raise Unreadable("too_deep") from None
    except Exception:  # noqa: BLE001 - whatever a schema that is none makes the library raise
        raise Unreadable("broken_avro") from None


def _contains_itself(schema: Any, inside: tuple[str, ...]) -> bool:
    """A type within itself has no bound on its depth, and the library's reader has no guard against it."""
    if isinstance(schema, str):
        return schema in inside
    if isinstance(schema, list):
        return any(_contains_itself(option, inside) for option in schema)
    if not isinstance(schema, dict):
        return False
    names = _names(schema)
    parts = [schema.get("items"), schema.get("values")]
    parts += [field.get("type") for field in schema.get("fields") or () if isinstance(field, dict)]
    if not isinstance(schema.get("type"), str) or schema.get("type") not in {"record", "error", "enum", "fixed"}:
        parts.append(schema.get("type"))
    return any(_contains_itself(part, inside + names) for part in parts)


def _names(schema: dict[str, Any]) -> tuple[str, ...]:
    name, space = str(schema.get("name", "")), str(schema.get("namespace", ""))
    return tuple({name, name.rsplit(".", 1)[-1], f"{space}.{name}"}) if name else ()


def _records(file: IO[bytes], unpack: Callable[[bytes], bytes], schema: Any, sync: bytes) -> Iterator[Any]:
    block = 0
    while first := file.read(1):
        block += 1
        count = _long(file, block, first)
        size = _long(file, block)
        if count < 0 or not 0 <= size <= MAX_BLOCK:
            raise Unreadable("broken_avro", block=block)
        packed = _exactly(file, size, block)
        if _exactly(file, SYNC, block) != sync:
            raise Unreadable("broken_avro", block=block)
        yield from _block(packed, unpack, schema, count, block)


def _block(packed: bytes, unpack: Callable[[bytes], bytes], schema: Any, count: int, block: int) -> Iterator[Any]:
    try:
        data = unpack(packed)
    except (ValueError, OSError, EOFError, zlib.error, lzma.LZMAError, pa.ArrowException):
        raise Unreadable("broken_avro", block=block) from None
    if len(data) > MAX_BLOCK:
        raise Unreadable("too_large")
    if count > len(data):  # records of no bytes hold nothing, and could be claimed without end
        raise Unreadable("broken_avro", block=block)
    content = io.BytesIO(data)
    for _ in range(count):
        yield _record(content, schema, block)
    if content.tell() != len(data):
        raise Unreadable("broken_avro", block=block)


def _record(content: io.BytesIO, schema: Any, block: int) -> Any:
    try:
        return fastavro.schemaless_reader(content, schema, None, handle_unicode_errors="replace")
    except MemoryError:
        raise
    except RecursionError:
        raise Unreadable("too_deep") from None
    except Exception:  # noqa: BLE001 - damaged bytes make the library raise a dozen kinds of error
        raise Unreadable("broken_avro", block=block) from None


def _codec(name: bytes) -> Callable[[bytes], bytes]:
    try:
        return CODECS[name]
    except KeyError:
        raise Unreadable("avro_codec") from None


def _deflate(data: bytes) -> bytes:
    return zlib.decompressobj(-15).decompress(data, MAX_BLOCK + 1)


def _bzip2(data: bytes) -> bytes:
    return bz2.BZ2Decompressor().decompress(data, MAX_BLOCK + 1)


def _xz(data: bytes) -> bytes:
    return lzma.LZMADecompressor(memlimit=2 * MAX_BLOCK).decompress(data, MAX_BLOCK + 1)


def _snappy(data: bytes) -> bytes:
    """The unpacked size stands first; four bytes of checksum follow the data."""
    size = shift = 0
    for byte in data[:5]:
        size |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    if size > MAX_BLOCK:
        raise Unreadable("too_large")
    unpacked = pa.Codec("snappy").decompress(data[:-4], decompressed_size=size, asbytes=True)
    if zlib.crc32(unpacked) != int.from_bytes(data[-4:], "big"):
        raise ValueError("checksum")
    return bytes(unpacked)


def _zstandard(data: bytes) -> bytes:
    with pa.CompressedInputStream(pa.BufferReader(data), "zstd") as stream:
        return bytes(stream.read(MAX_BLOCK + 1))


CODECS: Final[dict[bytes, Callable[[bytes], bytes]]] = {
    b"null": lambda data: data,
    b"deflate": _deflate,
    b"bzip2": _bzip2,
    b"xz": _xz,
    b"snappy": _snappy,
    b"zstandard": _zstandard,
}
