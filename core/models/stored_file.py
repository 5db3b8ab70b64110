"""Encrypted files: what is on disk is ciphertext, always."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def present(self) -> StoredFileQuerySet:
        return self.filter(deleted_at__isnull=True)


class StoredFile(models.Model):
    """One encrypted file. `sha256` and `size` are of the plaintext; the data key is wrapped by the master key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=255)
    path = models.CharField(max_length=255, unique=True)  # below CANDOR_HOME/files
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    wrapped_key = models.BinaryField()
    key_id = models.CharField(max_length=64)
    transient = models.BooleanField(_("deleted once no job needs it"), default=True)
    delete_after = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = StoredFileQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_present(self) -> bool:
        return self.deleted_at is None
