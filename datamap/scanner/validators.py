"""Whether one value is what it looks like: checksums, number plans, address syntax. Each takes a stripped string."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

import phonenumbers
from stdnum import iban, luhn

EMAIL: Final = re.compile(r"[A-Za-z0-9._%+'\-/=&$]+@(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,24}")
PHONE_SHAPE: Final = re.compile(r"\(?\+?\(?\d[\d\s().\-/\u2010-\u2015]{4,20}\d(?:\s*(?:x|ext\.?|#)\s*\d{1,6})?")
CARD_SHAPE: Final = re.compile(r"\d[\d \-]{10,21}\d")
#: Issuer prefixes of payment cards: Visa, Mastercard, American Express, Diners, Discover, JCB, Maestro, UnionPay, Mir.
CARD_PREFIX: Final = re.compile(
    r"4|5[0-8]|2(?:2[2-9]|[3-6]\d|7[01]|720)|220[0-4]|3[47]|30[0-5]|3[689]|6(?:011|4[4-9]|5|2|0|3|7)|35(?:2[89]|[3-8])"
)
SSN_SHAPE: Final = re.compile(r"(\d{3})[\- ]?(\d{2})[\- ]?(\d{4})")
MAC_SHAPE: Final = re.compile(r"(?:[0-9A-Fa-f]{2}[:\-]){5}[0-9A-Fa-f]{2}|(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}")
VIN_SHAPE: Final = re.compile(r"(?=.*[A-Z])(?=.*\d)[A-HJ-NPR-Z0-9]{17}")
VIN_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
CRYPTO_SHAPE: Final = re.compile(r"(?:bc1[02-9ac-hj-np-z]{25,59}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|0x[0-9A-Fa-f]{40})")

#: python-stdnum modules of personal numbers whose check digits make a match by chance unlikely, and their entity.
NATIONAL: Final[dict[str, str]] = {
    "es.dni": "ES_NIF",
    "es.nie": "ES_NIE",
    "it.codicefiscale": "IT_FISCAL_CODE",
    "pl.pesel": "PL_PESEL",
    "fr.nir": "FR_NIR",
    "nl.bsn": "NL_BSN",
    "be.nn": "BE_NN",
    "de.idnr": "DE_TAX_ID",
    "dk.cpr": "DK_CPR",
    "fi.hetu": "FI_PERSONAL_IDENTITY_CODE",
    "se.personnummer": "SE_PERSONNUMMER",
    "no.fodselsnummer": "NO_FODSELSNUMMER",
    "br.cpf": "BR_CPF",
    "in_.aadhaar": "IN_AADHAAR",
    "in_.pan": "IN_PAN",
    "gb.nhs": "UK_NHS",
    "ca.sin": "CA_SIN",
    "au.tfn": "AU_TFN",
    "ro.cnp": "RO_CNP",
    "cz.rc": "CZ_RC",
    "bg.egn": "BG_EGN",
    "ch.ssn": "CH_AHV",
    "cn.ric": "CN_RIC",
    "kr.rrn": "KR_RRN",
    "za.idnr": "ZA_ID_NUMBER",
    "mx.curp": "MX_CURP",
    "pt.cc": "PT_CC",
    "tr.tckimlik": "TR_NATIONAL_ID",
    "sg.uen": "SG_UEN",
    "cl.rut": "CL_RUT",
    "hr.oib": "HR_OIB",
    "il.idnr": "IL_ID",
    "lt.asmens": "LT_ASMENS",
    "ee.ik": "EE_IK",
    "gr.amka": "GR_AMKA",
    "si.emso": "SI_EMSO",
    "is_.kennitala": "IS_KENNITALA",
    "th.pin": "TH_PIN",
    "ec.ci": "EC_CI",
    "do.cedula": "DO_CEDULA",
    "ua.rntrc": "UA_RNTRC",
    "ie.pps": "IE_PPS",
}
#: Letters and digits of each, where they are always as many; leading zeros may be lost.
LENGTHS: Final[dict[str, set[int]]] = {
    **dict.fromkeys(("ES_NIF", "ES_NIE", "CA_SIN", "SG_UEN", "PT_CC", "IL_ID"), {7, 8, 9, 10, 12}),
    **dict.fromkeys(("IT_FISCAL_CODE",), {16}),
    **dict.fromkeys(
        ("PL_PESEL", "BE_NN", "DE_TAX_ID", "BR_CPF", "HR_OIB", "LT_ASMENS", "EE_IK", "NO_FODSELSNUMMER"), {10, 11}
    ),
    **dict.fromkeys(("FR_NIR",), {15}),
    **dict.fromkeys(("NL_BSN", "AU_TFN"), {8, 9}),
    **dict.fromkeys(("DK_CPR", "FI_PERSONAL_IDENTITY_CODE", "IN_PAN", "UK_NHS", "BG_EGN"), {9, 10}),
    **dict.fromkeys(("SE_PERSONNUMMER",), {10, 12}),
    **dict.fromkeys(("IN_AADHAAR",), {12}),
    **dict.fromkeys(("RO_CNP", "CH_AHV", "KR_RRN", "ZA_ID_NUMBER"), {12, 13}),
    **dict.fromkeys(("CZ_RC",), {9, 10}),
    **dict.fromkeys(("CN_RIC", "MX_CURP"), {15, 18}),
    **dict.fromkeys(("TR_NATIONAL_ID",), {11}),
    **dict.fromkeys(("CL_RUT", "IE_PPS"), {8, 9}),
    **dict.fromkeys(("GR_AMKA", "DO_CEDULA"), {11}),
    **dict.fromkeys(("SI_EMSO", "TH_PIN"), {13}),
    **dict.fromkeys(("IS_KENNITALA", "EC_CI", "UA_RNTRC"), {10}),
}
#: Never a letter in them.
DIGITS_ONLY: Final = frozenset(
    {
        *("PL_PESEL", "BE_NN", "DE_TAX_ID", "BR_CPF", "HR_OIB", "LT_ASMENS", "EE_IK", "NO_FODSELSNUMMER", "NL_BSN"),
        *("AU_TFN", "DK_CPR", "UK_NHS", "BG_EGN", "SE_PERSONNUMMER", "IN_AADHAAR", "RO_CNP", "CH_AHV", "KR_RRN"),
        *("ZA_ID_NUMBER", "CZ_RC", "TR_NATIONAL_ID", "CA_SIN", "IL_ID"),
        *("GR_AMKA", "DO_CEDULA", "SI_EMSO", "TH_PIN", "IS_KENNITALA", "EC_CI", "UA_RNTRC"),
    }
)
#: Checked by letters and layout too, so a majority of valid values is proof without a header.
SELF_EVIDENT: Final = frozenset(
    {
        "ES_NIE",
        "IT_FISCAL_CODE",
        "FI_PERSONAL_IDENTITY_CODE",
        "IN_PAN",
        "MX_CURP",
        "CN_RIC",
        "KR_RRN",
        "FR_NIR",
        "CH_AHV",
    }
)


def is_email(value: str) -> bool:
    return "@" in value and len(value) <= 254 and EMAIL.fullmatch(value) is not None


def is_card(value: str) -> bool:
    """Length, issuer prefix and Luhn."""
    if CARD_SHAPE.fullmatch(value) is None:
        return False
    digits = value.replace(" ", "").replace("-", "")
    return 12 <= len(digits) <= 19 and CARD_PREFIX.match(digits) is not None and bool(luhn.is_valid(digits))


def looks_like_card(value: str) -> bool:
    """Shape and issuer prefix without Luhn: enough where the context is payment (test and truncated data fail Luhn)."""
    digits = value.replace(" ", "").replace("-", "")
    return digits.isascii() and digits.isdigit() and 12 <= len(digits) <= 19 and CARD_PREFIX.match(digits) is not None


def is_iban(value: str) -> bool:
    if len(value) < 15 or not value[:2].isalpha() or not value[2:4].isdigit():
        return False
    return bool(iban.is_valid(value, check_country=False))


def is_ssn(value: str) -> bool:
    """The Social Security Administration's never-issued areas, groups and serials are refused."""
    match = SSN_SHAPE.fullmatch(value)
    if match is None:
        return False
    area, group, serial = match.groups()
    return area not in {"000", "666"} and area < "900" and group != "00" and serial != "0000"


