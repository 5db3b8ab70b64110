"""What the data map records in the audit trail."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Event(StrEnum):
    DATASET_ADDED = "dataset.added"
    DATASET_RESCANNED = "dataset.rescanned"
    DATASET_SCANNED = "dataset.scanned"
    DATASET_DELETED = "dataset.deleted"
    FINDING_DECIDED = "finding.decided"
    FINDINGS_DECIDED = "finding.decided_many"
    FINDINGS_ACCEPTED = "finding.accepted_above"
    FINDINGS_EXPORTED = "finding.exported"
    SCHEMA_ADDED = "schema.added"
    SCHEMA_PARSED = "schema.parsed"
    SCHEMA_DELETED = "schema.deleted"
    FIELD_DECIDED = "field.decided"
    FIELDS_DECIDED = "field.decided_many"
    RENAME_DECIDED = "field.rename_decided"
    MAP_DRAFTED = "map.drafted"
    BOUNDARY_SAVED = "boundary.saved"
    BOUNDARY_DELETED = "boundary.deleted"
    ELEMENT_SAVED = "element.saved"
    ELEMENT_DELETED = "element.deleted"
    FLOW_SAVED = "flow.saved"
    FLOW_DELETED = "flow.deleted"
    INVENTORY_EXPORTED = "inventory.exported"
    RECOGNISER_ADDED = "recogniser.added"
    RECOGNISER_CHANGED = "recogniser.changed"
    RECOGNISER_DELETED = "recogniser.deleted"
    RECOGNISERS_IMPORTED = "recogniser.imported"
    WORDS_ADDED = "words.added"
    WORD_DELETED = "words.deleted"
    COLUMN_FORGOTTEN = "column.forgotten"


LABELS: Final[dict[str, StrOrPromise]] = {
    Event.DATASET_ADDED: _("Sample uploaded"),
    Event.DATASET_RESCANNED: _("Sample scanned again"),
    Event.DATASET_SCANNED: _("Sample scanned"),
    Event.DATASET_DELETED: _("Sample and findings deleted"),
    Event.FINDING_DECIDED: _("Finding decided"),
    Event.FINDINGS_DECIDED: _("Several findings decided"),
    Event.FINDINGS_ACCEPTED: _("Findings accepted above a confidence"),
    Event.FINDINGS_EXPORTED: _("Findings exported"),
    Event.SCHEMA_ADDED: _("Schema uploaded"),
    Event.SCHEMA_PARSED: _("Schema read"),
    Event.SCHEMA_DELETED: _("Schema deleted"),
    Event.FIELD_DECIDED: _("Category of a field decided"),
    Event.FIELDS_DECIDED: _("Categories of several fields decided"),
    Event.RENAME_DECIDED: _("Renaming of a field decided"),
    Event.MAP_DRAFTED: _("Data map drafted"),
    Event.BOUNDARY_SAVED: _("Trust boundary saved"),
    Event.BOUNDARY_DELETED: _("Trust boundary deleted"),
    Event.ELEMENT_SAVED: _("Element of the data map saved"),
    Event.ELEMENT_DELETED: _("Element of the data map deleted"),
    Event.FLOW_SAVED: _("Data flow saved"),
    Event.FLOW_DELETED: _("Data flow deleted"),
    Event.INVENTORY_EXPORTED: _("Inventory exported"),
    Event.RECOGNISER_ADDED: _("Recogniser added"),
    Event.RECOGNISER_CHANGED: _("Recogniser changed"),
    Event.RECOGNISER_DELETED: _("Recogniser deleted"),
    Event.RECOGNISERS_IMPORTED: _("Recognisers imported"),
    Event.WORDS_ADDED: _("Words added to a team's list"),
    Event.WORD_DELETED: _("Word deleted from a team's list"),
    Event.COLUMN_FORGOTTEN: _("Decision about a column forgotten as a suggestion"),
}
