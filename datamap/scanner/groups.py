"""From labelled stretches to the things a reader would name: a person's whole name, a whole address, a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from datamap.scanner.gazetteer import is_country, is_name, is_place
from datamap.scanner.rampart import Word


class Candidate(NamedTuple):
    """Something that may be an entity, and who says so."""

    start: int
    end: int
    entity: str
    score: float
    source: str


class Stretch(NamedTuple):
    """Neighbouring words of one label and how sure the model is on the average."""

    start: int
    end: int
    label: str
    score: float


#: From here on the model's word alone is believed; a name or place we know needs less.
WIDEST: Final = 60  # characters between two parts of one thing
BELIEVED: Final = 0.5
GOING_ON: Final = 0.2
NAME: Final = frozenset({"GIVEN_NAME", "SURNAME"})
ADDRESS: Final = frozenset({"BUILDING_NUMBER", "STREET_NAME", "SECONDARY_ADDRESS", "CITY", "STATE", "ZIP_CODE"})
#: The model's other labels by the entity they are.
NUMBERS: Final = {
    "EMAIL": "EMAIL_ADDRESS",
    "PHONE": "PHONE_NUMBER",
    "URL": "URL",
    "TAX_ID": "NATIONAL_ID",
    "GOVERNMENT_ID": "NATIONAL_ID",
    "BANK_ACCOUNT": "BANK_ACCOUNT",
    "ROUTING_NUMBER": "BANK_ACCOUNT",
    "PASSPORT": "PASSPORT",
    "DRIVERS_LICENSE": "DRIVER_LICENSE",
}
#: Small words inside names.
PARTICLES: Final = (
    "de|del|della|di|da|do|dos|das|du|des|la|le|van|von|der|den|ter|ten|zu|zum|zur|vom"
    "|bin|ibn|ben|al|el|abu|st|y|e|af|av"
)
#: What may stand inside a name between two of its words.
WITHIN_NAME: Final = re.compile(
    rf"[ \t]*(?:(?:[^\W\d_]\.?|{PARTICLES})[ \t]+)*|[ \t]?[-'’][ \t]?|[^\W\d_]?['’]|\.[ \t]?", re.IGNORECASE
)
#: What may stand inside an address: separators, a number, a word that only addresses use, a town on a line of its own.
WITHIN_ADDRESS: Final = re.compile(
    r"[\s,.;:>?#()/\-–]*(?:(?:(?i:apt|apartment|suite|ste|unit|flat|floor|room|box|po|p\.o|psc|no|nr|n|n[°º]|bus|str|st|street"
    r"|road|rd|ave|avenue|lane|cedex|depto|edif|piano|interno|appartamento|interior|etage|app|bis|s/n)\.?"
    r"|[A-Za-z]|[A-Z]{2}|\d{1,8}(?:-\d{3,4})?)[\s,.;:>?#()/\-–]+){0,3}"
    r"(?:(?<=[,\n>])[ \t]*(?:[^\W\d_a-z][\w'’.-]*(?: |(?=[\s,]))){1,4}[\s,]*[,\n][\s,>]*)?",
)
BEFORE_ADDRESS: Final = re.compile(
    r"(?:(?<=\s)|(?<=^))(?:(?:\d{1,6}[a-z]?[\s,]+){1,2}|p\.? ?o\.? ?box[\s,]+)$", re.IGNORECASE
)
AFTER_ADDRESS: Final = re.compile(
    r"(?:[ \t]*(?i:st|street|rd|road|ave|avenue|lane|blvd)\b\.?)?"
    r"(?:[\s,>?\-]+(?:\d{3,6}(?:-\d{3,4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{2})"
    r"(?![\w-]))*",
)
#: A town we don't know, between the street and its postcode.
TOWN_BEHIND: Final = re.compile(
    r"[\s,>?]+(?:[^\W\d_a-z][\w'’.-]*(?: |(?=[\s,]))){1,4}[\s,]*(?:[A-Z]{2} )?\d{4,6}(?![\w-])"
)
ZIP_SAID: Final = re.compile(r"(?i)\b(?:zip|post ?code|postal|plz|code postal|cap|cep|c\.?p\.?)\b[^\n]{0,12}$")
COUNTRY: Final = re.compile(r"[\s,>?\-]+((?:[^\W\d_][\w'’.-]*(?: |(?![\w'’.-]))){1,4})(?:[\s,]*\d{3,6}(?![\w-]))?")


def candidates(text: str, words: Sequence[Word]) -> Iterator[Candidate]:
    """Everything the model's words amount to, in no particular order."""
    stretches = list(_relabelled(text, list(_stretches(list(_believed(text, words))))))
    yield from _people(text, [stretch for stretch in stretches if stretch.label in NAME])
    yield from _addresses(text, [stretch for stretch in stretches if stretch.label in ADDRESS])
    for stretch in stretches:
        if entity := NUMBERS.get(stretch.label):
            yield Candidate(stretch.start, stretch.end, entity, stretch.score, "model")


def _believed(text: str, words: Iterable[Word]) -> Iterator[Word]:
    """The words the model is sure of, those a list knows, and those with a capital that go on with a name."""
    behind = -1
    for word in words:
        goes_on = word.start == behind and word.label in NAME and word.score >= GOING_ON and text[word.start].isupper()
        if word.score >= BELIEVED or goes_on or _listed(text[word.start : word.end], word.label):
            yield word
            behind = word.end + 1 if word.label in NAME and text[word.end : word.end + 1] == " " else -1


