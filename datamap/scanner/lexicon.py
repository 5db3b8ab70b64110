"""Proposes what a column holds from its name alone: header words in nine languages, with words that say the opposite.

A header only proposes; values decide (`scan`). `phone_model` is no phone, `address_type` no address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from core.types import Category, Identifying, Reason
from datamap.scanner import words, words_more, words_people
from datamap.scanner.words import Entry

#: At or above this a proposal is worth showing beside a schema field that has no values.
WORTH_SHOWING: Final = 0.35
#: Longest header looked at; what is beyond says nothing more.
MAX_NAME: Final = 200
#: A word of this length may be the beginning of a longer one.
CUT: Final = 8

_SENSITIVE: Final = frozenset(
    {Category.HEALTH, Category.CRIMINAL, Category.GENETIC, Category.BIOMETRIC, Category.SEX_LIFE}
)
_COUNTING: Final = frozenset(
    {
        "percent",
        "pct",
        "perc",
        "share",
        "prop",
        "proportion",
        "median",
        "mean",
        "rate",
        "is",
        "has",
        "num",
        "nb",
        "n",
        "count",
        "cnt",
        "total",
        "max",
        "min",
        "avg",
        "default",
        "anzahl",
        "liczba",
    }
)
#: Count or measure whatever stands before them.
_MEASURING: Final = frozenset(
    {"count", "counts", "cnt", "rate", "rates", "ratio", "total", "percent", "pct", "population", "days"}
)
_RACING: Final = frozenset(
    {"name", "date", "time", "day", "number", "no", "round", "result", "results", "winner", "track", "distance"}
)
#: Lose their meaning beside words we don't know: market_cap, sin_theta, race_time, page_age.
_WEAK: Final = frozenset(words.WEAK.split())
#: Small words headers leave out: `nom_famille` for "nom de famille".
_LINKS: Final = frozenset(words.LINKS.split())
#: May hold a person or a company; "thing" words beside them say which.
_PLACES: Final = frozenset({"LOCATION", "POSTCODE", "URL", "PHOTO", "FREE_TEXT", "EDUCATION", "EMPLOYER"})
_REFERENCES: Final = frozenset({"FREE_TEXT", "JOB", "PHOTO", "EMPLOYMENT", "BEHAVIOUR"})
_NAME_PREFIXES: Final = frozenset(words.NAME_PREFIXES.split())
_OF_PERSONS: Final = frozenset(words.OF_PERSONS.split())
_KEYS: Final = frozenset({"id", "uuid", "guid", "pk", "identifier", "identifiant", "ident", "kennung", "ref"})
_ROWS: Final = frozenset(
    {"row", "line", "job", "transaction", "trans", "record", "entry", "sample", "test", "visit", "booking", "ticket"}
)
_ROLES: Final = frozenset(words.ROLES.split())

#: What every table and file is: of furniture and cabinets they say nothing.
_FILES: Final = frozenset(
    {"table", "tables", "file", "files", "data", "dataset", "sheet", "tab", "export", "sample", "list"}
)
#: Beside these words of people a table is about something else.
_OF_SYSTEMS: Final = frozenset({"product", "item", "role", "setting", "config", "type"})

#: What headers are read with; a phrase that two entries name belongs to the first.
ENTRIES: Final = (*words_people.ENTRIES, *words.ENTRIES, *words_more.ENTRIES)
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SPLIT: Final = re.compile(r"[^0-9a-z\u0400-\u04ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af〒]+")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af〒]")
_KEEP_DIGITS: Final = re.compile(
    r"ipv[46]|icd(9|10)|brca[12]|cvv2|spo2|hba1c|zip[345]|ssn4|addr(ess)?[12]|phone[12]|sha\d+|md5"
)
_FOLD: Final = str.maketrans(
    {"ł": "l", "ı": "i", "İ": "I", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d"}
)


#: Headers that say nothing: x, V12, col_3, field.
OPAQUE: Final = re.compile(
    r"(?i)(?:unnamed|column|col|field|feature|feat|attribute|attr|var|variable|value|[a-z])?[ _:\-.]*\d{0,4}"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a name suggests. `entity` is Presidio's word where it has one, "" where nothing was found."""

    category: Category
    identifying: Identifying
    entity: str
    confidence: float
    reasons: tuple[Reason, ...] = ()


