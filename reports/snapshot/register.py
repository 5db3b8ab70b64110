"""The register's entry of a project, in words: labels and choices as people see them in the form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import Field, Model
from django.utils.translation import gettext as _

from core.choices import PeopleCategory, SpecialCondition, VulnerableGroup
from core.models import DataCopy, Project, Purpose, Recipient
from reports.templatetags.report_words import thousands

_SYSTEM: Final = (
    "phase", "ai_kind", "model_family", "base_model", "training", "public_interface", "decisions", "decision_effect",
    "significant_decision", "oversight",
)  # fmt: skip
_ROLES: Final = ("our_role", "ai_act_role", "regime", "jurisdictions", "sector")
_PEOPLE: Final = ("people_categories", "people_count", "vulnerable_groups", "vulnerable")
_SOURCE: Final = (
    "data_source", "collected_directly", "scraped", "existing_data", "compatibility", "special_condition",
    "model_personal_data", "model_personal_data_reason", "repository_url", "model_card_url",
)  # fmt: skip
#: Choices that a form offers for fields the model keeps as plain text or lists.
_CHOICES: Final = {
    "people_categories": PeopleCategory,
    "vulnerable_groups": VulnerableGroup,
    "special_condition": SpecialCondition,
}


def project(entry: Mapping[str, Any]) -> dict[str, Any]:
    """`entry` is the project of a version's data."""
    groups = (
        (_("System"), _SYSTEM),
        (_("Roles and law"), _ROLES),
        (_("People"), _PEOPLE),
        (_("Source of the data"), _SOURCE),
    )
    shown = [{"title": title, "rows": _rows(entry, names)} for title, names in groups]
    return {
        "number": entry["number"],
        "name": entry["name"],
        "team": entry["team"],
        "controller": entry["controller"] or entry["team"],
        "owner": entry["owner"],
        "purpose": entry["purpose"],
        "groups": [group for group in shown if group["rows"]],
        "purposes": [_purpose(row) for row in entry["purposes"]],
        "recipients": [_recipient(row) for row in entry["recipients"]],
        "copies": [_copy(row) for row in entry["copies"]],
    }


def _rows(entry: Mapping[str, Any], names: Iterable[str]) -> list[dict[str, str]]:
    found = ((str(_field(Project, name).verbose_name), word(Project, name, entry.get(name))) for name in names)
    return [{"label": label[:1].upper() + label[1:], "value": value} for label, value in found if value]


def word(model: type[Model], name: str, value: Any) -> str:
    """A value as the form shows it; "" for one that was left open."""
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return ", ".join(word(model, name, item) for item in value)
    if isinstance(value, int):
        return thousands(value)
    choices: Any = _CHOICES[name].choices if name in _CHOICES else _field(model, name).choices or ()
    return str(dict(choices).get(value, value))


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    found = model._meta.get_field(name)
    if not isinstance(found, Field):
        raise TypeError(f"{name} is no column")
    return found


def _purpose(row: Mapping[str, Any]) -> dict[str, str]:
    detail = "\n".join(part for part in (row["balancing"], row["consent_record"]) if part)
    return {"name": row["name"], "basis": word(Purpose, "basis", row["basis"]) or _("Not named yet"), "detail": detail}


def _recipient(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "role": word(Recipient, "kind", row["kind"]),
        "country": row["country"],
        "tool": word(Recipient, "transfer_tool", row["transfer_tool"]) or _("None named"),
        "assessed": bool(row["transfer_assessed"]),
    }


def _copy(row: Mapping[str, Any]) -> dict[str, str]:
    kept = _("not said") if row["retention_days"] is None else _("%(days)s days") % {"days": row["retention_days"]}
    return {
        "kind": word(DataCopy, "kind", row["kind"]),
        "where": row["where"],
        "kept": kept,
        "why": row["retention_reason"],
        "erasure": word(DataCopy, "erasure", row["erasure"]) or _("Not said yet"),
    }
