"""Examples that show what a value looks like and not what it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from core.types import Identifying
from datamap.scanner.gazetteer import folded, is_name, plain_words

#: Ends of domains that many share.
TOPS: Final = frozenset({"com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "example", "test", "invalid"})
WINDOW: Final = 72
STARS: Final = 5
#: Where a sentence ends, so that the next capital says nothing.
ENDED: Final = re.compile(r"(?:[.!?:;…]|\A)[\"'»)\s]*\Z|\n\s*\Z")
#: Letters that are words by themselves, or stand behind an apostrophe.
LETTERS: Final = frozenset("aeioyuwzàéóавиксуоя")
SHORTENED: Final = frozenset("mstdlncj")
#: Plain words that some list of names has, too, and that begin sentences: no more than a pronoun is told by them.
BEGINNINGS: Final = frozenset(
    (
        *(
            "an",
            "my",
            "she",
            "he",
            "us",
            "were",
            "too",
            "must",
            "more",
            "each",
            "ever",
            "else",
            "are",
            "is",
            "in",
            "on",
            "no",
        ),
        *(
            "en",
            "les",
            "ma",
            "dans",
            "sur",
            "le",
            "la",
            "il",
            "je",
            "te",
            "que",
            "se",
            "al",
            "el",
            "su",
            "una",
            "con",
            "mi",
            "me",
        ),
        *(
            "es",
            "die",
            "sie",
            "wir",
            "ich",
            "der",
            "das",
            "den",
            "per",
            "lo",
            "un",
            "io",
            "si",
            "da",
            "do",
            "na",
            "to",
            "ja",
            "ta",
        ),
        *("de", "het", "een", "ik", "we", "ze"),
    )
)


@cache
def _run() -> re.Pattern[str]:
    """Letters, digits and the marks that belong to letters: an Indian vowel is no letter to `re`."""
    marks = "".join(chr(i) for i in range(0x300, 0x10000) if unicodedata.category(chr(i)).startswith("M"))
    return re.compile(rf"(?:[^\W_]|[{marks}])+")


def mask(value: str, identifying: Identifying = Identifying.DIRECT) -> str:
    """Shape kept, content gone: `j***@e***.com`, `M*** A***`, `19**`, `Por**`.

    A direct identifier keeps the first character of its first two parts; anything else at most a third of each part.
    """
    text = " ".join(value.split())[:48]
    if "@" in text:
        return _mask_address(text)
    parts = 0

    def hide(match: re.Match[str]) -> str:
        nonlocal parts
        parts += 1
        run = match.group()
        kept = _kept(run, identifying, parts)
        return run[:kept] + "*" * min(len(run) - kept, STARS)

    return str(_run().sub(hide, text))


def _mask_address(text: str) -> str:
    """Of what stands behind the last dot, only what is no name stays: a country's two letters, com and its like."""
    local, _, domain = text.partition("@")
    name, dot, top = domain.rpartition(".")
    shown = top if top.lower() in TOPS or (len(top) == 2 and top.isalpha()) else "***"
    return f"{local[:1]}***@{name[:1]}***.{shown}" if local and name and dot else f"{local[:1]}***@***"


def _kept(run: str, identifying: Identifying, part: int) -> int:
    if len(run) < 3:
        return 0
    if identifying is Identifying.DIRECT:
        return 1 if part <= 2 else 0
    return min(3, len(run) // 3) if not run.isdigit() else min(2, len(run) // 2)


def mask_text(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """A stretch of free text round its first entity, every entity replaced by its name, every uncommon word hidden.

    What the models missed must not stay readable either: a word stays if it is frequent in its language and, in this
    place, no name. So nothing depends on a model, a language or a script.
    """
    ordered = _merged(spans)
    start = max(0, ordered[0][0] - WINDOW // 3) if ordered else 0
    pieces = []
    position = start = _word_start(text, start)
    for begin, end, entity in ordered:
        if begin < position:
            continue
        pieces.append(_plain(text, position, begin))
        pieces.append(f"‹{entity}›")
        position = end
        if position - start > WINDOW:
            break
    stop = max(position, start + WINDOW)
    cut = len(text) > stop
    pieces.append(_plain(text, position, text.rfind(" ", position, stop) if cut else stop) + "…" * cut)
    return " ".join(("…" * bool(start) + "".join(pieces)).split())


def _merged(spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    result: list[tuple[int, int, str]] = []
    for begin, end, entity in sorted(spans):
        if result and begin < result[-1][1]:
            last = result[-1]
            result[-1] = (last[0], max(last[1], end), last[2])
        else:
            result.append((begin, end, entity))
    return result


def _word_start(text: str, position: int) -> int:
    while 0 < position < len(text) and not text[position - 1].isspace():
        position -= 1
    return position


def _plain(text: str, start: int, end: int) -> str:
    return "".join(_shown(text, start, max(start, end)))


def _shown(text: str, start: int, end: int) -> Iterator[str]:
    """The stretch with its uncommon words hidden. A word reaching over the end counts as it is, cut off."""
    position = start
    for match in _run().finditer(text, start, end):
        yield text[position : match.start()]
        word = match.group()
        yield word if _may_stay(text, match.start(), match.end()) else "*" * min(len(word), STARS)
        position = match.end()
    yield text[position:end]


def _may_stay(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    low = folded(word)
    if len(word) == 1:
        return _lone(text, start, low)
    if low not in plain_words():
        return False
    if not is_name(word) or word.islower():
        return not is_name(word) or not _beside_name(text, start, end)
    return low in BEGINNINGS and ENDED.search(text, max(0, start - 6), start) is not None


def _lone(text: str, start: int, letter: str) -> bool:
    """No digit, no initial, no sign that is a whole name in its script."""
    if start and text[start - 1] in "'’":
        return letter in SHORTENED or letter in LETTERS
    if text[start + 1 : start + 2] in {"'", "’"}:
        return letter in SHORTENED or letter in LETTERS
    return text[start] == "I" or (letter in LETTERS and text[start + 1 : start + 2] != ".")


def _beside_name(text: str, start: int, end: int) -> bool:
    """Whether a word next to it, with one blank between, is hidden: "bill goodman" written small."""
    before = _last_word(text, start)
    after = _run().match(text, end + 1) if text[end : end + 1] == " " else None
    return any(
        len(word) > 1 and not word.isdigit() and folded(word) not in plain_words()
        for word in (before, after.group() if after else "")
    )


def _last_word(text: str, start: int) -> str:
    if text[max(0, start - 1) : start] != " ":
        return ""
    words = _run().findall(text, max(0, start - 40), start - 1)
    return words[-1] if words else ""
