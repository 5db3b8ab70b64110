"""What the assessment floor announces to the floors above, and to whoever else listens."""

from __future__ import annotations

from django.dispatch import Signal

#: assessment, move: sent inside the transaction of every move of the workflow.
assessment_moved = Signal()
#: assessment: sent inside the transaction of a decision.
assessment_decided = Signal()
