"""Names, places and closed value lists, loaded once when first needed. Sources and licences: data/README.md."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

DATA: Final = Path(__file__).parent / "data"


#: A company's mark alone is no company.
SHORTEST_NAME: Final = 4
#: A line of places has no more parts.
PARTS: Final = 4
#: What parts the words of a label.
BREAKS: Final = re.compile(r"[/_\-]")
#: The number that puts labels in order: "2. Married".
NUMBERED: Final = re.compile(r"^\d{1,2}[.):\-] ?(?=[^\W\d])")
#: Values that say nothing: they neither prove a list nor speak against it.
FILLERS: Final = frozenset(
    {
        "",
        "?",
        "-",
        "--",
        ".",
        "na",
        "n/a",
        "nan",
        "null",
        "none",
        "unknown",
        "missing",
        "other",
        "others",
        "unspecified",
        "undisclosed",
    }
)

#: Lists that make a word a special category of Art. 9, and the entity it is then.
GROUPS: Final = {"RELIGION": "RELIGION", "POLITICAL_PARTY": "POLITICS", "ETHNICITY": "ETHNICITY"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list: words that may occur, those that prove it, the share of distinct values that must be known."""

    words: frozenset[str]
    core: frozenset[str]
    least: float
    most: int
    tokens: bool
    suffixes: tuple[str, ...] = ()

    def holds(self, value: str, *, core: bool = False) -> bool:
        """Whether the value, or one of its words where the list is of words, is in the list."""
        words, key = (self.core if core else self.words), NUMBERED.sub("", folded(value))
        if key in words or (not self.tokens and "_" in key and key.replace("_", " ") in words):
            return True
        if not self.tokens:
            return False
        return any(
            (word := token.strip("(),.")) in words
            or word.removesuffix("s") in words
            or (len(word) > 1 and word.endswith(self.suffixes))
            for token in BREAKS.sub(" ", key).split()
        )


@cache
def _lines(name: str) -> frozenset[str]:
    return frozenset((DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines())


@cache
def _codes(name: str) -> Mapping[str, str]:
    """Places with the codes of the countries they lie in, parted by blanks, the likelier first."""
    parted = (line.partition("\t") for line in (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines())
    return {place: codes for place, _, codes in parted}


def _alternatives(name: str) -> str:
    return "|".join(re.escape(word) for word in sorted(_lines(name), key=len, reverse=True))


@cache
def _organisation() -> re.Pattern[str]:
    """Marks of a company or institution, in the languages of the lexicon."""
    return re.compile(
        rf"(?i)(?<!\w)(?:{_alternatives('organisations')})(?!\w)|株式会社|有限会社|合同会社|有限公司|公司$|集团$|\(주\)|\(유\)|주식회사|유한회사|㈜|事務所$"
        r"|[^\W\d_]+, [^\W\d_]+ (?:and|et|und|y|e|en|i|&) [^\W\d_]+|[^\W\d_]+ & [^\W\d_]+"
    )


@cache
def _street() -> re.Pattern[str]:
    """Street words, standing alone or at the end of a name; Japanese blocks."""
    alone, ending = _alternatives("streets"), _alternatives("street_endings")
    return re.compile(
        rf"(?i)\b(?:{alone})(?:\b|(?<=/))\.?|[^\W\d_]{{2,}}(?:{ending})(?:\b|(?<=\.))|丁目|番地|\d+[番号]|[\u3040-\u9fff]\d+-\d+"
        r"|[\u4e00-\u9fff](?:路|街|巷|弄|胡同)|[\uac00-\ud7af\d](?:로|길|가) ?\d"
    )


@cache
def plain_words() -> frozenset[str]:
    return frozenset((DATA / "plain_words.txt").read_text(encoding="utf-8").split())


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    raw: dict[str, dict[str, Any]] = yaml.safe_load((DATA / "vocabularies.yaml").read_text(encoding="utf-8"))
    return {
        name: Vocabulary(
            words=frozenset(folded(str(word)) for word in entry["words"]),
            core=frozenset(folded(str(word)) for word in entry.get("core", entry["words"])),
            least=float(entry["least"]),
            most=int(entry["most"]),
            tokens=bool(entry.get("tokens", False)),
            suffixes=tuple(entry.get("suffixes", ())),
        )
        for name, entry in raw.items()
    }


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()


def is_given(word: str) -> bool:
    return folded(word) in _lines("given")


def is_family(word: str) -> bool:
    return folded(word) in _lines("family")


def begins_with_family(word: str) -> bool:
    """Whether a name in Chinese signs or Korean syllables begins with a family's: 王小明, 김민준, 山本裕太."""
    return any(word[:size] in _lines("family_signs") for size in (1, 2, 3) if size < len(word))


def is_name(word: str) -> bool:
    return is_given(word) or is_family(word)


def is_place(text: str) -> bool:
    """A town, a state, or a line of them: porto, portugal."""
    key = folded(text)
    if "," in key:
        parts = [part.strip() for part in key.split(",")]
        return len(parts) <= PARTS and is_place(parts[0]) and (is_place(parts[-1]) or is_country(parts[-1]))
    return key in _codes("places") or key in _lines("regions")


def is_country(text: str) -> bool:
    return folded(text) in _codes("countries")


def countries_of(text: str) -> list[str]:
    """ISO 3166-1 codes of the country that a name of a country or town speaks for; none where there are several."""
    key = folded(text)
    codes = (_codes("countries").get(key) or _codes("places").get(key, "")).split()
    return codes if len(codes) == 1 else []


@cache
def _region_codes() -> frozenset[str]:
    return frozenset((DATA / "region_codes.txt").read_text(encoding="utf-8").split())


def is_region_code(text: str) -> bool:
    """Two or three letters of a country (ISO 3166-1) or of a state or province of a large one."""
    return text.upper() in _region_codes()


def ends_like_place(text: str) -> bool:
    """By the last syllable of its first word: -ville, -burg, -stadt, 市."""
    return _place_ending().search(folded(text)) is not None


@cache
def _place_ending() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives('place_endings')})(?:$|[ ,\-(])")


def starts_with_name(text: str) -> bool:
    """A login such as jsmith, maria.k or lopez77: it begins or ends with a name of four letters and more."""
    letters = "".join(character if character.isalpha() else " " for character in text).split()
    return any(
        is_name(part)
        or any(is_name(part[:end]) for end in range(4, min(len(part), 11)))
        or any(is_name(part[start:]) for start in range(1, min(3, len(part) - 3)))
        for part in letters
        if len(part) >= 4
    )


def group_of(word: str) -> str:
    """What a word for a group of people names: NATIONALITY, RELIGION, POLITICS or ETHNICITY; "" for none we know.

    A language model's "nationality, religious or political group" is as often a surname or a brand.
    """
    key = folded(word)
    for name, entity in GROUPS.items():
        if key in vocabularies()[name].core:
            return entity
    return "NATIONALITY" if key in vocabularies()["COUNTRY_NATIONALITY"].words else ""


def is_organisation(text: str) -> bool:
    return (len(text) > SHORTEST_NAME or " " in text) and _organisation().search(text) is not None


def names_street(text: str) -> bool:
    """A street word, with or without a number."""
    return _street().search(text) is not None


def is_street(text: str) -> bool:
    """A street word and a number, or a post box."""
    return any(map(str.isdigit, text)) and _street().search(text) is not None
