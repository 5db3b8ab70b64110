"""Encrypted files: keep, read, let go. Nothing here ever writes plaintext to disk."""

from __future__ import annotations

import hashlib
import logging
import re
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core import keys
from core.encryption import EncryptingWriter, FileHandle, new_key, open_reader
from core.models import UNFINISHED, JobState, StoredFile

if TYPE_CHECKING:
    from datetime import datetime

    from core.uploads import EncryptedUpload

logger = logging.getLogger(__name__)

NAME_LENGTH: Final = 200
_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f/\\]")


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a file stays: `days=None` until no job needs it; `days=N` that long; `forever` for what we issue."""

    days: int | None = None
    forever: bool = False

    @property
    def transient(self) -> bool:
        return not self.forever and not self.days

    def delete_after(self) -> datetime | None:
        if self.forever:
            return None
        age = timedelta(days=self.days) if self.days else settings.SAMPLE_MAX_AGE
        return timezone.now() + age


UNTIL_SCANNED: Final = Retention()
FOREVER: Final = Retention(forever=True)


def safe_name(name: str) -> str:
    """A file name fit to show: its last part, no control or direction marks, at most 200 characters."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(c for c in _UNSAFE.sub("", last) if unicodedata.category(c) not in {"Cf", "Cc", "Cs", "Co"}).strip(
        ". "
    )
    return unicodedata.normalize("NFC", shown)[:NAME_LENGTH] or "unnamed"


def files_folder() -> Path:
    folder = Path(settings.CANDOR_HOME) / "files"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def new_place() -> Path:
    """A free path for one encrypted file; nothing of the user's is in it."""
    name = uuid.uuid4().hex
    folder = files_folder() / name[:2]
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder / f"{name}.enc"


def keep(upload: EncryptedUpload, retention: Retention = UNTIL_SCANNED) -> StoredFile:
    """Adopt an upload that is already ciphertext on disk. Call inside the service's transaction."""
    stored = StoredFile.objects.create(
        name=safe_name(upload.name or ""),
        path=str(upload.path.relative_to(files_folder())),
        size=upload.size or 0,
        sha256=upload.sha256,
        wrapped_key=upload.wrapped_key,
        key_id=keys.provider().key_id,
        transient=retention.transient,
        delete_after=retention.delete_after(),
    )
    transaction.on_commit(upload.adopt)
    return stored


def keep_for(stored: StoredFile, retention: Retention) -> StoredFile:
    """Keep a file that is here already as long as was asked for last."""
    stored.transient, stored.delete_after = retention.transient, retention.delete_after()
    stored.save(update_fields=["transient", "delete_after"])
    return stored


def keep_bytes(*, name: str, data: bytes, retention: Retention = FOREVER) -> StoredFile:
    """Encrypt and keep bytes we made ourselves. If the transaction rolls back, the sweep removes the orphan."""
    key, path = new_key(), new_place()
    writer = EncryptingWriter(path, key)
    writer.write(data)
    writer.close()
    return StoredFile.objects.create(
        name=safe_name(name),
        path=str(path.relative_to(files_folder())),
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        wrapped_key=keys.provider().wrap(key),
        key_id=keys.provider().key_id,
        transient=retention.transient,
        delete_after=retention.delete_after(),
    )


def handle(stored: StoredFile) -> FileHandle:
    """What a sandboxed child gets: this file's place and key, and no other. Raises FileNotFoundError once deleted."""
    path = files_folder() / stored.path
    if not stored.is_present or not path.exists():
        raise FileNotFoundError(stored.name)
    return FileHandle(path=str(path), key=keys.provider().unwrap(bytes(stored.wrapped_key)), size=stored.size)


def open_plain(stored: StoredFile) -> BinaryIO:
    """A seekable plaintext reader; the plaintext stays in memory, a chunk at a time."""
    return open_reader(handle(stored))


def read_bytes(stored: StoredFile) -> bytes:
    with open_plain(stored) as file:
        return file.read()


def delete(stored: StoredFile) -> None:
    """Remove the bytes and the key; the row stays to say that there was a file and when it went."""
    path = files_folder() / stored.path
    StoredFile.objects.filter(pk=stored.pk).update(deleted_at=timezone.now(), wrapped_key=b"")
    stored.deleted_at, stored.wrapped_key = timezone.now(), b""
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def release(stored_id: uuid.UUID) -> None:
    """Delete a transient file if no unfinished (or failed, hence retryable) job holds it."""
    with transaction.atomic():
        stored = StoredFile.objects.select_for_update().filter(pk=stored_id, transient=True, deleted_at=None).first()
        if stored and not stored.jobs.filter(state__in=(*UNFINISHED, JobState.FAILED)).exists():
            delete(stored)


def sweep() -> int:
    """Delete what is past its time and ciphertext that no row knows. Returns the number of files removed."""
    overdue = StoredFile.objects.filter(deleted_at=None, delete_after__lt=timezone.now())
    removed = 0
    for stored in overdue.exclude(jobs__state__in=UNFINISHED).exclude(result_of__parent__state__in=UNFINISHED):
        delete(stored)
        removed += 1
    return removed + _sweep_orphans()


def _sweep_orphans() -> int:
    """An upload whose request died, or whose transaction rolled back, leaves ciphertext nobody has the key to."""
    hour_ago = timezone.now().timestamp() - 3600
    removed = 0
    for path in files_folder().glob("*/*.enc"):
        old = path.stat().st_mtime < hour_ago
        if old and not StoredFile.objects.filter(path=str(path.relative_to(files_folder())), deleted_at=None).exists():
            path.unlink(missing_ok=True)
            removed += 1
    return removed
