"""What a person calls the entities of the scanner. The codes themselves stay in exports and in masked texts."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

ENTITIES: Final = {
    "PERSON": _("Name of a person"),
    "EMAIL_ADDRESS": _("E-mail address"),
    "PHONE_NUMBER": _("Telephone number"),
    "STREET_ADDRESS": _("Street address"),
    "CREDIT_CARD": _("Payment card"),
    "IBAN_CODE": _("IBAN"),
    "CRYPTO": _("Cryptocurrency address"),
    "US_SSN": _("Social security number (US)"),
    "US_ITIN": _("Taxpayer number (US)"),
    "US_PASSPORT": _("Passport number (US)"),
    "PASSPORT": _("Passport number"),
    "DRIVER_LICENSE": _("Driving licence"),
    "BANK_ACCOUNT": _("Bank account"),
    "NATIONAL_ID": _("National identifier"),
    "TAX_ID": _("Tax number"),
    "PERSON_ID": _("Key of a person"),
    "USERNAME": _("User name"),
    "IP_ADDRESS": _("IP address"),
    "MAC_ADDRESS": _("MAC address"),
    "DEVICE_ID": _("Device identifier"),
    "LOCATION": _("Place"),
    "POSTCODE": _("Postcode"),
    "COORDINATES": _("Coordinates"),
    "DATE_OF_BIRTH": _("Date of birth"),
    "AGE": _("Age"),
    "GENDER": _("Sex or gender"),
    "TITLE": _("Form of address"),
    "MARITAL_STATUS": _("Marital status"),
    "RELATIONSHIP": _("Family relation"),
    "FAMILY": _("Family"),
    "LANGUAGE": _("Language"),
    "EDUCATION": _("Education"),
    "JOB": _("Job"),
    "ETHNICITY": _("Ethnic origin"),
    "RELIGION": _("Religion or belief"),
    "POLITICS": _("Political opinion"),
    "NRP": _("Nationality, religion or politics"),
    "NATIONALITY": _("Nationality"),
    "BLOOD_TYPE": _("Blood type"),
    "MEDICAL_TERM": _("Medical term"),
    "HEALTH": _("Health"),
    "GENETIC": _("Genetic data"),
    "BIOMETRIC": _("Biometric data"),
    "MEDICAL_RECORD": _("Medical record number"),
    "INCOME": _("Income or pay"),
    "EMPLOYER": _("Employer"),
    "EMPLOYMENT": _("Employment"),
    "CHILDREN": _("Children"),
    "PHOTO": _("Picture of a person"),
    "PASSWORD": _("Password or its hash"),
    "US_BANK_NUMBER": _("Bank account"),
    "US_DRIVER_LICENSE": _("Driving licence (US)"),
    "VIN": _("Vehicle identification number"),
    "TRADE_UNION": _("Trade-union membership"),
    "SEX_LIFE": _("Sex life or orientation"),
    "CRIMINAL": _("Criminal record"),
    "FINANCIAL": _("Financial"),
    "BEHAVIOUR": _("Behaviour"),
    "ORGANIZATION": _("Organisation"),
    "DATE_TIME": _("Date or time"),
    "URL": _("Web address"),
    "FREE_TEXT": _("Free text"),
}


def entity_name(entity: str) -> str:
    """An entity in words; one that has none, such as a team's own, is read out: STAFF_NUMBER is "Staff number"."""
    known = ENTITIES.get(entity)
    if known is not None:
        return str(known)
    country, _sep, rest = entity.partition("_")
    if len(country) == 2 and rest:
        return f"{rest.replace('_', ' ').capitalize()} ({country})"
    return entity.replace("_", " ").capitalize()