def is_ip(value: str) -> bool:
    if "." not in value and value.count(":") < 2:
        return False
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True


def are_versions(values: Iterable[str]) -> bool:
    """Whether what reads as IP addresses are versions: every part is small, as in 9.16.3.0."""
    parts = [
        int(part)
        for value in values
        for part in value.split(".")
        if part.isascii() and part.isdigit() and len(part) < 4
    ]
    return bool(parts) and max(parts) < 64


def is_vin(value: str) -> bool:
    """A vehicle's seventeen signs with the check digit that North America and China demand (ISO 3779, 49 CFR 565)."""
    if VIN_SHAPE.fullmatch(value) is None:
        return False
    total = sum(weight * _vin_value(sign) for weight, sign in zip(VIN_WEIGHTS, value, strict=True))
    return "0123456789X"[total % 11] == value[8]


def _vin_value(sign: str) -> int:
    """A to I are 1 to 9, J to R 1 to 9, S to Z 2 to 9; the letters that look like digits are not used."""
    return int(sign) if sign.isdigit() else "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ".index(sign) % 10


def is_mac(value: str) -> bool:
    return MAC_SHAPE.fullmatch(value) is not None


def is_crypto(value: str) -> bool:
    return CRYPTO_SHAPE.fullmatch(value) is not None and not value.isdigit()


