"""Facts and sections in words. Engines give codes and values; a person reads these sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from django.db.models import Choices
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.choices import PeopleCategory
from core.models import AiKind, OurRole, Phase, Regime, Sector, Training
from pia.frameworks.vocabulary import FACTS, Kind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from core.types import Fact, FactValue

#: Titles of the chapters and sub-sections of the EDPB template, by number.
SECTIONS: Final[dict[str, StrOrPromise]] = {
    "0": _("Overview and team"),
    "0.1": _("Project and assessment"),
    "0.2": _("People and responsibilities"),
    "0.3": _("Governance and policies"),
    "1": _("Systematic description"),
    "1.1": _("Personal data and people"),
    "1.2": _("Purposes"),
    "1.3": _("Nature and life cycle"),
    "1.4": _("Scope and context"),
    "1.5": _("Assets, flows and recipients"),
    "2": _("Necessity and compliance"),
    "2.1": _("Lawfulness"),
    "2.2": _("Purpose limitation"),
    "2.3": _("Data minimisation"),
    "2.4": _("Accuracy"),
    "2.5": _("Storage limitation"),
    "2.6": _("Fairness and transparency"),
    "2.7": _("Rights of the people concerned"),
    "2.8": _("Automated decisions"),
    "2.9": _("Processors and joint controllers"),
    "2.10": _("International transfers"),
    "2.11": _("Security"),
    "2.12": _("Accountability"),
    "3": _("Inherent risks"),
    "3.1": _("From deliberate design"),
    "3.2": _("Accidental or unlawful events"),
    "4": _("Action plan and residual risk"),
    "4.1": _("Design and default measures"),
    "4.2": _("Action plan and monitoring"),
    "4.3": _("Residual risk"),
    "5": _("Advice and views"),
    "5.1": _("Advice of the data protection officer"),
    "5.2": _("Views of the people concerned"),
    "6": _("Decision"),
    "6.1": _("Decision"),
    "6.2": _("Prior consultation"),
    "6.3": _("Review"),
}

Sentence = tuple["StrOrPromise", "StrOrPromise"]
#: Yes and no, each as a whole sentence.
FLAGS: Final[dict[str, Sentence]] = {
    "people.vulnerable": (
        _("Vulnerable people are a main group."),
        _("Vulnerable people are not a main group."),
    ),
    "people.children": (
        _("Children are among the people concerned."),
        _("No children are among the people concerned."),
    ),
    "people.employees": (
        _("Workers are among the people concerned."),
        _("No workers are among the people concerned."),
    ),
    "decision.significant": (
        _("The output has a legal or similarly significant effect on people."),
        _("The output has no legal or similarly significant effect on people."),
    ),
    "decision.automated": (
        _("The output takes effect without a person in between."),
        _("A person stands between the output and its effect."),
    ),
    "decision.oversight": (_("A person can overrule the output."), _("No person can overrule the output.")),
    "basis.consent": (_("Consent is named as a legal basis."), _("No purpose rests on consent.")),
    "basis.legitimate_interest": (
        _("Legitimate interest is named as a legal basis."),
        _("No purpose rests on legitimate interest."),
    ),
    "training.existing_data": (
        _("The model is trained on data that was collected for something else."),
        _("The training data was collected for this purpose."),
    ),
    "compatibility.assessed": (
        _("The compatibility of the new purpose has been assessed."),
        _("The compatibility of the new purpose has not been assessed."),
    ),
    "transfers": (_("Data goes to a third country."), _("No recipient is in a third country.")),
    "source.direct": (
        _("The data comes from the people themselves."),
        _("The data does not come from the people themselves."),
    ),
    "source.scraped": (_("Data was gathered from public sources."), _("No data was gathered from public sources.")),
    "interface.public": (_("The public can reach the model."), _("The public can't reach the model.")),
    "data.special": (
        _("Special categories of personal data were found."),
        _("No special category of personal data was found."),
    ),
    "data.criminal": (
        _("Data on convictions or offences was found."),
        _("No data on convictions or offences was found."),
    ),
    "data.financial": (_("Financial data was found."), _("No financial data was found.")),
    "data.location": (_("Precise locations were found."), _("No precise location was found.")),
}
COUNTS: Final[dict[str, StrOrPromise]] = {
    "people.count": ngettext_lazy("About %(value)s person is concerned.", "About %(value)s people are concerned.", "n"),
    "purposes.count": ngettext_lazy("%(value)s purpose is registered.", "%(value)s purposes are registered.", "n"),
    "purposes.without_basis": ngettext_lazy(
        "%(value)s purpose has no legal basis.", "%(value)s purposes have no legal basis.", "n"
    ),
    "basis.balancing_missing": ngettext_lazy(
        "%(value)s purpose on legitimate interest lacks its balancing.",
        "%(value)s purposes on legitimate interest lack their balancing.",
        "n",
    ),
    "basis.consent_record_missing": ngettext_lazy(
        "%(value)s purpose on consent lacks a record of it.", "%(value)s purposes on consent lack a record of it.", "n"
    ),
    "recipients.count": ngettext_lazy(
        "%(value)s recipient is registered.", "%(value)s recipients are registered.", "n"
    ),
    "recipients.processors": ngettext_lazy(
        "%(value)s of them is a processor.", "%(value)s of them are processors.", "n"
    ),
    "recipients.joint": ngettext_lazy(
        "%(value)s of them is a joint controller.", "%(value)s are joint controllers.", "n"
    ),
    "transfers.without_tool": ngettext_lazy(
        "%(value)s transfer has no instrument.", "%(value)s transfers have no instrument.", "n"
    ),
    "transfers.without_assessment": ngettext_lazy(
        "%(value)s transfer has not been assessed.", "%(value)s transfers have not been assessed.", "n"
    ),
    "copies.count": ngettext_lazy(
        "%(value)s copy of the data is registered.", "%(value)s copies of the data are registered.", "n"
    ),
    "copies.without_retention": ngettext_lazy(
        "%(value)s copy has no retention period.", "%(value)s copies have no retention period.", "n"
    ),
    "copies.excess": ngettext_lazy(
        "%(value)s copy is kept longer than needed.", "%(value)s copies are kept longer than needed.", "n"
    ),
    "copies.without_erasure": ngettext_lazy(
        "For %(value)s copy nobody has said how it is erased.",
        "For %(value)s copies nobody has said how they are erased.",
        "n",
    ),
    "data.fields": ngettext_lazy("The map holds %(value)s field.", "The map holds %(value)s fields.", "n"),
    "data.identifying": ngettext_lazy(
        "%(value)s field points at a person.", "%(value)s fields point at a person.", "n"
    ),
    "data.direct": ngettext_lazy(
        "%(value)s field identifies a person directly.", "%(value)s fields identify a person directly.", "n"
    ),
    "data.quasi": ngettext_lazy(
        "%(value)s field identifies together with others.", "%(value)s fields identify together with others.", "n"
    ),
    "flows.count": ngettext_lazy("The map has %(value)s flow.", "The map has %(value)s flows.", "n"),
    "flows.unprotected": ngettext_lazy(
        "%(value)s flow has no protection on record.", "%(value)s flows have no protection on record.", "n"
    ),
    "flows.external": ngettext_lazy(
        "%(value)s flow leaves the organisation.", "%(value)s flows leave the organisation.", "n"
    ),
    "stores.count": ngettext_lazy("The map has %(value)s store.", "The map has %(value)s stores.", "n"),
    "scan.datasets": ngettext_lazy("%(value)s sample was scanned.", "%(value)s samples were scanned.", "n"),
    "scan.rows": ngettext_lazy("%(value)s row was scanned.", "%(value)s rows were scanned.", "n"),
    "text.columns": ngettext_lazy("%(value)s column holds free text.", "%(value)s columns hold free text.", "n"),
    "lab.k": ngettext_lazy(
        "The smallest group of people who look alike has %(value)s member.",
        "The smallest group of people who look alike has %(value)s members.",
        "n",
    ),
}
SHARES: Final[dict[str, StrOrPromise]] = {
    "text.share_identified": _("%(value)s of the free texts hold an identifier of a person."),
    "lab.uniqueness": _("%(value)s of the people are alone in their group."),
    "lab.average_prosecutor_risk": _("On average a record is matched to its person with a chance of %(value)s."),
}
TEXTS: Final[dict[str, StrOrPromise]] = {
    "project.phase": _("Phase: %(value)s."),
    "project.ai_kind": _("Kind of system: %(value)s."),
    "project.training": _("Training: %(value)s."),
    "project.our_role": _("Our role: %(value)s."),
    "project.regime": _("Legal regime: %(value)s."),
    "project.sector": _("Sector: %(value)s."),
    "special.condition": _("Condition of Article 9(2) on record: %(value)s."),
    "model.personal_data": _("The model itself is personal data: %(value)s."),
}
LISTS: Final[dict[str, StrOrPromise]] = {
    "project.jurisdictions": _("Jurisdictions: %(value)s."),
    "people.categories": _("People concerned: %(value)s."),
    "recipients.third_countries": _("Third countries: %(value)s."),
    "data.categories": _("Kinds of data: %(value)s."),
    "data.special_categories": _("Special categories: %(value)s."),
    "text.entities": _("Found in free text: %(value)s."),
    "lab.quasi_identifiers": _("Measured on the columns %(value)s."),
}
CHOICES: Final[dict[str, type[Choices]]] = {
    "project.phase": Phase,
    "project.ai_kind": AiKind,
    "project.training": Training,
    "project.our_role": OurRole,
    "project.regime": Regime,
    "project.sector": Sector,
    "people.categories": PeopleCategory,
}
#: Values that stand in lists and texts, in words.
WORDS: Final[dict[str, StrOrPromise]] = {
    "": _("none"),
    "yes": _("yes"),
    "no": _("no"),
    "unknown": _("not known yet"),
    "identity": _("identity"),
    "contact": _("contact"),
    "government_id": _("government numbers"),
    "financial": _("financial"),
    "health": _("health"),
    "genetic": _("genetic"),
    "biometric": _("biometric"),
    "location": _("location"),
    "online_identifier": _("online identifiers"),
    "behaviour": _("behaviour"),
    "communication": _("communication"),
    "employment": _("employment"),
    "education": _("education"),
    "family": _("family"),
    "children": _("children"),
    "race_or_ethnicity": _("race or ethnicity"),
    "religion": _("religion"),
    "politics": _("politics"),
    "union": _("trade union"),
    "sex_life": _("sex life"),
    "criminal": _("convictions and offences"),
    "PERSON": _("names"),
    "EMAIL_ADDRESS": _("e-mail addresses"),
    "PHONE_NUMBER": _("phone numbers"),
    "LOCATION": _("places"),
    "DATE_TIME": _("dates and times"),
    "IP_ADDRESS": _("IP addresses"),
    "CREDIT_CARD": _("card numbers"),
    "IBAN_CODE": _("bank accounts"),
    "URL": _("web addresses"),
    "NRP": _("nationality, religion or politics"),
    "ORGANIZATION": _("organisations"),
    "US_SSN": _("social security numbers"),
    "POSTCODE": _("postcodes"),
    "PERSON_ID": _("numbers of persons"),
    "NATIONAL_ID": _("national identity numbers"),
}


def section_title(section: str) -> str:
    return str(SECTIONS[section])


def fact_text(fact: Fact) -> str:
    """A fact as a sentence in the reader's language."""
    return sentence(fact.key, fact.value)


