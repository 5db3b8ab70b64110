"""What is packed, as plain bytes that are counted while they unfold: gzip, bzip2 and xz files, members of a zip."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO, Any, Final, cast

from datamap.scanner.source import HEAD, Source
from datamap.scanner.types import Unreadable

#: A file may unfold to this many bytes and `RATIO` times its own size, never to more than `MOST`.
FREE: Final = 64 << 20
RATIO: Final = 100
MOST: Final = 4 << 30
#: Formats that jump about in the file are unfolded into memory first.
IN_MEMORY: Final = 64 << 20

KINDS: Final[dict[str, Callable[[IO[bytes]], IO[bytes]]]] = {
    "gzip": lambda file: cast("IO[bytes]", gzip.GzipFile(fileobj=file, mode="rb")),
    "bzip2": lambda file: cast("IO[bytes]", bz2.BZ2File(file)),
    "xz": lambda file: cast("IO[bytes]", lzma.LZMAFile(file)),  # noqa: SIM115 - closed by Unfolded
}
#: What the decompressors raise on damage; RuntimeError is zipfile's for a member that needs a password.
DAMAGE: Final = (EOFError, OSError, ValueError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError)


def allowance(size: int) -> int:
    """Bytes that `size` packed bytes may unfold to."""
    return min(MOST, FREE + RATIO * size)


class Unfolded(io.RawIOBase):
    """A packed file's content. Raises Unreadable: too_large past its allowance, broken_archive where it is damaged."""

    def __init__(self, file: IO[bytes], allowed: int) -> None:
        self._file = file
        self._allowed = allowed
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """To any place from the start; going back unpacks anew."""
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation("the end of a packed file is not known")
        self._position = _checked(self._file.seek, offset)
        return self._position

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer).cast("B")
        data: bytes = _checked(self._file.read, min(len(view), 1 << 20))
        view[: len(data)] = data
        self._position += len(data)
        if self._position > self._allowed:
            raise Unreadable("too_large")
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def _checked(action: Callable[[int], Any], argument: int) -> Any:
    try:
        return action(argument)
    except DAMAGE:
        raise Unreadable("broken_archive") from None


def unpacked(source: Source) -> Source:
    """The content of a gzip, bzip2 or xz file, as if it had come alone. Raises Unreadable."""
    source.file.seek(0)
    name = source.name.removesuffix(PurePosixPath(source.name).suffix) if source.suffix in SUFFIXES else source.name
    return content(KINDS[source.magic](source.file), name, allowance(source.size))


SUFFIXES: Final = ("gz", "gzip", "bz2", "xz")


def content(file: IO[bytes], name: str, allowed: int, size: int = 0) -> Source:
    """A Source over packed bytes. Raises Unreadable: empty, too_large, broken_archive."""
    unfolded = io.BufferedReader(Unfolded(file, allowed), buffer_size=1 << 18)
    head = unfolded.read(HEAD + 1)
    if not head.strip():
        raise Unreadable("empty")
    known = len(head) if len(head) <= HEAD else max(size, HEAD + 1)
    unfolded.seek(0)
    return Source(cast("IO[bytes]", unfolded), head[:HEAD], name, known)


def in_memory(source: Source) -> Source:
    """The same content with every jump cheap. Raises Unreadable("too_large")."""
    source.file.seek(0)
    data = source.file.read(IN_MEMORY + 1)
    if len(data) > IN_MEMORY:
        raise Unreadable("too_large")
    return Source(io.BytesIO(data), source.head, source.name, len(data))
