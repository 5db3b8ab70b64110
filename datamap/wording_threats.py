"""What a person reads for the codes of the threat rules. Card titles are LINDDUN GO's; the explanations are ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from datamap.models import CategoryChoice

TYPES: Final = {
    "L": _("Linking"),
    "I": _("Identifying"),
    "Nr": _("Non-repudiation"),
    "D": _("Detecting"),
    "DD": _("Data disclosure"),
    "U": _("Unawareness and unintervenability"),
    "Nc": _("Non-compliance"),
}
CARDS: Final = {
    "L4": (_("Linkable dataset"), _("Records of one person can be put together, here or with another store.")),
    "L5": (_("Profiling users"), _("What people do is tied to who they are, so that a profile of each can grow.")),
    "I3": (_("Identifiable data flows"), _("Whoever sees this flow learns who it is about.")),
    "I5": (_("Identifiable dataset"), _("Whoever opens this store learns who each record is about.")),
    "Nr4": (
        _("Non-repudiation of storage"),
        _("The records can be held against the people who wrote or did something."),
    ),
    "D4": (_("Detectable records"), _("That somebody is in this store already says something sensitive.")),
    "DD1": (_("Excessively sensitive data collected"), _("Sensitive data is asked of people; less may do.")),
    "DD3": (_("Unnecessary data analysis"), _("Data is used for learning without a stated need.")),
    "DD4": (_("Unnecessary data retention"), _("Nothing says when the data goes.")),
    "DD5": (_("Overexposure of personal data"), _("More is shown, or to more people, than the purpose asks for.")),
    "U1": (_("Insufficient transparency"), _("People can hardly be told what their data is for.")),
    "U5": (
        _("Insufficient rectification or erasure"),
        _("What a model has learned of a person does not go with their record."),
    ),
    "Nc1": (_("Non-compliance of processing with applicable regulations"), _("Purpose or lawful basis is missing.")),
    "Nc3": (_("Improper data lifecycle management"), _("The end of the data's life is not drawn.")),
    "Nc4": (_("Insufficient security of processing"), _("Personal data moves without protection.")),
}
REASONS: Final = {
    "threat.quasi": _("%(count)s quasi-identifiers together"),
    "threat.shared_fields": _("shares %(fields)s with “%(other)s”"),
    "threat.behaviour": _("behaviour arrives together with identifiers"),
    "threat.direct": _("%(count)s fields identify directly"),
    "threat.records_acts": _("directly identified people's messages or behaviour"),
    "threat.special": _("holds %(categories)s"),
    "threat.no_retention": _("no retention is set"),
    "threat.no_deletion": _("no flow leads to deletion"),
    "threat.learned": _("trained on %(categories)s, neither pseudonymised nor anonymised"),
    "threat.many_recipients": _("%(count)s recipients"),
    "threat.crosses": _("%(categories)s cross a trust boundary, not pseudonymised"),
    "threat.many_categories": _("%(count)s categories at once"),
    "threat.no_purpose": _("no purpose is named"),
    "threat.no_basis": _("its purpose has no lawful basis"),
    "threat.unprotected": _("marked as unprotected"),
}


def reason(code: str, params: Mapping[str, Any]) -> str:
    """One clause saying why a card applies; category codes become words."""
    shown = dict(params)
    if isinstance(categories := shown.get("categories"), str):
        shown["categories"] = ", ".join(
            str(CategoryChoice(name).label) for name in categories.split(", ") if name in CategoryChoice.values
        )
    return str(REASONS[code]) % shown