def _listed(piece: str, label: str) -> bool:
    if not piece[:1].isupper() or len(piece) < 3:
        return False
    return is_name(piece) if label in NAME else label in {"CITY", "STATE"} and is_place(piece)


def _stretches(words: Iterable[Word]) -> Iterator[Stretch]:
    """Neighbouring words of one label, unless the second begins anew after a gap."""
    held: list[Word] = []
    for word in words:
        if held and not _goes_on(held[-1], word):
            yield _stretch(held)
            held = []
        held.append(word)
    if held:
        yield _stretch(held)


def _relabelled(text: str, stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """A word taken for a town or street that ends a name: "Scott Winters, 2 Moody Road"."""
    named = -1
    for stretch in stretches:
        word = text[stretch.start : stretch.end]
        ends = text[stretch.end : stretch.end + 1] in {",", ".", ";", "\n", ""}
        if stretch.start == named and ends and stretch.label in {"STREET_NAME", "CITY", "STATE"} and word.isalpha():
            stretch = stretch._replace(label="SURNAME")  # noqa: PLW2901
        named = stretch.end + 1 if stretch.label in NAME and text[stretch.end : stretch.end + 1] == " " else -1
        yield stretch


def _goes_on(last: Word, word: Word) -> bool:
    return word.label == last.label and (word.start == last.end or (not word.begins and word.start - last.end <= 2))


def _stretch(words: Sequence[Word]) -> Stretch:
    score = sum(word.score for word in words) / len(words)
    return Stretch(words[0].start, words[-1].end, words[0].label, round(score, 3))


def _people(text: str, stretches: Iterable[Stretch]) -> Iterator[Candidate]:
    """A given name takes on what follows it; a family name is followed by nothing but itself."""
    for group in _joined(text, stretches, WITHIN_NAME):
        person = _candidate(group, "PERSON")
        yield person._replace(score=max(person.score, BELIEVED))  # less only where a list knows the names


def _addresses(text: str, stretches: Iterable[Stretch]) -> Iterator[Candidate]:
    for group in _joined(text, stretches, WITHIN_ADDRESS):
        labels = {stretch.label for stretch in group}
        if "STREET_NAME" in labels or {"BUILDING_NUMBER", "SECONDARY_ADDRESS"} <= labels:
            yield _widened(text, _candidate(group, "STREET_ADDRESS"))
        elif labels & {"CITY", "STATE"}:
            yield _place(group)
        elif labels == {"ZIP_CODE"} and _is_postcode(text, group):
            yield _candidate(group, "POSTCODE")


def _is_postcode(text: str, group: Sequence[Stretch]) -> bool:
    """Of letters and digits, or said to be one: bare digits are anything."""
    piece = text[group[0].start : group[-1].end]
    start = max(0, group[0].start - 30)
    return any(map(str.isalpha, piece)) or ZIP_SAID.search(text, start, group[0].start) is not None


def _place(group: Sequence[Stretch]) -> Candidate:
    """A town without the number that was taken for a house's."""
    named = [i for i, stretch in enumerate(group) if stretch.label in {"CITY", "STATE", "ZIP_CODE"}]
    return _candidate(group[named[0] : named[-1] + 1], "LOCATION")


def _joined(text: str, stretches: Iterable[Stretch], within: re.Pattern[str]) -> Iterator[list[Stretch]]:
    held: list[Stretch] = []
    for stretch in stretches:
        if held and not _within(text, held[-1].end, stretch.start, within):
            yield held
            held = []
        held.append(stretch)
    if held:
        yield held


def _within(text: str, start: int, end: int, within: re.Pattern[str]) -> bool:
    return end - start <= WIDEST and within.fullmatch(text, start, end) is not None


def _candidate(group: Sequence[Stretch], entity: str) -> Candidate:
    """The best of the words speaks for the whole."""
    score = max(stretch.score for stretch in group)
    return Candidate(group[0].start, group[-1].end, entity, score, "model")


def _widened(text: str, address: Candidate) -> Candidate:
    """With the house number in front and the postcode, state and country behind that the model left out."""
    start, end = address.start, address.end
    if match := BEFORE_ADDRESS.search(text, max(0, start - 12), start):
        start = match.start()
    while match := AFTER_ADDRESS.match(text, end):
        if match.end() == end:
            break
        end = match.end()
    if match := TOWN_BEHIND.match(text, end):
        end = match.end()
    if (match := COUNTRY.match(text, end)) and (name := _country(match.group(1))):
        end = match.end() if match.end(1) == match.start(1) + len(name) else match.start(1) + len(name)
    return address._replace(start=start, end=end)


def _country(words: str) -> str:
    parts = words.split()
    for count in range(len(parts), 0, -1):
        name = words[: _position(words, parts, count)]
        if is_country(name.rstrip(".,")):
            return name.rstrip(".,")
    return ""


def _position(words: str, parts: Sequence[str], count: int) -> int:
    end = 0
    for part in parts[:count]:
        end = words.index(part, end) + len(part)
    return end