def sentence(key: str, value: FactValue) -> str:
    """The sentence for a value of a fact. Raises KeyError for a fact outside the vocabulary."""
    return _WORDERS[FACTS[key]](key, value)


def _flag(key: str, value: FactValue) -> str:
    return str(FLAGS[key][0 if value else 1])


def _count(key: str, value: FactValue) -> str:
    number = int(value) if isinstance(value, (int, float)) else 0
    return str(COUNTS[key] % {"n": number, "value": number_format(number, force_grouping=True)})


def _share(key: str, value: FactValue) -> str:
    return str(SHARES[key] % {"value": percent(float(value) if isinstance(value, (int, float)) else 0.0)})


def _text(key: str, value: FactValue) -> str:
    return str(TEXTS[key] % {"value": _word(str(value), CHOICES.get(key))})


def _list(key: str, value: FactValue) -> str:
    entries = value if isinstance(value, tuple) else ()
    return str(LISTS[key] % {"value": ", ".join(_word(entry, CHOICES.get(key)) for entry in entries) or _("none")})


def _word(value: str, choices: type[Choices] | None) -> str:
    labels: Mapping[str, StrOrPromise] = dict(choices.choices) if choices else WORDS
    return str(labels.get(value, value))


def percent(share: float) -> str:
    """0.384 -> "38 %"; small shares keep one decimal, so that 0.4 % is not none."""
    places = 0 if share >= 0.1 or share == 0 else 1
    return f"{number_format(round(share * 100, places), decimal_pos=places)}\u00a0%"


_WORDERS: Final[dict[Kind, Callable[[str, FactValue], str]]] = {
    Kind.FLAG: _flag,
    Kind.COUNT: _count,
    Kind.SHARE: _share,
    Kind.TEXT: _text,
    Kind.LIST: _list,
}
