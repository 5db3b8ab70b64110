"""Bytes of any encoding -> UTF-8 bytes that the parsers share."""

from __future__ import annotations

import codecs
from typing import Final

from datamap.parsers.types import MAX_BYTES, Unreadable

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC: Final = (
    (b"PK\x03\x04", "is_zip"),
    (b"%PDF-", "is_pdf"),
    (b"\x1f\x8b", "is_gzip"),
    (b"PGDMP", "is_pg_custom_dump"),
    (b"SQLite format 3\x00", "is_sqlite_file"),
    (b"\x89PNG", "is_image"),
    (b"\xff\xd8\xff", "is_image"),
)
#: Binary files whose schema is read from their own header or footer, by their first bytes.
_BINARY: Final = (
    (b"PAR1", "parquet"),
    (b"PARE", "parquet"),
    (b"ARROW1", "arrow"),
    (b"\xff\xff\xff\xff", "arrow"),
    (b"FEA1", "arrow"),
    (b"Obj\x01", "avro"),
)
_BLANK: Final = b" \t\r\n\x00"
_CHUNK: Final = 1 << 20


def binary_format(head: bytes) -> str:
    """ "parquet", "arrow", "avro" by the first bytes of a file, or "" for text."""
    return next((name for magic, name in _BINARY if head.startswith(magic)), "")


def to_utf8(data: bytes) -> bytes:
    """The text as UTF-8 without a byte order mark.

    Raises Unreadable: empty, too_large, is_zip and the like for known other files, nul_bytes, encoding.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", params={"limit": MAX_BYTES})
    refuse_plainly_other(data)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _recode(data[len(bom) :], encoding)
    if guessed := _utf16_without_bom(data[:4096]):
        return _recode(data, guessed)
    if b"\x00" in data:
        raise Unreadable("nul_bytes", line=data.count(b"\n", 0, data.index(b"\x00")) + 1)
    return data if is_utf8(data) else _recode(data, _guess(data))


def refuse_plainly_other(head: bytes) -> None:
    """Raise Unreadable for the first bytes of what is certainly no schema: nothing at all, an archive, an image."""
    if not head[:4096].strip(_BLANK) and not head.strip(_BLANK):  # the second copies all of a large file
        raise Unreadable("empty")
    for magic, code in _MAGIC:
        if head.startswith(magic):
            raise Unreadable(code)


def is_utf8(data: bytes) -> bool:
    """Checked in chunks: decoding a dump whole costs up to four times its size."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_bom(head: bytes) -> str:
    even, odd = head[0::2], head[1::2]
    for encoding, zeros, letters in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if len(zeros) > 8 and zeros.count(0) > len(zeros) * 0.7 and letters.count(0) < len(letters) * 0.05:
            return encoding
    return ""


def _guess(data: bytes) -> str:
    """The likeliest legacy encoding by the lines that are not ASCII; Windows' western one where nothing is likelier."""
    from charset_normalizer import from_bytes

    odd = b"\n".join(line for line in data[: 4 * _CHUNK].splitlines() if not line.isascii())[:65_536]
    best = from_bytes(odd).best() if odd else None
    return best.encoding if best else "cp1252"


def _recode(data: bytes, encoding: str) -> bytes:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        try:
            text = data.decode("cp1252" if "16" not in encoding and "32" not in encoding else encoding)
        except UnicodeDecodeError:
            if "16" in encoding or "32" in encoding:
                raise Unreadable("encoding") from None
            text = data.decode("latin-1")
    if "\x00" in text:
        raise Unreadable("nul_bytes", line=text.count("\n", 0, text.index("\x00")) + 1)
    return text.encode("utf-8", "replace")
