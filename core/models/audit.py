"""The audit trail's rows. Written by core.audit alone; PostgreSQL refuses to change or delete them.

The tables are made by migration 0002 in SQL (triggers, no foreign keys), so they are unmanaged here.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class AuditEvent(models.Model):
    """What happened, as canonical text plus the columns that text is searched by."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor = models.CharField(max_length=254)
    event = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    subject = models.CharField(max_length=200)
    project_id = models.UUIDField(null=True)
    team_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    canonical = models.TextField()

    class Meta:
        managed = False
        db_table = "audit_event"
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.event} {self.subject}"


class AuditLink(models.Model):
    """One link of the chain: hash = SHA-256(prev || SHA-256(canonical text))."""

    seq = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(
        AuditEvent,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_column="event",
        related_name="link",
        null=True,  # it is not, but a deleted event must show as a broken link instead of vanishing from the join
    )
    prev = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        managed = False
        db_table = "audit_link"
        ordering: ClassVar = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {bytes(self.hash).hex()[:12]}"


class AuditAnchor(models.Model):
    """A head of the chain that left the house (in a signed report), so that a cut-off tail is noticed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seq = models.BigIntegerField()
    hash = models.BinaryField()
    where = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "audit_anchor"
        ordering: ClassVar = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.where}"