NOTHING: Final = Proposal(Category.NONE, Identifying.NONE, "", 0.0)


@dataclass(frozen=True, slots=True)
class _Match:
    entry: Entry
    word: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def around(self) -> tuple[str, ...]:
        return self.before + self.after


def tokens(name: str) -> tuple[str, ...]:
    """Words of a header: camelCase, snake_case and glued words apart, lower case, accents folded, digits dropped."""
    parts: list[str] = []
    for raw in _SPLIT.split(_fold(_CAMEL.sub(" ", name[:MAX_NAME].translate(_FOLD))).lower()):
        parts.extend(_pieces(raw))
    return tuple(part for part in parts if part)


def propose(name: str, *, table: str = "", type_: str = "") -> Proposal:
    """What a column called `name` likely holds, given its table and its declared type (any SQL or JSON type word).

    `name` may be a path (`orders[].customer.email`): its last part is judged, the others are context like the table.
    """
    *parents, leaf = (part for part in name.replace("[]", "").split(".") if part) if name.strip(".[] ") else ("",)
    found = _propose(leaf.strip(), " ".join((table, *parents)).strip(), _kind_of_type(type_))
    if found == NOTHING and len(parents) == 1:
        return _propose(f"{parents[0]} {leaf}".strip(), table, _kind_of_type(type_))  # state.abb, birth.year
    return found


@lru_cache(maxsize=20_000)
def _propose(leaf: str, table: str, kind: str) -> Proposal:
    parts = tokens(leaf)
    if not parts:
        return NOTHING
    spelled = _spelled(parts)
    found = _proposed(parts, leaf, table, kind)
    return found if found.reasons or spelled == parts else _proposed(spelled, leaf, table, kind)


def _proposed(parts: tuple[str, ...], leaf: str, table: str, kind: str) -> Proposal:
    people, things = _about_people(table), _about_things(table)
    found = _whole_person(parts, leaf) or _best(parts) or _bare_name(parts, people=people, things=things)
    found = found or _illness(parts)
    if found is None:
        return _own_id(parts, table) if people else NOTHING
    if isinstance(found, Reason):
        return replace(NOTHING, reasons=(found,))
    return _fit_type(_in_table(found, table, people=people, things=things), kind)


def _best(parts: tuple[str, ...]) -> Proposal | Reason | None:
    """The longest phrase of the lexicon in the header, judged by the words beside it."""
    denied: Reason | None = None
    for match in _matches(parts):
        proposal = _judge(match)
        if isinstance(proposal, Reason):
            denied = denied or proposal
        elif proposal is not None:
            return proposal
    return denied


def _judge(match: _Match) -> Proposal | Reason | None:
    entry, factor = match.entry, 1.0
    unknown = [word for word in match.around if len(word) > 1 and word not in _known()]
    if match.word in _WEAK and (unknown or set(match.around) & (_things() | _qualifiers())):
        return None
    sensitive = entry.category in _SENSITIVE
    if match.word == "race" and set(match.around) & _RACING:
        return None
    for word in match.after:
        if word in _MEASURING and word not in _people():
            return Reason("lexicon.negative", {"word": word})
        if word in _heads() and word not in _people():
            if not sensitive:
                return Reason("lexicon.negative", {"word": word})
            factor = 0.85
    for word in match.before:
        if word in _COUNTING and not sensitive:
            return Reason("lexicon.negative", {"word": word})
        if word in _qualifiers() and word not in _people():
            if entry.entity == "PERSON":
                return Reason("lexicon.negative", {"word": word})
            factor *= 0.4 if entry.entity in _PLACES else 0.75
    if entry.entity in _REFERENCES and match.after[-1:] in (("id",), ("key",), ("uuid",)):
        return Reason("lexicon.negative", {"word": match.after[-1]})
    if entry.entity == "LOCATION" and entry.identifying is Identifying.DIRECT and match.after[-1:] == ("id",):
        return Reason("lexicon.negative", {"word": "id"})
    if entry.entity == "LOCATION" and match.after[-1:] == ("id",):
        factor *= 0.6  # a key into a list of places
    if unknown:
        factor *= 0.6 if set(unknown) & set(match.after) else 0.85
    if set(match.around) & {"hash", "hashed", "sha", "md5", "masked"}:
        factor *= 0.75
    return _proposal(entry, match.word, factor)


