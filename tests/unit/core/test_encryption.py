"""Files at rest come back byte for byte, and no change to them goes unnoticed."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.encryption import CHUNK, CorruptFile, EncryptingWriter, FileHandle, new_key, open_reader

SIZES = st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17])


def encrypt(folder: Path, data: bytes, *, piece: int = 10_000) -> FileHandle:
    handle = FileHandle(path=str(folder / "file.enc"), key=new_key(), size=len(data))
    writer = EncryptingWriter(Path(handle.path), handle.key)
    for start in range(0, len(data), piece):
        writer.write(data[start : start + piece])
    writer.close()
    return handle


@settings(max_examples=20, deadline=None)
@given(size=SIZES, piece=st.sampled_from([1000, CHUNK, 100_000]))
def test_what_is_written_is_read_back(size: int, piece: int) -> None:
    data = os.urandom(size)
    with TemporaryDirectory() as folder, open_reader(encrypt(Path(folder), data, piece=piece)) as reader:
        assert reader.read() == data


@settings(max_examples=40, deadline=None)
@given(start=st.integers(0, 3 * CHUNK), length=st.integers(0, 2 * CHUNK))
def test_any_slice_can_be_read_by_seeking(start: int, length: int) -> None:
    data = bytes(range(256)) * (3 * CHUNK // 256)
    with TemporaryDirectory() as folder, open_reader(encrypt(Path(folder), data)) as reader:
        reader.seek(start)
        assert reader.read(length) == data[start : start + length]


def test_the_plaintext_is_nowhere_on_disk(tmp_path: Path) -> None:
    handle = encrypt(tmp_path, b"canary-4711 " * 20_000)
    assert b"canary" not in Path(handle.path).read_bytes()


@pytest.mark.parametrize("position", [20, CHUNK, CHUNK + 40, -1])
def test_one_changed_byte_is_noticed(tmp_path: Path, position: int) -> None:
    handle = encrypt(tmp_path, b"x" * (2 * CHUNK + 5))
    raw = bytearray(Path(handle.path).read_bytes())
    raw[position] ^= 1
    Path(handle.path).write_bytes(bytes(raw))
    with pytest.raises(CorruptFile), open_reader(handle) as reader:
        reader.read()


def test_a_file_cut_at_a_chunk_is_noticed(tmp_path: Path) -> None:
    handle = encrypt(tmp_path, b"x" * (2 * CHUNK + 5))
    raw = Path(handle.path).read_bytes()
    Path(handle.path).write_bytes(raw[: 13 + CHUNK + 16])
    shorter = FileHandle(path=handle.path, key=handle.key, size=CHUNK)
    with pytest.raises(CorruptFile), open_reader(shorter) as reader:
        reader.read()


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    handle = encrypt(tmp_path, b"secret")
    with pytest.raises(CorruptFile), open_reader(FileHandle(handle.path, new_key(), handle.size)) as reader:
        reader.read()


def test_a_handle_survives_its_way_to_a_child(tmp_path: Path) -> None:
    handle = encrypt(tmp_path, b"as json")
    with open_reader(handle.to_json()) as reader:
        assert reader.read() == b"as json"
