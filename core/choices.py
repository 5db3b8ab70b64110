"""Choices of the register that are kept as lists of keys: what a form offers and facts read."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PeopleCategory(TextChoices):
    """Who the data is about."""

    CUSTOMERS = "customers", _("Customers")
    USERS = "users", _("Users of a service")
    EMPLOYEES = "employees", _("Employees")
    APPLICANTS = "applicants", _("Job applicants")
    PATIENTS = "patients", _("Patients")
    STUDENTS = "students", _("Pupils and students")
    CHILDREN = "children", _("Children")
    CITIZENS = "citizens", _("Citizens")
    PUBLIC = "public", _("People in public places or on public pages")
    SUPPLIERS = "suppliers", _("Business contacts")
    OTHER = "other", _("Others")


class VulnerableGroup(TextChoices):
    """People who can hardly object, or whom an error hits harder."""

    CHILDREN = "children", _("Children")
    EMPLOYEES = "employees", _("Employees, against their employer")
    PATIENTS = "patients", _("Patients")
    ELDERLY = "elderly", _("Elderly people")
    DISABLED = "disabled", _("People with disabilities")
    MENTALLY_ILL = "mentally_ill", _("People with a mental illness")
    ASYLUM_SEEKERS = "asylum_seekers", _("Asylum seekers")
    DEPENDANTS = "dependants", _("People who depend on the service")
    OTHER = "other", _("Others")


class SpecialCondition(TextChoices):
    """Art. 9(2) GDPR: what lifts the ban on special categories."""

    UNKNOWN = "", _("Not named yet")
    NOT_NEEDED = "not_needed", _("Not needed: no special categories")
    EXPLICIT_CONSENT = "explicit_consent", _("Explicit consent, 9(2)(a)")
    EMPLOYMENT_LAW = "employment_law", _("Employment and social law, 9(2)(b)")
    VITAL_INTERESTS = "vital_interests", _("Vital interests, 9(2)(c)")
    FOUNDATION = "foundation", _("Association or foundation, 9(2)(d)")
    MADE_PUBLIC = "made_public", _("Made public by the person, 9(2)(e)")
    LEGAL_CLAIMS = "legal_claims", _("Legal claims, 9(2)(f)")
    PUBLIC_INTEREST = "public_interest", _("Substantial public interest, 9(2)(g)")
    HEALTH_CARE = "health_care", _("Health or social care, 9(2)(h)")
    PUBLIC_HEALTH = "public_health", _("Public health, 9(2)(i)")
    RESEARCH = "research", _("Archiving, research, statistics, 9(2)(j)")


#: Members of the European Economic Area, as ISO 3166 codes.
EEA: Final = (
    ("AT", _("Austria")), ("BE", _("Belgium")), ("BG", _("Bulgaria")), ("HR", _("Croatia")), ("CY", _("Cyprus")),
    ("CZ", _("Czechia")), ("DK", _("Denmark")), ("EE", _("Estonia")), ("FI", _("Finland")), ("FR", _("France")),
    ("DE", _("Germany")), ("GR", _("Greece")), ("HU", _("Hungary")), ("IS", _("Iceland")), ("IE", _("Ireland")),
    ("IT", _("Italy")), ("LV", _("Latvia")), ("LI", _("Liechtenstein")), ("LT", _("Lithuania")),
    ("LU", _("Luxembourg")), ("MT", _("Malta")), ("NL", _("Netherlands")), ("NO", _("Norway")), ("PL", _("Poland")),
    ("PT", _("Portugal")), ("RO", _("Romania")), ("SK", _("Slovakia")), ("SI", _("Slovenia")), ("ES", _("Spain")),
    ("SE", _("Sweden")),
)  # fmt: skip

JURISDICTIONS: Final = (
    ("EU", _("European Union, as a whole")),
    ("UK", _("United Kingdom")),
    ("CH", _("Switzerland")),
    ("US", _("United States")),
    ("US-CA", _("California")),
    ("CN", _("China")),
    ("BR", _("Brazil")),
    ("IN", _("India")),
    ("other", _("Elsewhere")),
    *EEA,
)
