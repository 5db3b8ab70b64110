"""Zip archives: every member a table of its own, and members with the same columns one table."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from core.types import Reason
from datamap.scanner.formats.packed import DAMAGE, KINDS, allowance, content, in_memory
from datamap.scanner.formats.stream import Batch, Stream, unique_names
from datamap.scanner.formats.tables import grouped
from datamap.scanner.source import Source
from datamap.scanner.types import Unreadable

MAX_MEMBERS: Final = 500
#: Bytes of a local file header without its name.
LOCAL_HEADER: Final = 30
ENCRYPTED: Final = 0x1
#: What operating systems leave in archives.
LITTER: Final = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")

#: From a file's bytes to its tables: `datamap.scanner.read.streams`.
Reader: TypeAlias = "Callable[[Source], list[Stream]]"


def is_office(names: set[str]) -> str:
    """What a zip is that is no archive to a person: "workbook", another "document", or ""."""
    if {"xl/workbook.xml", "xl/workbook.bin"} & names or "content.xml" in names:
        return "workbook"
    return "document" if "[Content_Types].xml" in names or "META-INF/MANIFEST.MF" in names else ""


def opened(source: Source) -> zipfile.ZipFile:
    """The archive's list of members. Raises Unreadable: broken_archive, too_many_members, too_large."""
    source.file.seek(0)
    try:
        archive = zipfile.ZipFile(source.file)
    except (*DAMAGE, NotImplementedError):
        raise Unreadable("broken_archive") from None
    members = archive.infolist()
    if len(members) > 20 * MAX_MEMBERS:
        raise Unreadable("too_many_members", most=MAX_MEMBERS)
    _refuse_overlaps(members)
    if sum(member.file_size for member in members) > allowance(source.size):
        raise Unreadable("too_large")
    return archive


def _refuse_overlaps(members: list[zipfile.ZipInfo]) -> None:
    """Members that share their packed bytes: one megabyte claims to be a thousand."""
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            raise Unreadable("overlapping_members")
        end = member.header_offset + LOCAL_HEADER + member.compress_size


def read(source: Source, reader: Reader) -> list[Stream]:
    """The tables of an archive. A member that is no table, or damaged, is left out and said so.

    Raises Unreadable: broken_archive, too_many_members, too_large, overlapping_members, encrypted, no_tables.
    """
    archive = opened(source)
    members = [member for member in archive.infolist() if not member.is_dir() and not _is_litter(member.filename)]
    if len(members) > MAX_MEMBERS:
        raise Unreadable("too_many_members", most=MAX_MEMBERS)
    streams: list[Stream] = []
    left_out: list[Reason] = []
    labels = unique_names([member.filename for member in members])
    for member, label in zip(members, labels, strict=True):
        try:
            streams += _Member(archive, member, reader).streams(label)
        except Unreadable as error:
            if error.code in {"too_large", "overlapping_members"}:
                raise
            left_out.append(Reason(error.code, {**error.params, "part": label}))
    if not streams:
        raise Unreadable(left_out[0].code if len(left_out) == 1 else "no_tables")
    tables = grouped(streams)
    tables[0].left_out = tuple(left_out)
    return tables


def _is_litter(name: str) -> bool:
    return name.startswith(LITTER[0]) or name.rsplit("/", 1)[-1] in LITTER[1:]


class _Member:
    """One member; opened to see what it is, and again when its rows are read."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, reader: Reader) -> None:
        self._archive = archive
        self._info = info
        self._reader = reader

    def streams(self, label: str) -> list[Stream]:
        streams = self._open()
        for position, stream in enumerate(streams):
            stream.table, stream.division = f"{label}/{stream.table}", None
            stream.batches = self._batches(stream, position)
        return streams

    def _open(self) -> list[Stream]:
        source = self._source()
        if source.magic == "zip":
            if not is_office(set(opened(in_memory(source)).namelist())):
                raise Unreadable("nested_archive")
        elif source.magic in KINDS:
            raise Unreadable("nested_archive")
        return self._reader(in_memory(source) if source.magic else source)

    def _source(self) -> Source:
        if self._info.flag_bits & ENCRYPTED:
            raise Unreadable("encrypted")
        try:
            file = self._archive.open(self._info)
        except (*DAMAGE, NotImplementedError):
            raise Unreadable("broken_archive") from None
        return content(file, self._info.filename, self._info.file_size, self._info.file_size)

    def _batches(self, stream: Stream, position: int) -> Iterator[Batch]:
        opened = self._open()[position]
        for batch in opened.batches:
            stream.skipped = opened.skipped
            yield batch
        stream.skipped = opened.skipped
