"""Which of several claims on the same characters stands, and where exactly it begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from datamap.scanner.gazetteer import (
    folded,
    group_of,
    is_country,
    is_family,
    is_given,
    is_name,
    is_organisation,
    is_place,
    plain_words,
)
from datamap.scanner.groups import Candidate
from datamap.scanner.said import DATE, SSN
from datamap.scanner.types import Span
from datamap.scanner.validators import is_ip

#: What the model is sure of: in a company's name, and in lower case.
SURE: Final = 0.9
FELT: Final = 0.55
SURE_IN_LOWER_CASE: Final = 0.8

#: A form with a check, or an introduction, from here on.
PROVED: Final = 0.8
#: Below this a result is a guess that nothing supports.
LEAST: Final = 0.35
#: Entities that words name; the rest prove themselves by their form.
WORDS: Final = frozenset({"PERSON", "LOCATION", "NRP", "STREET_ADDRESS"})
#: What a bare number has to show before it is one of these: digits.
DIGITS: Final = {
    "PHONE_NUMBER": (7, 15),
    "NATIONAL_ID": (5, 20),
    "BANK_ACCOUNT": (6, 34),
    "PASSPORT": (6, 12),
    "DRIVER_LICENSE": (5, 20),
    "POSTCODE": (3, 9),
}
TITLES: Final = re.compile(
    r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|doctor|sir|madam|lady|lord|rev|father|sister|aunt|uncle|captain|herrn?|frau|fräulein|"
    r"monsieur|madame|mademoiselle|mme|mlle|maître|señora?|srta?|sra|sr|don|doña|signora?|sig|sig\.ra|dott|avv|ing|dhr|mevr|"
    r"mevrouw|meneer|pan|pani|senhora?|dipl|msgr|hi|hello|hey|dear|hallo|liebe|lieber|cher|chère|hola|ciao|bonjour|thanks|regards)"
    r"\b\.?[ ]+",
    re.IGNORECASE,
)
POSSESSIVE: Final = re.compile(r"['’]s?$")


#: Words before a number that make it one of these; without them the model's guess is an order number.
SAID: Final = {
    "DRIVER_LICENSE": re.compile(
        r"licen[cs]e|driv|permis|führerschein|fahrer|conducir|patente|condução|rijbewijs|prawo jazdy"
    ),
    "PASSPORT": re.compile(r"passp|passeport|reisepass|pasaporte|passaporto|passaporte|paspoort|paszport"),
    "BANK_ACCOUNT": re.compile(
        r"account|acct|bank|routing|sort code|iban|konto|compte|cuenta|conto|conta\b|rekening|aba\b|bic\b|swift"
    ),
    "NATIONAL_ID": re.compile(
        r"\bid\b|identi|ssn|social|tax|national|insurance|\bnin\b|steuer|ausweis|\bdni\b|\bnif\b|codice fiscale|cpf|nss"
        r"|sécu|bsn|pesel|medicare|resident|citizen"
    ),
}
CALLED: Final = re.compile(
    r"call|phone|tel\b|tel[.:]|mobile|cell|reach|text|ring|contact|whatsapp|fax|desk|office|number is|rappel|joindre"
    r"|portable|ruf|handy|nummer|llam|móvil|chiam|cellulare|lig(?:ar|uem)|celular|bel\b|zadzwo|numer"
)
#: Words before a number that make it a thing's.
THINGS: Final = re.compile(
    r"(?:order|ticket|invoice|tracking|case|contract|policy|dossier|file|contrat|vertrag|contrato|contratto|umowa|booking|refund|reference|ref|serial|customer|cancelled|item|sku|version|port|error|commande"
    r"|bestellung|rechnung|pedido|ordine|bestelling|zamówienie|paket|pakket|colis|encomenda|paczk[aęi])"
    r"(?: (?:no|number|nr|id|#|n°))?[ .:#°]*$"
)
#: Numbers of bare digits whose one check digit fits every tenth number, and the words that must stand beside them.
CHECKED: Final = {
    "UK_NHS": re.compile(r"(?i)\bnhs\b|health service|patient|hospital|\bgp\b"),
    "PL_PESEL": re.compile(r"(?i)pesel|urodz|\bid\b"),
    "US_ITIN": re.compile(r"(?i)\bitin\b|tax|taxpayer"),
    "US_PASSPORT": re.compile(r"(?i)passport|travel document"),
}
#: Words before four numbers that count no hosts.
NUMBERED: Final = re.compile(r"(?i)\b(?:version|release|firmware|section|chapter|clause|paragraph|abschnitt|kapitel) $")
AMOUNT: Final = re.compile(r"\d{1,3}(?:[,. ]?\d{3})*[.,]\d{2}")
DIGITS_BEFORE: Final = re.compile(r"(?:\d+[ \-])+$")
DIGITS_BEHIND: Final = re.compile(r"(?:[ \-]\d+)+")
SHORT_CAPITALS: Final = re.compile(r"[A-Z]{2,4}")
DIRECTION: Final = re.compile(r"(?:south|north|east|west)ern ", re.IGNORECASE)
PLACED: Final = re.compile(
    r"\b(?:in|from|to|at|near|of|visit(?:ed|ing)?|via|à|de|en|aus|nach|bei|da|w|z|te|uit) $", re.IGNORECASE
)
CODE_BEHIND: Final = re.compile(r"[-_#/]?\d{3}")
WHOLE_WORD: Final = re.compile(r"\S+")
PARTICLE: Final = re.compile(r"(?:de|della?|di|da|do|dos|das|du|van|von|der|den|zu|bin|ibn|al|el|la|le)\b|[dl]['’]")
NAME_LIKE: Final = re.compile(r"[^\W\d_]{4,}")
NAME_WORD: Final = r"(?:[^\W\d_a-z][\w'’.\-]*|d[aeiou]s?|van|von|der|den|bin|al|el)"
CAPITALISED: Final = re.compile(rf"{NAME_WORD}(?: {NAME_WORD}){{1,4}}")
EMPLOYED: Final = re.compile(r"\b(?:work(?:s|ed|ing)? for|employed (?:by|at)|company|firm|employer:?) $", re.IGNORECASE)
NEAR: Final = 40


def resolve(text: str, claims: Iterable[Candidate], organisations: Sequence[tuple[int, int]] = ()) -> list[Span]:
    """The claims that stand, exactly bounded, in the order of the text.

    `organisations` are what a language model takes for one: it counts against a name, and for itself where nothing else
    claims the words.
    """
    claims = [*claims, *(Candidate(start, end, "ORGANIZATION", FELT, "ner") for start, end in organisations)]
    trimmed = [better for claim in claims if (better := _trimmed(text, claim)) is not None]
    modelled = [claim for claim in trimmed if claim.source == "model"]
    credible = [claim for claim in trimmed if _credible(text, claim, modelled, organisations)]
    kept: list[Candidate] = []
    credible = [_whole_name(text, claim, credible) for claim in credible]
    for claim in sorted(credible, key=lambda claim: _precedence(claim, text), reverse=True):
        if all(claim.end <= other.start or claim.start >= other.end for other in kept):
            kept.append(claim)
    return [
        Span(claim.start, claim.end, claim.entity, round(claim.score, 2), _is_sure(text, claim, credible))
        for claim in sorted(_consistent(text, kept))
    ]


def _is_sure(text: str, claim: Candidate, others: Sequence[Candidate]) -> bool:
    """Proved by its form, claimed by two readers, or a name that the lists know both parts of."""
    if claim.source == "pattern" and claim.score >= PROVED:
        return True
    readers = {other.source for other in others if other.entity == claim.entity and _overlap(claim, other)}
    if len(readers | {claim.source}) > 1:
        return True
    return claim.entity == "PERSON" and claim.score >= SURE and _is_full_name(text[claim.start : claim.end])


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.start < other.end and other.start < one.end


def _is_full_name(piece: str) -> bool:
    words = re.findall(r"[^\W\d_]+", piece)
    return len(words) > 1 and is_given(words[0]) and is_family(words[-1])


def _whole_name(text: str, claim: Candidate, others: Sequence[Candidate]) -> Candidate:
    """A name of which the other model saw more: "Stephan" in "Stephan M Urner"."""
    if claim.entity != "PERSON" or claim.source != "model":
        return claim
    for other in others:
        more = other.start <= claim.start and claim.end <= other.end
        if more and other[2::2] == ("PERSON", "ner") and CAPITALISED.fullmatch(text, other.start, other.end):
            return claim._replace(start=other.start, end=other.end)
    return claim


def _precedence(claim: Candidate, text: str) -> tuple[int, float, int]:
    """Form before words, a whole address before a part of it, then the surer, then the longer."""
    return _strength(claim, text), claim.score, claim.end - claim.start


def _strength(claim: Candidate, text: str) -> int:
    if claim.score < 0.5:
        return 0
    if claim.entity in {"NRP", "DATE_TIME"} or (claim.entity, claim.source) == ("ORGANIZATION", "ner"):
        return 1
    if claim.entity == "ORGANIZATION":
        return 3
    if claim.entity in WORDS:
        return 3 if claim.entity == "STREET_ADDRESS" and any(map(str.isdigit, text[claim.start : claim.end])) else 2
    if claim.entity == "AGE" or (claim.entity == "PHONE_NUMBER" and claim.score < 0.7):
        return 2
    return 4 if claim.source == "pattern" else 2


def _consistent(text: str, kept: list[Candidate]) -> list[Candidate]:
    """A word that is a person's name in one place of the text is so in every place."""
    names = {
        word
        for claim in kept
        if claim.entity == "PERSON"
        for word in NAME_LIKE.findall(text, claim.start, claim.end)
        if word[:1].isupper() and folded(word) not in plain_words()
    }
    if not names:
        return kept
    same = [
        claim._replace(entity="PERSON")
        if claim.entity == "LOCATION" and text[claim.start : claim.end] in names
        else claim
        for claim in kept
    ]
    for match in NAME_LIKE.finditer(text):
        if match.group() in names and all(match.end() <= claim.start or match.start() >= claim.end for claim in kept):
            same.append(Candidate(match.start(), match.end(), "PERSON", 0.6, "again"))
    return same


