"""Avro object container files as samples."""

from __future__ import annotations

import datetime
import io
import zlib
from typing import TYPE_CHECKING, Any

import fastavro
import pyarrow as pa
import pytest

from datamap.scanner.read import read_table
from datamap.scanner.types import Unreadable

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = {
    "type": "record",
    "name": "User",
    "fields": [
        {"name": "name", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {
            "name": "orders",
            "type": {
                "type": "array",
                "items": {
                    "type": "record",
                    "name": "Order",
                    "fields": [
                        {
                            "name": "customer",
                            "type": [
                                "null",
                                {"type": "record", "name": "C", "fields": [{"name": "email", "type": "string"}]},
                            ],
                        }
                    ],
                },
            },
        },
        {"name": "photo", "type": "bytes"},
    ],
}


def users(count: int) -> list[dict[str, Any]]:
    at = datetime.datetime(2024, 5, 1, 12, tzinfo=datetime.UTC)
    orders = [{"customer": {"email": "a@example.org"}}, {"customer": None}, {"customer": {"email": "b@example.org"}}]
    return [{"name": f"Zoë {n}", "at": at, "orders": orders, "photo": b"\xff\xd8"} for n in range(count)]


def written(
    path: Path, codec: str = "deflate", *, schema: Any = SCHEMA, records: Any = None, block: int = 4_000
) -> Path:
    with path.open("wb") as file:
        fastavro.writer(file, schema, users(500) if records is None else records, codec=codec, sync_interval=4_000)
    return path


def refused(path: Path) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_table(path)
    return caught.value


@pytest.mark.parametrize("codec", ["null", "deflate", "bzip2", "xz"])
def test_nested_records_are_flattened_by_path(tmp_path: Path, codec: str) -> None:
    table = read_table(written(tmp_path / "x.avro", codec))

    assert table.rows == 500
    assert {column.name: column.values[0] for column in table.columns} == {
        "name": "Zoë 0",
        "at": "2024-05-01 12:00:00+00:00",
        "orders[].customer.email": "a@example.org\nb@example.org",
    }


def with_codec(path: Path, codec: bytes, pack: Any) -> Path:
    """fastavro packs these two only with libraries that aren't here: the blocks of a plain file, packed anew."""
    plain = written(path, "null").read_bytes()
    blocks: Any = fastavro.block_reader(io.BytesIO(plain))
    sync = plain[-16:]
    head = plain[: plain.index(sync) + 16].replace(b"\x08null", bytes([2 * len(codec)]) + codec)
    packed = bytearray(head)
    for block in blocks:
        data = pack(block.bytes_.getvalue())
        packed += _long(block.num_records) + _long(len(data)) + data + sync
    path.write_bytes(packed)
    return path


def _long(value: int) -> bytes:
    value <<= 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def test_snappy_and_zstandard_are_read(tmp_path: Path) -> None:
    def snappy(data: bytes) -> bytes:
        packed: bytes = pa.Codec("snappy").compress(data, asbytes=True)
        return packed + zlib.crc32(data).to_bytes(4, "big")

    def zstandard(data: bytes) -> bytes:
        packed: bytes = pa.Codec("zstd").compress(data, asbytes=True)
        return packed

    plain = read_table(written(tmp_path / "plain.avro"))
    assert read_table(with_codec(tmp_path / "s.avro", b"snappy", snappy)) == plain
    assert read_table(with_codec(tmp_path / "z.avro", b"zstandard", zstandard)) == plain


def test_a_damaged_block_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "x.avro", "deflate")
    content = bytearray(path.read_bytes())
    first = content.index(content[-16:]) + 16
    second = content.index(content[-16:], first) + 16
    content[second + 40 : second + 60] = b"\xff" * 20
    path.write_bytes(content)

    error = refused(path)
    assert (error.code, error.params) == ("broken_avro", {"block": 2})


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "x.avro")
    path.write_bytes(path.read_bytes()[:-30])

    assert refused(path).code == "broken_avro"


def test_a_block_that_claims_more_records_than_it_has_bytes_is_refused(tmp_path: Path) -> None:
    schema = {"type": "record", "name": "Empty", "fields": [{"name": "nothing", "type": "null"}]}

    assert (
        refused(written(tmp_path / "x.avro", schema=schema, records=[{"nothing": None}] * 9_999)).code == "broken_avro"
    )


def test_a_block_that_unfolds_to_more_than_memory_is_refused(tmp_path: Path) -> None:
    records = [{"text": "x" * (200 << 20)}]
    schema = {"type": "record", "name": "T", "fields": [{"name": "text", "type": "string"}]}

    assert refused(written(tmp_path / "x.avro", schema=schema, records=records)).code == "too_large"


def test_a_type_within_itself_is_refused(tmp_path: Path) -> None:
    fields = [{"name": "next", "type": ["null", "Node"]}]
    schema = {"type": "record", "name": "Node", "fields": fields}

    assert refused(written(tmp_path / "x.avro", schema=schema, records=[{"next": None}])).code == "avro_recursive"
