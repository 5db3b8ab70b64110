"""What the lab announces to the floors above."""

from __future__ import annotations

from django.dispatch import Signal

#: kwargs: measurement, project. Sent inside the result's transaction.
measured = Signal()
