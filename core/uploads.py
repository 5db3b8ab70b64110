"""Uploads are ciphertext before they touch the disk.

Django would spool anything over 2.5 MB in plaintext before the view runs, even for a request CSRF rejects.
This handler encrypts instead, and takes files only for views marked with `accepts_upload`, only from somebody
signed in (unless the mark says otherwise), and only up to the mark's limit, all checked at the first chunk.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.core.handlers.wsgi import LimitedStream
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core import keys, storage
from core.encryption import EncryptingWriter, FileHandle, new_key, open_reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.http import HttpRequest

Marked = TypeVar("Marked")


class UploadTooBig(RequestDataTooBig):
    """The file is larger than the view takes; answered 413."""


class UploadCutOff(SuspiciousOperation):
    """The connection ended before the file did; answered 400, if anybody still listens."""


@dataclass(frozen=True, slots=True)
class UploadRule:
    limit: int | Callable[[], int]  # bytes
    login: bool = True

    def max_bytes(self) -> int:
        return self.limit() if callable(self.limit) else self.limit


def accepts_upload(*, limit: int | Callable[[], int], login: bool = True) -> Callable[[Marked], Marked]:
    """Mark a view function or APIView class as taking one file of at most `limit` bytes."""

    def mark(view: Marked) -> Marked:
        view.upload_rule = UploadRule(limit=limit, login=login)  # type: ignore[attr-defined]
        return view

    return mark


class EncryptedUpload(UploadedFile):  # type: ignore[type-arg]  # generic for the type checker alone
    """A file that arrived: ciphertext at `path`, its SHA-256 and size of the plaintext. Deleted unless adopted."""

    def __init__(self, *, name: str, size: int, sha256: str, path: Path, key: bytes, field: str | None = None) -> None:
        super().__init__(file=None, name=storage.safe_name(name), content_type="application/octet-stream", size=size)
        self.sha256 = sha256
        self.path = path
        self.field = field
        self._key = key
        self._adopted = False

    @property
    def wrapped_key(self) -> bytes:
        return keys.provider().wrap(self._key)

    def adopt(self) -> None:
        self._adopted = True

    def open_plain(self) -> BinaryIO:
        return open_reader(self.handle())

    def handle(self) -> FileHandle:
        return FileHandle(path=str(self.path), key=self._key, size=self.size or 0)

    def close(self) -> None:
        """Called by Django at the end of the request: what no service adopted goes."""
        if not self._adopted:
            self.path.unlink(missing_ok=True)


def encrypted(name: str, data: bytes) -> EncryptedUpload:
    """An upload made of bytes this process already has, as if it had come through a form."""
    key, path = new_key(), storage.new_place()
    writer = EncryptingWriter(path, key)
    writer.write(data)
    writer.close()
    return EncryptedUpload(name=name, size=len(data), sha256=hashlib.sha256(data).hexdigest(), path=path, key=key)


class EncryptingUploadHandler(FileUploadHandler):
    """Django's upload handler for every file of the product, shared with DRF."""

    chunk_size = 256 * 1024

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._writer: EncryptingWriter | None = None
        self._arrived: list[EncryptedUpload] = []
        self.file = self  # Django closes this, and nothing else of a handler, when the request can't be read

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        rule = _rule_of(self.request)
        self._limit = rule.max_bytes()
        announced = int(self.request.META.get("CONTENT_LENGTH") or 0) if self.request else 0
        if announced > self._limit + 1_000_000:  # what the form around the file may add
            raise self._too_big()
        self._key, self._path = new_key(), storage.new_place()
        self._digest, self._size = hashlib.sha256(), 0
        self._writer = EncryptingWriter(self._path, self._key)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._writer is None:
            raise RuntimeError("a chunk before its file")
        self._size += len(raw_data)
        if self._size > self._limit:
            self.upload_interrupted()
            raise self._too_big()
        self._digest.update(raw_data)
        self._writer.write(raw_data)

    def _too_big(self) -> UploadTooBig:
        known = {"name": storage.safe_name(self.file_name or ""), "limit": filesizeformat(self._limit)}
        return UploadTooBig(_("“%(name)s” is larger than the %(limit)s this page takes.") % known)

    def file_complete(self, file_size: int) -> EncryptedUpload:
        if self._writer is None:
            raise RuntimeError("a file ended that never began")
        self._writer.close()
        self._writer = None
        upload = EncryptedUpload(
            name=self.file_name or "",
            size=self._size,
            sha256=self._digest.hexdigest(),
            path=self._path,
            key=self._key,
            field=self.field_name,
        )
        self._arrived.append(upload)
        return upload

    def upload_complete(self) -> None:
        """All was read. Django takes a body that broke off for one that ended: half a sample is no sample."""
        stream = getattr(self.request, "_stream", None)
        if isinstance(stream, LimitedStream) and getattr(stream, "_pos", stream.limit) < stream.limit:
            raise UploadCutOff("the connection ended before the file did")

    def close(self) -> None:
        """The request can't be read to its end: leave nothing of it, also no file that had arrived whole."""
        self.upload_interrupted()
        for upload in self._arrived:
            upload.close()

    def upload_interrupted(self) -> None:
        """The browser went away, or the file was refused half-way: leave nothing."""
        if self._writer is not None:
            self._writer.abandon()
            self._writer = None
            self._path.unlink(missing_ok=True)


def _rule_of(request: HttpRequest | None) -> UploadRule:
    match = getattr(request, "resolver_match", None)
    view = getattr(match, "func", None)
    rule = getattr(view, "upload_rule", None) or getattr(getattr(view, "cls", None), "upload_rule", None)
    if rule is None:
        raise PermissionDenied(_("This page takes no files."))
    if rule.login and not getattr(getattr(request, "user", None), "is_authenticated", False):
        raise PermissionDenied(_("Sign in before you upload a file."))
    return rule  # type: ignore[no-any-return]
