"""Recognisers for what only the words beside it give away: an age, a birth date, a card number with a slip in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from presidio_analyzer import RecognizerResult

from datamap.scanner.patterns import SOURCES
from datamap.scanner.quick import ALONE, ENDS, Quick
from datamap.scanner.validators import NATIONAL, SELF_EVIDENT, is_ssn, national

MONTHS: Final = (
    "jan|feb|fév|fev|mar|mär|mrt|apr|avr|abr|may|mai|maj|mei|mag|jun|juin|giu|jul|juil|lug|aug|aoû|ago|sep|set|oct|okt|ott"
    "|out|nov|dec|déc|dez|dic|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru|gen|ene|märz|mars"
)
DATE: Final = re.compile(
    rf"(?<![\w/.\-])(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[/.\-]\d{{1,2}}[/.\-](?:19|20)?\d{{2}}"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th|er|\.|º)? (?:de |of )?)?(?:{MONTHS})[^\W\d_]*\.?,? (?:de |of )?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?,? )?(?:19|20)\d{2})(?![\w/\-])",
    re.IGNORECASE,
)
#: Words of birth in the languages of the lexicon, and how many characters may lie between them and the date.
BIRTH: Final = re.compile(
    r"\b(?:born|birth ?da(?:y|te)|date of birth|d\.?o\.?b|née? (?:le|à)|naissance|geboren|geb\.|geburtsdatum|geburtstag"
    r"|nacid[oa]|nacimiento|nat[oa] (?:il|a)|nascita|nascid[oa]|nascimento|geboortedatum|urodz\w+|ur\.)",
    re.IGNORECASE,
)
NEAR: Final = 40

#: Ways to say an age, each with the number as a group.
AGES: Final = (
    r"(?<![\w.,/:\-])(\d{1,3})(?:[ -]?(?:years?|yrs?)[ -]?old\b|[ -]?(?:yo|y/o|y\.o\.)(?!\w)"
    r"|(?=-jährige)| jahre alt| jaar oud)",
    r"\b(?:age|aged|age of|age is|âgée? de|im alter von|edad de|edad|età|idade|leeftijd|wiek|alter):? "
    r"(\d{1,3})(?![\w.,/:%-]?\d)",
    r"\b(?:turn(?:s|ed|ing)?|i am|i'm|s?he is|s?he's|s?he was|when i was) (\d{1,3})"
    r"(?=[.,;!?]|$|\n| (?:and|but|when|now|today|this|next|in|on|years?(?! (?:of|ago|in)))\b)",
    r"(?<=, )(\d{1,3})(?= (?:years?|ans|jahre|años|anni|anos|jaar|lat)(?:[,.;)]|$| (?:old|alt|de edad|oud)))",
    r"(?<=[^\W\d_], )(\d{2})(?=, (?-i:[^\W\dA-Z_]))",
    r"(?<=[^\W\d_] \()(\d{2})(?=\))",
)
AGE: Final = re.compile("|".join(AGES), re.IGNORECASE)
OLDEST: Final = 119

CARD: Final = re.compile(rf"{ALONE}(?<![.+/\-])\d(?:[ \-]?\d){{11,18}}{ENDS}(?!-|\.\d)")
PAYMENT: Final = re.compile(
    r"\b(?:cards?|credit|debit|cc|visa|master ?card|amex|american express|maestro|carte|cb|karte|kreditkarte|tarjeta"
    r"|carta|cartão|creditcard|kaart|kart[aęy])\b|卡|カード|카드",
    re.IGNORECASE,
)
SSN: Final = re.compile(r"(?<![\w.+/\-])\d{3}-\d{2}-\d{4}(?![\w\-])")
SECURITY: Final = re.compile(r"\b(?:ssn|social security|social)\b", re.IGNORECASE)
TELEPHONE: Final = re.compile(
    r"\b(?:phone|telephone|tel|mobile|mob|cell|fax|desk|whatsapp|téléphone|tél|portable|telefon|handy|mobil|teléfono|móvil"
    r"|(?:call|ring|reach|text|dial)(?: (?:me|us|him|her|them))?(?: back)? (?:on|at|from)"
    r"|telefono|cellulare|telefone|celular|telemóvel|telefoon|komórka|numer|телефон|τηλέφωνο)"
    r"(?:n?ummer)?(?: (?:is|no|number|nr|est|ist|es|è|é))?[.:]{0,2}\s*(?:is )?(\+?\(?\d[\d ().\-/x]{4,24}\d)(?![\w])"
    rf"|(?:電話|电话|手机|携帯|微信|전화|휴대폰)(?:番号|号码|번호)?[は是：: ]{{0,3}}"
    rf"(\+?\(?\d[\d ().\-]{{4,24}}\d){ENDS}",
    re.IGNORECASE,
)
RECORD: Final = re.compile(
    r"\b(?:mrn|medical record(?: number| no)?|patient (?:id|number|no)|patientennummer|n° (?:de )?dossier patient)"
    r"[.:#]{0,2}\s*([A-Z]{0,3}-?\d{4,12})(?![\w-])",
    re.IGNORECASE,
)
HANDLE: Final = re.compile(r"(?<![\w.@/])@[A-Za-z_]\w{2,30}(?![\w.@])")
MAC: Final = re.compile(SOURCES["MAC_ADDRESS"])
LOGIN: Final = re.compile(
    r"\b(?:(?:user|username|user name|userid|login|uid|account name)\s?[=:]|user ?name is)\s?[\"']?"
    r"([A-Za-z][\w.\-]{2,30})(?![\w@])",
    re.IGNORECASE,
)
#: An account and the bank's sort code, a password and a place on the map, each after its word.
ACCOUNT: Final = re.compile(
    r"\b(?:account (?:number|no)|acct(?: no)?|sort code|kontonummer|número de cuenta)[.:#]{0,2}\s?(?:is )?"
    r"(\d{6,12}|\d{2}-\d{2}-\d{2})(?![\w-])",
    re.IGNORECASE,
)
SECRET: Final = re.compile(
    r"\b(?:password|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|hasło)\s?(?:[=:]|is:)\s?[\"']?"
    r"([^\s\"']{4,64})",
    re.IGNORECASE,
)
DEGREES: Final = re.compile(
    r"(?<![\w.])([+-]?(?:[1-8]?\d|90)\.\d{4,}°?[,;]? ?[+-]?(?:1[0-7]\d|\d{1,2}|180)\.\d{4,})(?![\w.]\d)"
)
URL: Final = re.compile(r"(?:https?://|(?<![\w@.])www\.)[^\s<>\"'()\[\]]+[^\s<>\"'()\[\].,;:!?]", re.IGNORECASE)
MILITARY: Final = re.compile(
    r"(?:(?:PSC|Unit|CMR) \d{2,5},? Box \d{1,5}|(?:USS|USNS|USCGC|USNV) [A-Z][\w'-]+)[\s,]+"
    r"(?:APO|FPO|DPO),? A[AEP] \d{5}(?:-\d{4})?",
    re.IGNORECASE,
)
FORMED: Final = re.compile(rf"{ALONE}(?<![.+/\-])[A-Z0-9](?:[ .\-/]?[A-Z0-9]){{7,19}}{ENDS}(?!-)", re.IGNORECASE)
#: Words for the national numbers that consist of bare digits, by entity.
NATIONAL_WORDS: Final = {
    "DE_TAX_ID": "steuer|idnr|tax id",
    "NL_BSN": "bsn|burgerservicenummer",
    "BE_NN": "rijksregister|registre national",
    "DK_CPR": "cpr",
    "SE_PERSONNUMMER": "personnummer",
    "NO_FODSELSNUMMER": "fødselsnummer|fodselsnummer",
    "BR_CPF": "cpf",
    "IN_AADHAAR": "aadhaar|aadhar",
    "CA_SIN": r"\bsin\b|social insurance",
    "AU_TFN": "tfn|tax file",
    "RO_CNP": "cnp",
    "CZ_RC": "rodné",
    "BG_EGN": "егн|egn",
    "ZA_ID_NUMBER": "id number|identity number",
    "PT_CC": "cidadão|cartao de cidadao",
    "TR_NATIONAL_ID": "kimlik|tckn",
    "CL_RUT": r"\brut\b",
    "HR_OIB": r"\boib\b",
    "IL_ID": "teudat|id number",
    "LT_ASMENS": "asmens",
    "EE_IK": "isikukood",
}


class AgeRecogniser(Quick):
    """A number of years where the words say that it is somebody's age."""

    ENTITY = "AGE"

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        found = ((match, next(i for i, group in enumerate(match.groups(), 1) if group)) for match in AGE.finditer(text))
        return [
            self.result(match.start(group), match.end(group), 0.75)
            for match, group in found
            if 1 <= int(match.group(group)) <= OLDEST
        ]