def _illness(parts: tuple[str, ...]) -> Proposal | None:
    """A word made as words for illnesses and operations are: cholecystitis, thrombocytopenia."""
    word = next(
        (part for part in parts if len(part) >= CUT and part.endswith(_endings()) and part not in _no_illness()), ""
    )
    return replace(_proposal(_entry_of("HEALTH"), word, 0.85), identifying=Identifying.QUASI) if word else None


@cache
def _endings() -> tuple[str, ...]:
    return tuple(words_people.MEDICAL_ENDINGS.split())


@cache
def _no_illness() -> frozenset[str]:
    return frozenset(words_people.NO_ILLNESS.split())


def _bare_name(parts: tuple[str, ...], *, people: bool, things: bool) -> Proposal | Reason | None:
    """A column called just "name": the words beside it, then the table, say whether it is a person's."""
    at = next(
        (i for i, part in enumerate(parts) if part in _bare_names() or any(w in part for w in _cjk_names())), None
    )
    if at is None:
        if parts == ("title",) and people:
            return _proposal(_entry_of("JOB"), "title", 0.6)
        return None
    around = [word for i, word in enumerate(parts) if i != at]
    negative = next(
        (word for word in around if (word in _qualifiers() | _things() | _heads()) and word not in _people()), None
    )
    if negative or _CJK.search(parts[at]) and _contains(parts[at], _cjk(words.NEGATIVE_QUALIFIERS)):
        return Reason("lexicon.negative", {"word": negative or parts[at]})
    person = _entry_of("PERSON")
    if any(word in _people() for word in around):
        return _proposal(person, " ".join(parts), 0.98)
    meaningful = [word for word in around if len(word) > 1 and word not in _neutral()]
    if meaningful:
        return None
    if things:
        return Reason("lexicon.table", {"word": parts[at]})
    return _proposal(person, parts[at], 0.92 if people else 0.6)


def _whole_person(parts: tuple[str, ...], leaf: str) -> Proposal | None:
    """`customer_id`, `created_by`, `patient`: a key of a person, or a person under the name of what they do."""
    core = [part for part in parts if part not in _neutral()]
    glued = "".join(parts)
    if glued in _actors():
        code = "lexicon.role" if glued in _roles() else "lexicon.word"
        return Proposal(Category.IDENTITY, Identifying.DIRECT, "PERSON", 0.5, (Reason(code, {"word": leaf}),))
    whose = len(parts) > 1 and parts[-1] in _id_words() and bool(core)
    someone = _people() | _actors()
    if len(parts) > 1 and parts[0] == "id" and all(part in someone for part in parts[1:]) and glued not in _phrases():
        parts, whose = (*parts[1:], "id"), True
        core = list(parts[:-1])
    if whose and (all(part in someone for part in core) or parts[-2] in someone):
        if glued in _phrases():
            return None
        return Proposal(
            Category.ONLINE_ID, Identifying.DIRECT, "PERSON_ID", 0.6, (Reason("lexicon.person_id", {"word": leaf}),)
        )
    return None


def _own_id(parts: tuple[str, ...], table: str) -> Proposal:
    if parts[0] in _id_words() and len(parts) == 1:
        return Proposal(
            Category.ONLINE_ID, Identifying.DIRECT, "PERSON_ID", 0.45, (Reason("lexicon.table", {"word": table}),)
        )
    return NOTHING


