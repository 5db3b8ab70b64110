"""Files at rest: AES-256-GCM in chunks (the STREAM construction of Hoang, Reyhanitabar, Rogaway, Vizár 2015).

Plain Python, because a sandboxed child reads with it too. Layout: magic (6 bytes), nonce prefix (7 bytes),
then chunks of 64 KiB plaintext, each followed by its 16-byte tag. The nonce of chunk i is prefix + i (4
bytes) + 1 for the last chunk, else 0: a chunk that was moved, dropped or cut off fails to decrypt. A file is
never empty: no plaintext is one empty chunk.
"""

from __future__ import annotations

import base64
import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.types import Json

MAGIC: Final = b"CNDR1\n"
PREFIX_BYTES: Final = 7
CHUNK: Final = 64 * 1024
TAG: Final = 16
KEY_BYTES: Final = 32
_HEADER: Final = len(MAGIC) + PREFIX_BYTES


class CorruptFile(Exception):
    """The ciphertext was changed, cut, or belongs to another key."""


def new_key() -> bytes:
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def _nonce(prefix: bytes, index: int, *, last: bool) -> bytes:
    return prefix + index.to_bytes(4, "big") + (b"\x01" if last else b"\x00")


class EncryptingWriter:
    """Takes plaintext piece by piece, puts ciphertext on disk.

    `close()` writes the last chunk; without it the file is unreadable.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._prefix = os.urandom(PREFIX_BYTES)
        self._buffer = bytearray()
        self._index = 0
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(fd, "wb")
        self._file.write(MAGIC + self._prefix)

    def write(self, data: bytes) -> None:
        self._buffer += data
        while len(self._buffer) > CHUNK:  # strictly more: the last chunk must stay for close()
            self._emit(bytes(self._buffer[:CHUNK]), last=False)
            del self._buffer[:CHUNK]

    def close(self) -> None:
        if self._file.closed:
            return
        self._emit(bytes(self._buffer), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        self._file.close()

    def _emit(self, plain: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._prefix, self._index, last=last), plain, None))
        self._index += 1


@dataclass(frozen=True, slots=True)
class FileHandle:
    """All a child process needs to read one encrypted file.

    Its place, its own data key, its plaintext size in bytes.
    """

    path: str
    key: bytes
    size: int

    def to_json(self) -> dict[str, Json]:
        return {"path": self.path, "key_b64": base64.b64encode(self.key).decode(), "size": self.size}

    @classmethod
    def from_json(cls, value: Mapping[str, Json]) -> FileHandle:
        return cls(path=str(value["path"]), key=base64.b64decode(str(value["key_b64"])), size=int(str(value["size"])))


class DecryptingReader(io.RawIOBase):
    """A seekable, read-only view of the plaintext; one decrypted chunk is held at a time.

    Raises CorruptFile where the ciphertext does not authenticate.
    """

    def __init__(self, handle: FileHandle) -> None:
        super().__init__()
        self._file = Path(handle.path).open("rb")  # noqa: SIM115 - closed in close()
        self._cipher = AESGCM(handle.key)
        header = self._file.read(_HEADER)
        body = os.fstat(self._file.fileno()).st_size - _HEADER
        if header[: len(MAGIC)] != MAGIC or body < TAG:
            self._file.close()
            raise CorruptFile("not an encrypted file of ours")
        self._prefix = header[len(MAGIC) :]
        self._chunks = -(-body // (CHUNK + TAG))
        self._size = body - self._chunks * TAG
        self._position = 0
        self._cached: tuple[int, bytes] = (-1, b"")
        if self._size != handle.size:
            self._file.close()
            raise CorruptFile("the file is not as long as it was")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    @property
    def size(self) -> int:
        return self._size

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("seek before the start")
        self._position = base + offset
        return self._position

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        view = memoryview(buffer).cast("B")
        done = 0
        while done < len(view) and self._position < self._size:
            index, start = divmod(self._position, CHUNK)
            piece = self._chunk(index)[start : start + len(view) - done]
            view[done : done + len(piece)] = piece
            done += len(piece)
            self._position += len(piece)
        return done

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()

    def _chunk(self, index: int) -> bytes:
        if self._cached[0] != index:
            self._file.seek(_HEADER + index * (CHUNK + TAG))
            sealed = self._file.read(CHUNK + TAG)
            nonce = _nonce(self._prefix, index, last=index == self._chunks - 1)
            try:
                self._cached = (index, self._cipher.decrypt(nonce, sealed, None))
            except InvalidTag as error:
                raise CorruptFile(f"chunk {index} does not authenticate") from error
        return self._cached[1]


def open_reader(handle: FileHandle | Mapping[str, Json]) -> io.BufferedReader:
    """The plaintext as an ordinary seekable binary file; a handle may come as the JSON a child was given."""
    known = handle if isinstance(handle, FileHandle) else FileHandle.from_json(handle)
    return io.BufferedReader(DecryptingReader(known), buffer_size=CHUNK)