class BirthRecogniser(Quick):
    """A date after a word of birth. Any other date is nobody's."""

    ENTITY = "DATE_OF_BIRTH"

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        if not BIRTH.search(text):
            return []
        return [
            self.result(match.start(), match.end(), 0.85)
            for match in DATE.finditer(text)
            if _said(BIRTH, text, match.start())
        ]


class DateRecogniser(Quick):
    """Dates of the calendar, nobody's by themselves. Presidio's own takes "morning" for one."""

    ENTITY = "DATE_TIME"

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        return [self.result(match.start(), match.end(), 0.6) for match in DATE.finditer(text)]


class PaidCardRecogniser(Quick):
    """A number of a card's length after a word of payment: with a digit wrong, or none of the issuers we know."""

    ENTITY = "CREDIT_CARD"

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        return [
            self.result(match.start(), match.end(), 0.6)
            for match in CARD.finditer(text)
            if PAYMENT.search(text, max(0, match.start() - 2 * NEAR), match.start())
        ]


class SocialSecurityRecogniser(Quick):
    """Numbers in the form of the United States' social security, surer after its name."""

    ENTITY = "US_SSN"

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        return [
            self.result(match.start(), match.end(), 0.9 if _said(SECURITY, text, match.start()) else 0.55)
            for match in SSN.finditer(text)
            if is_ssn(match.group())
        ]


