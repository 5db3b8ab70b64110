"""What the ground floor announces to the floors above."""

from __future__ import annotations

from django.dispatch import Signal

#: kwargs: project, fields (names that changed). Sent inside the change's transaction.
project_changed = Signal()

#: kwargs: user. What a person may do has changed: roles given or taken, the account shut.
rights_changed = Signal()

#: kwargs: project. Sent before a project's rows go, so that each floor deletes the files it keeps for it.
project_erasing = Signal()
