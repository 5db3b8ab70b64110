"""What the values of a column look like as strings, before anything is concluded from it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

INTEGER: Final = re.compile(r"[+\-]?\d{1,3}(?:[,' ]\d{3})+|[+\-]?\d+")
DECIMAL: Final = re.compile(
    r"[+\-]?(?:[$€£¥]\s?)?(?:\d{1,3}(?:[,' .]\d{3})+|\d+)?(?:[.,]\d+)?(?:[eE][+\-]?\d+)?\s?[%€$£]?"
)
DATE: Final = re.compile(
    r"(?:\d{4}[\-/.]\d{1,2}[\-/.]\d{1,2}|\d{1,2}[\-/.]\d{1,2}[\-/.]\d{2,4}|(?:19|20)\d{2}[01]\d[0-3]\d"
    r"|\d{1,2}[ \-][^\W\d_]{3,10}\.?[ \-,]+\d{2,4}|[^\W\d_]{3,10}\.? \d{1,2},? \d{4})"
    r"(?:[T ,]+\d{1,2}:\d{2}.*)?"
)
TIME: Final = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[APap][Mm])?")
UUID: Final = re.compile(r"\{?[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}\}?")
DIGEST: Final = re.compile(r"(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128})")
URL: Final = re.compile(r"(?i)(?:https?|ftp)://\S+|www\.\S+\.\S+")
YEAR: Final = re.compile(r"(?:18|19|20)\d{2}")
#: How a program introduces itself to a server: Mozilla/5.0 (RFC 9110, "product").
AGENT: Final = re.compile(r"[A-Za-z][\w.\-]*/\d")
#: Signs of scripts that put no blank between words, and what a sentence in them has that a label has not.
UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
UNSPACED_SENTENCE: Final = re.compile(r"[。、，！？]|です|ます|[我你您吗]")
BOOLEAN: Final = frozenset(
    {"0", "1", "true", "false", "yes", "no", "y", "n", "t", "f", "oui", "non", "ja", "nein", "si", "sí", "on", "off"}
)
#: Cells that say there is no value.
NOTHING: Final = frozenset(
    {
        "-",
        "--",
        "---",
        ".",
        "..",
        "?",
        "N/A",
        "n/a",
        "NA",
        "NaN",
        "nan",
        "NULL",
        "null",
        "None",
        "#N/A",
        "\\N",
        "<NA>",
        "(null)",
    }
)
#: Characters of a value that the patterns look at.
LONGEST: Final = 300
#: Words and characters of a sentence; signs of one, and of a phrase, where no blanks are.
SENTENCE: Final = 6
SENTENCE_LENGTH: Final = 30
SENTENCE_SIGNS: Final = 10
PHRASE: Final = 3
PHRASE_SIGNS: Final = 6
#: Distinct values looked at; more do not change a share by more than a few points.
PROBE: Final = 200


@dataclass(frozen=True, slots=True)
class Shape:
    """Shares are of the probed distinct values; lengths in characters, words by spaces."""

    distinct: int
    cells: int
    probe: tuple[str, ...]
    weights: tuple[int, ...]
    numeric: float
    integer: float
    date: float
    uuid: float
    digest: float
    url: float
    alphabetic: float  # letters, spaces and the marks of names
    with_digits: float
    boolean: bool
    length: float
    longest: int
    words: float
    letters: float  # share of characters that are letters
    phrases: float  # several words
    sentences: float  # many words, most of them in lower case
    agents: float  # browsers and programs

    @property
    def uniqueness(self) -> float:
        return self.distinct / self.cells if self.cells else 0.0

    @property
    def cells_probed(self) -> int:
        """Cells that hold one of the probed values."""
        return sum(self.weights)

    @property
    def is_settled(self) -> bool:
        """Nine tenths are numbers, dates or identifiers by form: validators and header only, no language model."""
        return max(self.numeric, self.date, self.uuid, self.digest, self.url) >= 0.9

    @property
    def is_text(self) -> bool:
        """Sentences rather than labels: on the average, or one in four, as among the short answers of a chat."""
        if self.agents >= 0.8:
            return False
        long = self.words >= SENTENCE and self.length >= SENTENCE_LENGTH and self.letters > 0.5
        return long or self.sentences >= 0.25 or (self.longest > 200 and self.words >= 4)

    @property
    def has_phrases(self) -> bool:
        """Phrases, which are free text where the column is called so."""
        return self.phrases >= 0.25 and self.agents < 0.8 and not self.is_settled

    @property
    def kind(self) -> str:
        """The type a person would give the column."""
        if self.boolean:
            return "boolean"
        for name in ("uuid", "date", "url"):
            if getattr(self, name) >= 0.9:
                return name
        if self.integer >= 0.95:
            return "integer"
        if self.numeric >= 0.95:
            return "number"
        return "text" if self.is_text else "varchar"


def shape_of(values: tuple[str, ...]) -> Shape:
    """The shape of a column's filled cells."""
    counts = Counter(values)
    for word in NOTHING & counts.keys() if len(counts) > 1 else ():
        del counts[word]
    probe = _probe(counts)
    size = max(1, len(probe))
    short = [value[:LONGEST] for value in probe]
    integers = sum(INTEGER.fullmatch(value) is not None for value in short)
    dates = sum(map(_is_date, short))
    characters = sum(map(len, probe))
    return Shape(
        distinct=len(counts),
        cells=counts.total(),
        probe=tuple(probe),
        weights=tuple(counts[value] for value in probe),
        numeric=sum(any(map(str.isdigit, value)) and DECIMAL.fullmatch(value) is not None for value in short) / size,
        integer=integers / size,
        date=dates / size,
        uuid=sum(len(value) >= 32 and UUID.fullmatch(value) is not None for value in short) / size,
        digest=sum(len(value) >= 32 and DIGEST.fullmatch(value) is not None for value in short) / size,
        url=sum(URL.fullmatch(value) is not None for value in short) / size,
        alphabetic=sum(_is_alphabetic(value) for value in short) / size,
        with_digits=sum(any(map(str.isdigit, value)) for value in probe) / size,
        boolean=0 < len(counts) <= 3 and all(value.casefold() in BOOLEAN for value in counts),
        length=characters / size,
        longest=max(map(len, probe), default=0),
        words=sum(value.count(" ") + 1 for value in probe) / size,
        letters=sum(sum(map(str.isalpha, value)) for value in probe) / max(1, characters),
        phrases=sum(map(_is_phrase, short)) / size,
        sentences=sum(map(_is_sentence, short)) / size,
        agents=sum(AGENT.match(value) is not None for value in short) / size,
    )


