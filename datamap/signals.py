"""What the data map announces to the floors above."""

from __future__ import annotations

from django.dispatch import Signal

#: kwargs: schema_version, project, new_personal (fields). Sent inside the upload's result transaction.
schema_changed = Signal()
#: kwargs: dataset, project, stored_file, job. Sent inside the scan's result transaction: submit jobs on the file.
sample_scanned = Signal()
#: kwargs: project.
flow_changed = Signal()