def _trimmed(text: str, claim: Candidate) -> Candidate | None:
    start, end = claim.start, claim.end
    if claim.entity in DIGITS and claim.source == "model":
        start, end = _whole_number(text, start, end)
    if claim.entity == "PERSON":
        start, end = _without_title(text, start, end)
    if claim.entity in {"PERSON", "LOCATION"}:
        start, end = _capitals(text, start, end)
    if claim.source == "ner":
        end = min((cut for cut in (text.find("\n", start, end), text.find("  ", start, end)) if cut > 0), default=end)
    if claim.entity == "LOCATION" and (match := DIRECTION.match(text, start, end)):
        start = match.end()
    while start < end and not (text[start].isalnum() or text[start] in "+(@"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == ")"):
        end -= 1
    if end - start < 2 or (claim.entity == "PERSON" and TITLES.fullmatch(text[start:end] + " ")):
        return None
    return _renamed(text, claim._replace(start=start, end=end))


def _without_title(text: str, start: int, end: int) -> tuple[int, int]:
    while match := TITLES.match(text, start, end):
        start = match.end()
    if match := POSSESSIVE.search(text, start, end):
        end = match.start()
    return start, end


def _capitals(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the words in lower case before and behind, where others have a capital: "neighbour Anna called"."""
    words = list(WHOLE_WORD.finditer(text, start, end))
    large = [word for word in words if not word.group()[0].islower()]
    if not large or len(large) == len(words):
        return start, end
    first = start if PARTICLE.match(words[0].group()) else large[0].start()
    return first, large[-1].end()


def _whole_number(text: str, start: int, end: int) -> tuple[int, int]:
    """All of a number of which the model saw a part, and none of the script round it."""
    while start < end and not (text[start].isascii() and (text[start].isalnum() or text[start] in "+(")):
        start += 1
    while end > start and not (text[end - 1].isascii() and text[end - 1].isalnum()):
        end -= 1
    while start and text[start - 1].isascii() and (text[start - 1].isalnum() or text[start - 1] in "-+./"):
        start -= 1
    while end < len(text) and text[end].isascii() and (text[end].isalnum() or text[end] in "-/"):
        end += 1
    return start, end


def _renamed(text: str, claim: Candidate) -> Candidate:
    """A number that the model took for another kind, by the words before it."""
    if claim.source == "model" and claim.entity in SAID:
        before = text[max(0, claim.start - NEAR) : claim.start].lower()
        digits = sum(map(str.isdigit, text[claim.start : claim.end]))
        if not SAID[claim.entity].search(before) and CALLED.search(before) and 7 <= digits <= 15:
            return claim._replace(entity="PHONE_NUMBER")
    return claim


def _credible(
    text: str, claim: Candidate, modelled: Sequence[Candidate], organisations: Sequence[tuple[int, int]]
) -> bool:
    piece = text[claim.start : claim.end]
    if claim.score < LEAST:
        return False
    if claim.entity == "IP_ADDRESS":
        return NUMBERED.search(text, 0, claim.start) is None
    if claim.entity in DIGITS:
        return _numbered(text, piece, claim)
    if words := CHECKED.get(claim.entity):
        return words.search(text, max(0, claim.start - NEAR), claim.end + NEAR) is not None
    if (claim.entity, claim.source) == ("ORGANIZATION", "ner"):
        return text[claim.end : claim.end + 1] != ":" and _is_company(piece)
    if claim.entity in {"PERSON", "LOCATION", "NRP", "STREET_ADDRESS"}:
        return _named(text, piece, claim, modelled, organisations)
    return True


def _is_company(piece: str) -> bool:
    """No abbreviation, no number, and not only everyday words."""
    words = re.findall(r"[^\W\d_]+", piece)
    everyday = all(folded(word) in plain_words() for word in words)
    return (
        not everyday and not SHORT_CAPITALS.fullmatch(piece) and not any(map(str.isdigit, piece)) and "@" not in piece
    )


def _numbered(text: str, piece: str, claim: Candidate) -> bool:
    """No date, amount or address of a machine; the model's guess has the words for it before it."""
    before = text[max(0, claim.start - NEAR) : claim.start].lower()
    if claim.entity == "PHONE_NUMBER" and _is_no_telephone(text, piece, claim):
        return False
    if claim.source != "model":
        return piece.startswith("+") or not THINGS.search(before)
    low, high = DIGITS[claim.entity]
    if not low <= sum(map(str.isdigit, piece)) <= high or AMOUNT.fullmatch(piece) or DATE.fullmatch(piece):
        return False
    if claim.entity == "POSTCODE":
        return True
    said = claim.entity not in SAID or SAID[claim.entity].search(before) is not None
    return said and not THINGS.search(before)


def _is_no_telephone(text: str, piece: str, claim: Candidate) -> bool:
    form = is_ip(piece) or DATE.fullmatch(piece) or SSN.fullmatch(piece)
    return bool(form) or _is_part(text, claim)


def _is_part(text: str, claim: Candidate) -> bool:
    """Whether more digits go on beside it, with one blank between, than a telephone number has."""
    before = DIGITS_BEFORE.search(text, max(0, claim.start - NEAR), claim.start)
    after = DIGITS_BEHIND.match(text, claim.end)
    beside = (before.group() if before else "") + (after.group() if after else "")
    digits = sum(map(str.isdigit, beside))
    return digits > 0 and digits + sum(map(str.isdigit, text[claim.start : claim.end])) > DIGITS["PHONE_NUMBER"][1]


def _named(
    text: str, piece: str, claim: Candidate, modelled: Sequence[Candidate], organisations: Sequence[tuple[int, int]]
) -> bool:
    """Has letters and no markup; in lower case only where the model is sure; no company."""
    letters = [character for character in piece if character.isalpha()]
    if len(letters) < 2 or any(character in "<>{}[]|=_@\\" for character in piece):
        return claim.entity == "STREET_ADDRESS" and len(letters) >= 2
    words = re.findall(r"[^\W\d_]+", piece)
    if CODE_BEHIND.match(text, claim.end):
        return False
    if claim.source == "pattern":
        return True
    if claim.entity == "STREET_ADDRESS":
        if len(words) == 1 and is_name(words[0]):
            return False
        return not all(folded(word) in plain_words() for word in words)
    if all(folded(word) in plain_words() for word in words) and not (len(words) > 1 and is_given(words[0])):
        return False
    if claim.entity == "NRP":
        return bool(group_of(piece)) or is_country(piece)
    if claim.source == "ner":
        return _supported(text, piece, words, claim, modelled)
    if claim.entity == "LOCATION" and SHORT_CAPITALS.fullmatch(piece) and not is_place(piece):
        return False
    if claim.entity == "PERSON" and any(map(str.isdigit, text[claim.start : claim.end + 2])):
        return False
    if all(map(str.islower, words)) and not _known(piece, words):
        return claim.score >= SURE_IN_LOWER_CASE and text.islower()
    if (
        claim.entity == "PERSON"
        and EMPLOYED.search(text, max(0, claim.start - NEAR), claim.start)
        and not is_given(words[0])
    ):
        return False
    if any(start <= claim.start and claim.end <= end for start, end in organisations):
        return (claim.score >= SURE or is_given(words[0])) and not is_organisation(piece)
    return not is_organisation(piece)


def _known(piece: str, words: Sequence[str]) -> bool:
    return any(map(is_name, words)) or is_place(piece) or is_country(piece)


def _supported(text: str, piece: str, words: Sequence[str], claim: Candidate, modelled: Sequence[Candidate]) -> bool:
    """What only the language's model names: a word list knows it, or the other model sees something there, too."""
    if not any(character.isupper() or not character.islower() for character in piece if character.isalpha()):
        return False
    if SHORT_CAPITALS.fullmatch(piece) or is_organisation(piece):
        return is_place(piece) or is_country(piece)
    if any(other.start < claim.end and claim.start < other.end for other in modelled):
        return True
    if claim.entity == "PERSON":
        return any(map(is_name, words))
    return (
        is_place(piece) or is_country(piece) or PLACED.search(text, max(0, claim.start - NEAR), claim.start) is not None
    )