def _in_table(found: Proposal, table: str, *, people: bool, things: bool) -> Proposal:
    """A table of people strengthens a proposal, a table of things weakens what a thing may have too."""
    if people:
        reasons = (*found.reasons, Reason("lexicon.table", {"word": table}))
        return replace(found, confidence=round(min(found.confidence + 0.05, 0.98), 3), reasons=reasons)
    if (
        things
        and found.category not in _SENSITIVE
        and found.entity not in {"US_SSN", "NATIONAL_ID", "DATE_OF_BIRTH", "EMAIL_ADDRESS"}
    ):
        return replace(
            found,
            confidence=round(found.confidence * 0.6, 3),
            reasons=(*found.reasons, Reason("lexicon.thing", {"word": table})),
        )
    return found


_DATES_ONLY_FOR: Final = frozenset(
    {"DATE_OF_BIRTH", "EMPLOYMENT", "BEHAVIOUR", "EDUCATION", "CHILDREN", "AGE", "MARITAL_STATUS", "CREDIT_CARD"}
)
_NO_NUMBERS: Final = frozenset({"EMAIL_ADDRESS", "USERNAME", "FREE_TEXT", "URL", "PHOTO", "PASSWORD", "IP_ADDRESS"})


def _fit_type(found: Proposal, kind: str) -> Proposal:
    """A boolean `email` is a switch, a timestamp `phone` a moment, a numeric `customer` a key."""
    sensitive = found.category in _SENSITIVE
    wrong = (
        (kind == "boolean" and not sensitive and found.entity not in {"MARITAL_STATUS", "NRP", "TRADE_UNION", "GENDER"})
        or (kind == "date" and not sensitive and found.entity not in _DATES_ONLY_FOR)
        or (kind == "number" and found.entity in _NO_NUMBERS)
    )
    if wrong:
        return replace(NOTHING, reasons=(Reason("lexicon.type", {"type": kind}),))
    if kind == "number" and found.entity == "PERSON":
        return Proposal(Category.ONLINE_ID, Identifying.DIRECT, "PERSON_ID", min(found.confidence, 0.5), found.reasons)
    return found


def _proposal(entry: Entry, word: str, factor: float) -> Proposal:
    return Proposal(
        entry.category,
        entry.identifying,
        entry.entity,
        round(entry.weight * factor, 3),
        (Reason("lexicon.word", {"word": word}),),
    )


# ---------------------------------------------------------------- matching


def _matches(parts: tuple[str, ...]) -> Iterator[_Match]:
    """Phrases found in the header, longest first, then rightmost: in English the head of a name stands last."""
    found: list[tuple[int, int, _Match]] = []
    for start in range(len(parts)):
        for stop in range(start + 1, min(start + 5, len(parts)) + 1):
            glued = "".join(parts[start:stop])
            entry = _phrases().get(glued) or _phrases().get(glued.removesuffix("s") if len(glued) > 4 else glued)
            if entry:
                word = glued if stop == start + 1 else " ".join(parts[start:stop])
                found.append((len(glued), start, _Match(entry, word, parts[:start], parts[stop:])))
    for index, part in enumerate(parts):
        if _CJK.search(part):
            found.extend(_cjk_matches(part, index, parts))
    return (match for _, _, match in sorted(found, key=lambda item: item[:2], reverse=True))


def _cjk_matches(part: str, index: int, parts: tuple[str, ...]) -> Iterator[tuple[int, int, _Match]]:
    """Japanese has no word breaks: the longest known word inside the text, what surrounds it is context."""
    for word, entry in _cjk_phrases():
        at = part.find(word)
        if at < 0 or (len(word) == 1 and part != word):
            continue
        before, after = part[:at], part[at + len(word) :]
        if _contains(after, _cjk(words.NEGATIVE_HEADS)) or _contains(before, _cjk(words.NEGATIVE_QUALIFIERS)):
            continue
        yield len(word) * 3, index, _Match(entry, word, parts[:index], parts[index + 1 :])


def _about_people(table: str) -> bool:
    parts = tokens(table)
    people = _people() - _NAME_PREFIXES
    return (
        bool(parts)
        and any(
            part in people or part.removesuffix("s") in people or _contains(part, _cjk(words.PEOPLE)) for part in parts
        )
        and not (parts[-1] in _things() - _FILES or set(parts) & _OF_SYSTEMS)
    )


def _about_things(table: str) -> bool:
    parts = tokens(table)
    things = _things() - _FILES
    return not _about_people(table) and any(part in things or _contains(part, _cjk(words.THINGS)) for part in parts)


