"""Where bytes come from: a path, or ciphertext in Candor's storage read through its seekable decryptor."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, TypeAlias, cast

from datamap.scanner.encodings import MIXED, guess
from datamap.scanner.types import Unreadable

Handle: TypeAlias = "str | Path | Mapping[str, Any]"

HEAD: Final = 256 * 1024
#: First bytes of files that are not text, and what they are.
MAGIC: Final = (
    (b"PAR1", "parquet"),
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"SQLite format 3", "sqlite"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"Obj\x01", "avro"),
    (b"ARROW1", "arrow"),
    (b"ORC", "orc"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7z"),
    (b"\xd0\xcf\x11\xe0", "office"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """An open file: its seekable bytes, its first 256 KiB, its name (for the extension only)."""

    file: IO[bytes]
    head: bytes
    name: str
    size: int

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower().lstrip(".")

    @property
    def magic(self) -> str:
        if self.head[257:262] == b"ustar":
            return "tar"
        return next((kind for start, kind in MAGIC if self.head.startswith(start)), "")

    @property
    def is_whole(self) -> bool:
        """Whether the first bytes are all there are."""
        return self.size <= len(self.head)

    def text(self, encoding: str) -> str:
        """The first bytes as text: all of them, however many bytes of UTF-8 they come to."""
        return recoded(self, encoding, 0, len(self.head)).read().decode("utf-8", errors="replace")


@contextmanager
def opened(handle: Handle, name: str = "") -> Iterator[Source]:
    """Open a path or a storage handle for reading. An empty file is refused here."""
    with _open(handle) as file:
        head = file.read(HEAD)
        if not head.strip():
            raise Unreadable("empty")
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        yield Source(file, head, name or _name(handle), size)


def _open(handle: Handle) -> IO[bytes]:
    if isinstance(handle, (str, Path)):
        try:
            return Path(handle).open("rb")
        except FileNotFoundError:
            raise Unreadable("not_found") from None
        except OSError:
            raise Unreadable("cannot_open") from None
    from core.encryption import open_reader  # noqa: PLC0415 - a plain path needs no cryptography

    return cast("IO[bytes]", open_reader(handle))


def _name(handle: Handle) -> str:
    return Path(handle).name if isinstance(handle, (str, Path)) else ""


class Recoder(io.RawIOBase):
    """Any encoding in, clean UTF-8 out: bad bytes and NULs become U+FFFD, so a parser never stops at them.

    UTF-8 is believed until the first bytes above ASCII say otherwise: those may stand far behind the first ones.
    """

    def __init__(self, file: IO[bytes], encoding: str, limit: int | None = None) -> None:
        self._file = file
        self._left = limit  # bytes to read, None for all
        self._is_utf8 = encoding.startswith("utf-8")
        self._decoder = codecs.getincrementaldecoder(encoding)(errors=MIXED if self._is_utf8 else "replace")
        self._undecided = encoding == "utf-8"
        self._pending = b""
        self._done = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._pending and not self._done:
            raw = self._file.read(1 << 20 if self._left is None else min(1 << 20, self._left))
            self._done = not raw
            self._left = None if self._left is None else self._left - len(raw)
            self._pending = self._clean(raw)
        view = memoryview(buffer).cast("B")
        size = min(len(view), len(self._pending))
        view[:size] = self._pending[:size]
        self._pending = self._pending[size:]
        return size

    def _clean(self, raw: bytes) -> bytes:
        if self._is_utf8 and raw.isascii() and b"\x00" not in raw and not self._decoder.getstate()[0]:
            return raw  # nothing to do, and most files are so throughout
        if self._undecided and not raw.isascii():
            self._decide(raw)
        text = self._decoder.decode(raw, final=self._done)
        return text.replace("\x00", "\ufffd").encode("utf-8", errors="replace")

    def _decide(self, raw: bytes) -> None:
        self._undecided = False
        try:
            codecs.getincrementaldecoder("utf-8")().decode(raw)
        except UnicodeDecodeError:
            if (encoding := guess(raw)) not in {"utf-8", "cp1252"}:  # stray Western bytes are read in UTF-8, too
                self._is_utf8 = False
                self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")


def recoded(source: Source, encoding: str, start: int = 0, end: int | None = None) -> io.BufferedReader:
    """The file, or its bytes from `start` to `end`, as UTF-8."""
    source.file.seek(start)
    limit = None if end is None else end - start
    return io.BufferedReader(Recoder(source.file, encoding, limit), buffer_size=1 << 20)
