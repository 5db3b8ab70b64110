"""What other vocabularies call our categories of personal data, and which articles of the GDPR single them out.

Fideslang keys: ethyca/fideslang 3.2 (CC BY 4.0). DPV: W3C Data Privacy Vocabularies 2.0, module pd.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.types import CRIMINAL, SPECIAL, Category

_DPV: Final = "https://w3id.org/dpv"


@dataclass(frozen=True, slots=True)
class Label:
    """`code` names the wording (core.labels or the templates translate it)."""

    code: str
    fideslang: str
    dpv: str


def _label(category: Category, fideslang: str, term: str) -> tuple[Category, Label]:
    return category, Label(f"category.{category.value}", fideslang, f"{_DPV}{term}")


LABELS: Final[dict[Category, Label]] = dict(
    (
        _label(Category.IDENTITY, "user.name", "/pd#Identifying"),
        _label(Category.CONTACT, "user.contact", "/pd#Contact"),
        _label(Category.GOVERNMENT_ID, "user.government_id", "/pd#OfficialID"),
        _label(Category.FINANCIAL, "user.financial", "/pd#Financial"),
        _label(Category.HEALTH, "user.health", "/pd#MedicalHealth"),
        _label(Category.GENETIC, "user.health.genetic", "/pd#Genetic"),
        _label(Category.BIOMETRIC, "user.biometrics", "/pd#Biometric"),
        _label(Category.LOCATION, "user.location", "/pd#Location"),
        _label(Category.ONLINE_ID, "user.device", "/pd#DeviceBased"),
        _label(Category.BEHAVIOUR, "user.behavior", "/pd#Behavioral"),
        _label(Category.COMMUNICATION, "user.content", "/pd#Communication"),
        _label(Category.EMPLOYMENT, "user.professional_information", "/pd#Professional"),
        _label(Category.EDUCATION, "user.demographic.profile", "/pd#Education"),
        _label(Category.FAMILY, "user.demographic.marital_status", "/pd#Family"),
        _label(Category.CHILDREN, "user.children", "#Child"),
        _label(Category.ETHNICITY, "user.demographic.race_ethnicity", "/pd#EthnicOrigin"),
        _label(Category.RELIGION, "user.demographic.religious_belief", "/pd#Religion"),
        _label(Category.POLITICS, "user.demographic.political_opinion", "/pd#PoliticalOpinion"),
        _label(Category.UNION, "user.demographic.union_membership", "/pd#TradeUnionMembership"),
        _label(Category.SEX_LIFE, "user.demographic.sexual_orientation", "/pd#Sexual"),
        _label(Category.CRIMINAL, "user.criminal_history", "/pd#Criminal"),
        _label(Category.NONE, "system.operations", "#NonPersonalData"),
    )
)


def is_special(category: Category) -> bool:
    """Art. 9 or Art. 10 GDPR: needs a condition of its own beside the lawful basis."""
    return category in SPECIAL or category in CRIMINAL


def flags(category: Category) -> frozenset[str]:
    """`art9`, `art10` or nothing."""
    return frozenset(name for name, members in (("art9", SPECIAL), ("art10", CRIMINAL)) if category in members)


#: Keys of fideslang, older ones too, that lie below none of the labels' or beside them.
_FIDESLANG: Final = {
    "user.biometric": Category.BIOMETRIC,
    "user.biometric_health": Category.BIOMETRIC,
    "user.childrens": Category.CHILDREN,
    "user.credentials": Category.ONLINE_ID,
    "user.account": Category.ONLINE_ID,
    "user.authorization": Category.ONLINE_ID,
    "user.demographic": Category.IDENTITY,
    "user.genetic": Category.GENETIC,
    "user.health_and_medical": Category.HEALTH,
    "user.job_title": Category.EMPLOYMENT,
    "user.payment": Category.FINANCIAL,
    "user.political_opinion": Category.POLITICS,
    "user.race": Category.ETHNICITY,
    "user.religious_belief": Category.RELIGION,
    "user.sexual_orientation": Category.SEX_LIFE,
    "user.social": Category.COMMUNICATION,
    "user.unique_id": Category.ONLINE_ID,
    "user.user_sensor": Category.BEHAVIOUR,
    "user.workplace": Category.EMPLOYMENT,
    "user": Category.BEHAVIOUR,
    **{label.fideslang: category for category, label in LABELS.items() if category != Category.NONE},
    "user.demographic.profile": Category.IDENTITY,  # the label of education, for want of a closer one
    "system": Category.NONE,
}


def of_fideslang(key: str) -> Category | None:
    """Our category for one of Fides', by the longest beginning that is known; None for other words."""
    parts = key.strip().split(".")
    beginnings = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((_FIDESLANG[one] for one in beginnings if one in _FIDESLANG), None)