class CalledRecogniser(Quick):
    """Whatever digits follow a word for a telephone directly, valid in a number plan or not."""

    ENTITY = "PHONE_NUMBER"

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        return [
            self.result(*match.span(match.lastindex or 1), 0.7)
            for match in TELEPHONE.finditer(text)
            if 6 <= sum(map(str.isdigit, number := match.group(match.lastindex or 1))) <= 20
            and not DATE.fullmatch(number)
        ]


def _said(words: re.Pattern[str], text: str, position: int) -> bool:
    return words.search(text, max(0, position - NEAR), position) is not None


class LoginRecogniser(Quick):
    """Names of accounts where a log or a form says that they are, and those with an @ in front."""

    ENTITY = "USERNAME"

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        named = [self.result(match.start(1), match.end(1), 0.6) for match in LOGIN.finditer(text)]
        return named + [self.result(match.start(), match.end(), 0.6) for match in HANDLE.finditer(text)]


class WordRecogniser(Quick):
    """What one expression finds: the group after its word."""

    def __init__(self, entity: str, shape: re.Pattern[str]) -> None:
        self.ENTITY = entity
        self._shape = shape
        super().__init__()

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        return [self.result(match.start(1), match.end(1), 0.75) for match in self._shape.finditer(text)]


class MacRecogniser(Quick):
    """Addresses of network cards."""

    ENTITY = "MAC_ADDRESS"

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        return [self.result(match.start(), match.end(), 0.9) for match in MAC.finditer(text)]


class AddressRecogniser(Quick):
    """Web addresses that are written as such."""

    ENTITY = "URL"

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        return [self.result(match.start(), match.end(), 0.6) for match in URL.finditer(text)]


class MilitaryRecogniser(Quick):
    """Post of the United States' forces: no street, no town."""

    ENTITY = "STREET_ADDRESS"

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        return [self.result(match.start(), match.end(), 0.9) for match in MILITARY.finditer(text)]


class NationalRecogniser(Quick):
    """Personal numbers of states by their check digits; those of bare digits after a word that names them."""

    ENTITY = "NATIONAL_ID"

    def __init__(self) -> None:
        super().__init__()
        self.supported_entities = sorted(NATIONAL.values())

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        return [
            self.named(entity, match.start(), match.end())
            for match in FORMED.finditer(text)
            if sum(map(str.isdigit, match.group())) >= 4 and (entity := _national(text, match))
        ]

    def named(self, entity: str, start: int, end: int) -> RecognizerResult:
        result = self.result(start, end, 0.8)
        result.entity_type = entity
        return result


def _national(text: str, match: re.Match[str]) -> str:
    before = text[max(0, match.start() - NEAR) : match.start()].lower()
    return next((entity for entity in _nationals(before) if national(MODULES[entity])(match.group())), "")


def _nationals(before: str) -> Iterator[str]:
    yield from SELF_EVIDENT
    for entity, words in NATIONAL_WORDS.items():
        if re.search(words, before):
            yield entity


MODULES: Final = {entity: module for module, entity in NATIONAL.items()}


def said() -> tuple[Quick, ...]:
    """All of them."""
    return (
        AgeRecogniser(),
        BirthRecogniser(),
        DateRecogniser(),
        PaidCardRecogniser(),
        SocialSecurityRecogniser(),
        CalledRecogniser(),
        WordRecogniser("MEDICAL_RECORD", RECORD),
        WordRecogniser("BANK_ACCOUNT", ACCOUNT),
        WordRecogniser("PASSWORD", SECRET),
        WordRecogniser("COORDINATES", DEGREES),
        LoginRecogniser(),
        MacRecogniser(),
        AddressRecogniser(),
        MilitaryRecogniser(),
        NationalRecogniser(),
    )