@lru_cache(maxsize=5_000)
def table_kind(table: str) -> str:
    """What a table is about by its name: "people", "things", or "" where it does not say."""
    return "people" if _about_people(table) else "things" if _about_things(table) else ""


@lru_cache(maxsize=5_000)
def says_person(name: str) -> bool:
    """Whether a header says whose its values are: `birth_place`, `customer_city`, `homeAddress`, `first name`."""
    parts = tokens(name)
    if any(part in _people() - _NAME_PREFIXES or part in _OF_PERSONS for part in parts):
        return True
    if any(part.startswith(word) for part in parts if len(part) > CUT for word in _OF_PERSONS if len(word) > 4):
        return True
    return any(len("".join(parts)) > 4 and match.entry.entity == "PERSON" for match in _matches(parts))


@lru_cache(maxsize=5_000)
def says_animal(name: str) -> bool:
    """Whether a header or the name of a table speaks of animals: `species`, `breed`, `cow_id`, `penguins`."""
    return any(part in _animals() or part.removesuffix("s") in _animals() for part in tokens(name))


@cache
def _animals() -> frozenset[str]:
    return frozenset(words_people.ANIMALS.split())


@lru_cache(maxsize=5_000)
def names_thing(name: str) -> bool:
    """Whether a header is a word for a thing and nothing else: `product`, `Brand`, `team colour`."""
    parts = tokens(name)
    return (
        bool(parts)
        and all(part in _things() | _qualifiers() | _heads() for part in parts)
        and not (set(parts) & (_people() | _bare_names()))
    )


@lru_cache(maxsize=5_000)
def is_key(name: str) -> bool:
    """Whether a header is the word for a key and nothing else: `id`, `ID`, `uuid`."""
    parts = tokens(name)
    return bool(set(parts) & _KEYS) and all(part in _KEYS or len(part) == 1 for part in parts)


@lru_cache(maxsize=5_000)
def ends_in_key(name: str) -> bool:
    """Whether a header is a key of something that is not known to be a thing: `govtrack_id`, `laufende_nr`."""
    *words_before, last = tokens(name) or ("",)
    things = _things() | _qualifiers() | _heads() | _ROWS
    return last in _KEYS and bool(words_before) and not any(part in things for part in words_before)


@lru_cache(maxsize=5_000)
def names_role(name: str) -> bool:
    """Whether a header names somebody by what they did to a thing: the author of a book, the owner of a task."""
    return any(part in _ROLES or part.removesuffix("s") in _ROLES for part in tokens(name))


def _kind_of_type(type_: str) -> str:
    """boolean, date, number or text ("" where the type says nothing)."""
    lowered = type_.lower()
    if re.match(r"\W*(bool|bit\b|tinyint\(1\))", lowered):
        return "boolean"
    if re.match(r"\W*(date|time|timestamp|datetime|smalldatetime)", lowered):
        return "date"
    if re.match(
        r"\W*(u?int|integer|bigint|smallint|tinyint|mediumint|serial|bigserial|float|double|real|decimal|numeric|number|money|long\b)",
        lowered,
    ):
        return "number"
    return "text" if re.match(r"\W*(var|n?char|text|string|clob|utf|citext)", lowered) else ""


# ---------------------------------------------------------------- words


def _fold(text: str) -> str:
    """Latin letters without accents; kana keep their voicing marks."""
    folded = unicodedata.normalize("NFKC", text)
    if _CJK.search(folded):
        return folded
    return "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))