def _probe(counts: Counter[str]) -> list[str]:
    """Evenly spaced over the sorted distinct values, so that no order of the file decides what is seen."""
    distinct = list(counts)
    if len(distinct) <= PROBE:
        return distinct
    distinct.sort()
    step = len(distinct) / PROBE
    return [distinct[int(position * step)] for position in range(PROBE)]


def _is_phrase(value: str) -> bool:
    return value.count(" ") + 1 >= PHRASE or len(UNSPACED.findall(value)) >= PHRASE_SIGNS


def _is_sentence(value: str) -> bool:
    if len(UNSPACED.findall(value)) >= SENTENCE_SIGNS:
        return UNSPACED_SENTENCE.search(value) is not None
    words = value.split() if len(value) >= SENTENCE_LENGTH else ()
    small = sum(word[0].isalpha() and not word[0].isupper() for word in words)
    return len(words) >= SENTENCE and 2 * small > len(words)


def _is_date(value: str) -> bool:
    return len(value) <= 40 and (DATE.fullmatch(value) is not None or TIME.fullmatch(value) is not None)


def _is_alphabetic(value: str) -> bool:
    value = value.rstrip("0123456789")
    return bool(value) and all(
        character.isalpha() or character in " '’.-,·" or ord(character) > 0x2FF for character in value
    )