def phone_shape(value: str) -> bool:
    """6 to 15 digits with the separators people use for telephone numbers."""
    if PHONE_SHAPE.fullmatch(value) is None:
        return False
    return 6 <= sum(map(str.isdigit, value)) <= 21


@lru_cache(maxsize=20_000)
def is_phone(value: str, region: str | None = None) -> bool:
    """Valid in the number plan of its country code, or of `region` where it has none."""
    if not phone_shape(value):
        return False
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(value, region))
    except phonenumbers.NumberParseException:
        return False


#: National plans by how a number is written in them: a trunk 0 or brackets in front, or ten (nine) bare digits.
WITH_TRUNK: Final = ("GB", "DE", "FR", "IT", "NL", "BE", "CH", "AT", "SE", "AU", "JP", "CN", "IN", "BR")
WITHOUT_TRUNK: Final = {10: ("US", "IN"), 11: ("US", "BR", "CN"), 9: ("ES", "PT", "PL"), 8: ("DK", "NO", "SG")}
#: Ways to group the digits of numbers without a trunk prefix; 4-2-4 is an order number.
GROUPS: Final = frozenset(
    {
        (3, 3, 4),
        (3, 7),
        (5, 5),
        (1, 3, 3, 4),
        (2, 5, 4),
        (3, 4, 4),
        (3, 3, 3),
        (3, 2, 2, 2),
        (2, 3, 2, 2),
        (4, 4),
        (2, 2, 2, 2),
    }
)


@lru_cache(maxsize=20_000)
def is_national_phone(value: str) -> bool:
    """A valid number of a large country written without its country code. Bare digits of the right length do pass."""
    number = value.split("x")[0]
    groups = tuple(len(group) for group in re.findall(r"\d+", number))
    digits = "".join(filter(str.isdigit, number))
    trunk = digits.startswith("0") or number.startswith("(")
    if not trunk and len(groups) > 1 and groups not in GROUPS:
        return False
    regions = (*WITH_TRUNK, "US") if trunk else WITHOUT_TRUNK.get(len(digits), ())
    return any(is_phone(value, region) for region in regions)


@lru_cache(maxsize=64)
def national(module: str) -> Callable[[str], bool]:
    """The check of one python-stdnum module."""
    loaded: Any = import_module(f"stdnum.{module}")

    def check(value: str) -> bool:
        return bool(loaded.is_valid(value))

    return check


def national_id(values: list[str], least: float = 0.8) -> tuple[str, float]:
    """The national number that at least `least` of the values validate as, and the share; ("", 0.0) for none.

    A check digit passes one random number in ten or so: fewer than five distinct values prove nothing.
    """
    best, share = "", 0.0
    if len(values) < 5:
        return best, share
    probe = values[:12]
    lengths = {sum(map(str.isalnum, value)) for value in probe}
    letters = any(character.isalpha() for value in probe for character in value)
    for module, entity in NATIONAL.items():
        if not lengths <= LENGTHS.get(entity, lengths) or (letters and entity in DIGITS_ONLY):
            continue
        check = national(module)
        if sum(map(check, probe)) < least * len(probe):
            continue
        valid = sum(map(check, values)) / len(values)
        if valid >= least and valid > share:
            best, share = entity, valid
    return best, share


#: For the full pass: whether a matched piece really is the thing.
CONFIRM: Final[dict[str, Callable[[str], bool]]] = {
    "EMAIL_ADDRESS": is_email,
    "PHONE_NUMBER": is_phone,
    "CREDIT_CARD": is_card,
    "IBAN_CODE": is_iban,
    "US_SSN": is_ssn,
    "IP_ADDRESS": is_ip,
    "MAC_ADDRESS": is_mac,
}