def _spelled(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Short forms written out, and long words that an old system cut off made whole."""
    return tuple(_whole_words(part) if len(part) >= CUT else _short().get(part, part) for part in parts)


@lru_cache(maxsize=20_000)
def _whole_words(part: str) -> str:
    if part in _vocabulary():
        return part
    longer = [word for word in _vocabulary() if len(word) > len(part) and word.startswith(part)]
    return min(longer, key=len) if longer else part


@cache
def _short() -> dict[str, str]:
    pairs = (pair.partition(" ") for pair in _split(words.SHORT))
    return {short: whole for short, _, whole in pairs}


def _pieces(raw: str) -> Iterable[str]:
    if not raw or _CJK.search(raw):
        return (raw,)
    if _KEEP_DIGITS.fullmatch(raw) or raw in _vocabulary():
        return (raw,)
    for part in (stripped := re.sub(r"\d+", " ", raw)).split():
        if part != raw and part in _vocabulary():
            continue
        break
    return tuple(piece for part in stripped.split() for piece in _segment(part))


@lru_cache(maxsize=20_000)
def _segment(token: str) -> tuple[str, ...]:
    """Splits glued words ("custphonenumber") where known words cover the whole; the fewest, longest ones win."""
    if token in _vocabulary() or not 6 <= len(token) <= 40:
        return (token,)
    best: list[tuple[str, ...] | None] = [(), *[None] * len(token)]
    for stop in range(1, len(token) + 1):
        for start in range(max(0, stop - 18), stop):
            head, piece = best[start], token[start:stop]
            if head is None or piece not in _vocabulary() or (len(piece) < 3 and piece not in {"id", "ip", "no", "nr"}):
                continue
            if (known := best[stop]) is None or len(head) + 1 < len(known):
                best[stop] = (*head, piece)
    return best[-1] or (token,)


def _contains(text: str, candidates: Iterable[str]) -> bool:
    return any(word in text for word in candidates)


def _split(text: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in text.split(";") if word.strip())


@cache
def _cjk(text: str) -> tuple[str, ...]:
    return tuple(word for word in _split(text) if _CJK.search(word))


@cache
def _set(text: str) -> frozenset[str]:
    return frozenset(word.replace(" ", "") for word in _split(text))


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in ENTRIES:
        for phrase in _split(entry.words):
            whole = _fold(phrase).lower().split()
            found.setdefault("".join(whole), entry)
            found.setdefault("".join(word for word in whole if word not in _LINKS) or "".join(whole), entry)
    return found


@lru_cache(maxsize=1)
def _cjk_phrases() -> tuple[tuple[str, Entry], ...]:
    return tuple((phrase, entry) for phrase, entry in _phrases().items() if _CJK.search(phrase))


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Every single word any list knows: what glued headers are cut into."""
    lists = (
        words.NEGATIVE_HEADS,
        words.NEGATIVE_QUALIFIERS,
        words.PEOPLE,
        words_more.PEOPLE,
        words.THINGS,
        words.ACTORS,
        words_more.ACTORS,
        words.ID_WORDS,
        words.BARE_NAME,
    )
    texts = (*lists, *(entry.words for entry in ENTRIES))
    singles = {word for text in texts for phrase in _split(text) for word in phrase.split()}
    wholes = {phrase for phrase in _phrases() if len(phrase) >= 4}
    return frozenset(word for word in singles | wholes if len(word) > 1)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return _people() | _neutral() | _id_words() | _qualifiers() | frozenset(_phrases())


def _entry_of(entity: str) -> Entry:
    return next(entry for entry in ENTRIES if entry.entity == entity)


@lru_cache(maxsize=1)
def _people() -> frozenset[str]:
    return frozenset(
        word
        for phrase in (*_split(words.PEOPLE), *_split(words_more.PEOPLE))
        for word in (phrase.replace(" ", ""), *(phrase.split() if " " not in phrase else ()))
    )


def _things() -> frozenset[str]:
    return _set(words.THINGS)


def _heads() -> frozenset[str]:
    return _set(words.NEGATIVE_HEADS)


def _qualifiers() -> frozenset[str]:
    return _set(words.NEGATIVE_QUALIFIERS)


def _actors() -> frozenset[str]:
    return _set(words.ACTORS) | _roles()


def _roles() -> frozenset[str]:
    return _set(words_more.ACTORS)


def _id_words() -> frozenset[str]:
    return _set(words.ID_WORDS)


def _neutral() -> frozenset[str]:
    return _set(words.NEUTRAL)


def _bare_names() -> frozenset[str]:
    return _set(words.BARE_NAME)


def _cjk_names() -> tuple[str, ...]:
    return _cjk(words.BARE_NAME)
