"""Recognisers that people add: patterns, deny lists and context words, as Presidio's PatternRecognizer reads them.

Every pattern runs in RE2, which takes time linear in the text whatever the pattern says, so nobody can hang a worker.
finder(recognisers).find(text) -> what they find; check(recogniser) -> what is wrong with one, as reasons.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Final

import re2

from core.types import Reason
from datamap.scanner.kinds import KINDS, Kind, kind_of
from datamap.scanner.options import Pattern, Recogniser

#: Limits of one team, so that a scan's cost stays bounded whatever is added.
MOST_RECOGNISERS: Final = 50
MOST_PATTERNS: Final = 10  # of one recogniser
MOST_IN_ALL: Final = 200  # patterns
MOST_WORDS: Final = 2_000  # of one deny list
MOST_CONTEXT: Final = 50
LONGEST_NAME: Final = 80
LONGEST_PATTERN: Final = 500
LONGEST_WORD: Final = 100
#: Instructions of a compiled pattern; \pL{2,40} alone has 50,000.
LARGEST_PROGRAM: Final = 10_000
#: Bytes that RE2 may take for one pattern and its states.
MEMORY: Final = 1 << 20
#: What a new pattern is tried on, and seconds of processor time it may take: one whose states outgrow MEMORY takes a
#: thousand times as long as others, on every text of every scan.
PROBE: Final = (
    "so the order of anna becker came on 12 may to 7 rue du bac, no 4711-08 and Ref AB12 3456 " * 20
    + "and the words of a long message without a sign go on and on " * 25
    + "0123456789" * 100
    + "ÄÖÜÇŁŽ" * 100
).encode()
PROBE_SECONDS: Final = 0.004
#: Finds of one pattern in one text; more add nothing to what is known of the text.
MOST_FINDS: Final = 200

#: Presidio's numbers: a context word adds this much, to at least this.
BOOST: Final = 0.35
BOOSTED: Final = 0.4
#: Words before a find that may support it. Presidio counts five without the stop words.
WINDOW: Final = 8
#: Presidio's flags: any case, a dot takes a line's end too, ^ and $ mean lines.
FLAGS: Final = "(?ims)"

ENTITY: Final = re.compile(r"[A-Z][A-Z0-9_]{1,38}[A-Z0-9]")
LANGUAGE: Final = re.compile(r"[a-z]{2}")
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """A find in a text, offsets in code points, and who found it by which pattern ("" for the deny list)."""

    start: int
    end: int
    entity: str
    score: float
    recogniser: str
    pattern: str = ""
    word: str = ""  # the context word that raised the score


class TooSlow(Exception):
    """The time given to `find` ran out; holds the recogniser's and the pattern's name."""

    def __init__(self, recogniser: str, pattern: str) -> None:
        super().__init__(recogniser)
        self.recogniser, self.pattern = recogniser, pattern


# --- what is wrong with one -------------------------------------------------------------------------------------------


def check(recogniser: Recogniser) -> tuple[Reason, ...]:
    """What keeps a recogniser from being used, each with the pattern it is about; empty where it is sound."""
    return tuple(_problems(recogniser))


def _problems(it: Recogniser) -> Iterator[Reason]:
    if not it.name.strip() or len(it.name) > LONGEST_NAME:
        yield Reason("name", {"most": LONGEST_NAME})
    if ENTITY.fullmatch(it.entity) is None:
        yield Reason("entity", {"entity": it.entity[:60]})
    elif it.entity in KINDS and KINDS[it.entity] != Kind(it.identifying, it.category):
        known = KINDS[it.entity]
        yield Reason(
            "entity_known", {"entity": it.entity, "identifying": known.identifying, "category": known.category}
        )
    if not it.patterns and not it.deny_list:
        yield Reason("nothing")
    if len(it.patterns) > MOST_PATTERNS:
        yield Reason("patterns", {"most": MOST_PATTERNS})
    for pattern in it.patterns[:MOST_PATTERNS]:
        yield from check_pattern(pattern)
    if not 0 < it.deny_list_score <= 1:
        yield Reason("word_score")
    yield from _word_problems("word", it.deny_list, MOST_WORDS)
    yield from _word_problems("context", it.context, MOST_CONTEXT)
    for language in it.languages:
        if LANGUAGE.fullmatch(language) is None:
            yield Reason("language", {"language": language[:20]})


def _word_problems(code: str, words: Sequence[str], most: int) -> Iterator[Reason]:
    if len(words) > most:
        yield Reason(f"{code}s", {"most": most, "given": len(words)})
    for word in words[:most]:
        if _WORD.search(word) is None or len(word) > LONGEST_WORD:
            yield Reason(code, {"word": word[:LONGEST_WORD], "most": LONGEST_WORD})


def check_pattern(pattern: Pattern) -> Iterator[Reason]:
    """What is wrong with one pattern. Codes `pattern.*`; every reason names the pattern."""
    named: dict[str, str | int | float | bool] = {"pattern": pattern.name[:LONGEST_NAME]}
    if not pattern.name.strip() or len(pattern.name) > LONGEST_NAME:
        yield Reason("pattern.name", {**named, "most": LONGEST_NAME})
    if not 0 < pattern.score <= 1:
        yield Reason("pattern.score", named)
    if not pattern.regex.strip():
        yield Reason("pattern.missing", named)
    elif len(pattern.regex) > LONGEST_PATTERN:
        yield Reason("pattern.long", {**named, "most": LONGEST_PATTERN, "length": len(pattern.regex)})
    else:
        yield from _syntax_problems(pattern.regex, named)


def _syntax_problems(regex: str, named: Mapping[str, str | int | float | bool]) -> Iterator[Reason]:
    try:
        compiled = _compile(regex)
    except re2.error as error:
        code, part = _what(error)
        yield Reason(f"pattern.{code}", {**named, "part": part})
        return
    except UnicodeEncodeError:
        yield Reason("pattern.syntax", {**named, "part": ""})
        return
    if compiled.programsize > LARGEST_PROGRAM or _is_slow(compiled):
        yield Reason("pattern.large", {**named, "size": compiled.programsize, "most": LARGEST_PROGRAM})
    if compiled.search(b"") is not None:
        yield Reason("pattern.empty", named)


def _is_slow(compiled: Any) -> bool:
    """By the best of three tries: a busy machine makes none slow."""
    took = []
    for _ in range(3):
        began = time.thread_time()
        compiled.search(PROBE)
        took.append(time.thread_time() - began)
    return min(took) > PROBE_SECONDS


#: How RE2 begins its complaints, and what we call them.
_COMPLAINTS: Final = (
    ("invalid perl operator: (?=", "lookaround"),
    ("invalid perl operator: (?!", "lookaround"),
    ("invalid perl operator: (?<", "lookaround"),
    ("invalid named capture group", "syntax"),
    ("invalid repetition size", "repetition"),
    ("bad repetition operator", "repetition"),
    ("no argument for repetition operator", "repetition"),
    ("missing ]", "bracket"),
    ("missing )", "parenthesis"),
    ("unexpected )", "parenthesis"),
    ("invalid character class range", "range"),
    ("trailing \\", "backslash"),
    ("pattern too large", "large"),
)
_BACKREFERENCE: Final = re.compile(r"\\[1-9k]")


def _what(error: Exception) -> tuple[str, str]:
    """A code for RE2's complaint and the part of the pattern it quotes."""
    raw = error.args[0] if error.args else b""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)
    start, _, part = text.replace(FLAGS, "", 1).partition(": ")
    if start == "invalid escape sequence":
        return ("backreference" if _BACKREFERENCE.match(part) else "escape"), part
    code = next((code for begin, code in _COMPLAINTS if text.startswith(begin)), "syntax")
    return code, part[:LONGEST_PATTERN]


def _compile(regex: str) -> Any:
    """Raises re2.error."""
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    options.never_capture = True
    return re2.compile((FLAGS + regex).encode(), options=options)  # in bytes: a text is encoded once for all


# --- finding ----------------------------------------------------------------------------------------------------------


class _Text:
    """A text as it is searched: in UTF-8, and in lower case. Half a character becomes a question mark."""

    def __init__(self, text: str) -> None:
        self.encoded = text.encode("utf-8", "replace")
        self.low = lowered(text)
        self._plain = len(self.encoded) == len(text)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self.low))

    def characters(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in characters for offsets in bytes."""
        if self._plain:
            return start, end
        first = len(self.encoded[:start].decode("utf-8", "ignore"))
        return first, first + len(self.encoded[start:end].decode("utf-8", "ignore"))


class _One:
    """A recogniser made ready."""

    def __init__(self, recogniser: Recogniser) -> None:
        self.recogniser = recogniser
        self.patterns = [(pattern, _compile(pattern.regex)) for pattern in recogniser.patterns]
        self.words = _Words(recogniser.deny_list)
        self.context = tuple(lowered(word) for word in recogniser.context)

    def find(self, text: _Text, until: float) -> Iterator[Found]:
        it = self.recogniser
        for pattern, compiled in self.patterns:
            for count, match in enumerate(compiled.finditer(text.encoded)):
                if time.monotonic() > until:
                    raise TooSlow(it.name, pattern.name)
                if count >= MOST_FINDS:
                    break
                start, end = match.span()
                if end > start:
                    yield Found(*text.characters(start, end), it.entity, pattern.score, it.name, pattern.name)
            if time.monotonic() > until:
                raise TooSlow(it.name, pattern.name)
        for start, end in self.words.find(text):
            yield Found(start, end, it.entity, it.deny_list_score, it.name)

    def supported(self, found: Found, low: str, context: str) -> Found:
        """With a context word before it, or in `context`, a find is surer: Presidio's rule and numbers."""
        if not self.context or found.score >= 1:
            return found
        around = f"{_before(low, found.start)}{low[found.start : found.end]} {context}"
        word = next((word for word in self.context if word in around), "")
        if not word:
            return found
        score = round(min(1.0, max(BOOSTED, found.score + BOOST)), 2)
        return Found(found.start, found.end, found.entity, score, found.recogniser, found.pattern, word)


class _Words:
    """A deny list, found by dictionary, so its length costs nothing. A word counts only where it stands alone."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, int]]] = {}
        for word in sorted({" ".join(lowered(word).split()) for word in words}, key=len, reverse=True):
            if first := _WORD.search(word):
                self._by_first.setdefault(first.group(), []).append((word, first.start()))

    def find(self, text: _Text) -> Iterator[tuple[int, int]]:
        if not self._by_first or self._by_first.keys().isdisjoint(text.words):
            return
        done, low = 0, text.low
        for token in _WORD.finditer(low):
            for word, offset in self._by_first.get(token.group(), ()):
                start = token.start() - offset
                end = start + len(word)
                if start >= done and low.startswith(word, start) and _stands_alone(low, start, end):
                    yield start, end
                    done = end
                    break


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or before == "_" or after.isalnum() or after == "_")


def _before(low: str, start: int) -> str:
    """The words before a place, as far as they may support a find there."""
    return " ".join(_WORD.findall(low[max(0, start - 12 * WINDOW) : start])[-WINDOW:]) + " "


def has_word(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return _WORD.search(text) is not None


def lowered(text: str) -> str:
    """Lower case that keeps every offset: a letter whose lower case is longer stays."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Finder:
    """A set of recognisers made ready, and what their entities mean."""

    def __init__(self, recognisers: Iterable[Recogniser]) -> None:
        self.recognisers = tuple(recognisers)
        self._ready = [_One(recogniser) for recogniser in self.recognisers]
        self._kinds = {it.entity: Kind(it.identifying, it.category) for it in self.recognisers}

    def __bool__(self) -> bool:
        return bool(self.recognisers)

    def kind_of(self, entity: str) -> Kind:
        """What an entity means: Candor's own meaning first, then the one its recogniser was given."""
        return self._kinds.get(entity, kind_of(entity)) if entity not in KINDS else KINDS[entity]

    def only(self, recogniser: Recogniser) -> Finder:
        """One of them alone, ready as it is."""
        alone = Finder(())
        alone.recognisers = (recogniser,)
        alone._ready = [one for one in self._ready if one.recogniser == recogniser]
        return alone

    def named(self, entity: str) -> tuple[Recogniser, ...]:
        """The recognisers that name an entity."""
        return tuple(it for it in self.recognisers if it.entity == entity)

    def find(self, text: str, context: Iterable[str] = (), *, seconds: float = float("inf")) -> list[Found]:
        """Everything found, in the order of the text; finds of different recognisers may overlap.

        `context` are words that count as standing beside every find. Raises TooSlow after `seconds`.
        """
        until, searched = time.monotonic() + seconds, _Text(text)
        beside = lowered(" ".join(context))
        found = [one.supported(find, searched.low, beside) for one in self._ready for find in one.find(searched, until)]
        return sorted(found, key=lambda find: (find.start, -find.score, find.end))


@lru_cache(maxsize=4)
def finder(recognisers: tuple[Recogniser, ...], language: str = "") -> Finder:
    """The recognisers that are for a language ("" for all), ready. Raises re2.error for one that `check` refuses."""
    return Finder(it for it in recognisers if not language or not it.languages or language in it.languages)


def strongest(found: Iterable[Found]) -> list[Found]:
    """Of finds that overlap, the surest and then the longest stands. In the order of the text."""
    kept: list[Found] = []
    for find in sorted(found, key=lambda find: (-find.score, find.start - find.end, find.start)):
        if all(find.end <= other.start or find.start >= other.end for other in kept):
            kept.append(find)
    return sorted(kept, key=lambda find: find.start)


# --- traceable --------------------------------------------------------------------------------------------------------


def tidy(it: Recogniser) -> Recogniser:
    """The same as it is kept: no spaces around names, no word twice."""
    return replace(
        it,
        name=it.name.strip(),
        patterns=tuple(replace(pattern, name=pattern.name.strip()) for pattern in it.patterns),
        deny_list=tuple(dict.fromkeys(it.deny_list)),
        context=tuple(dict.fromkeys(it.context)),
        languages=tuple(dict.fromkeys(it.languages)),
    )


def version(recogniser: Recogniser) -> str:
    """Twelve hexadecimal digits that change with anything that decides what it finds."""
    text = json.dumps(asdict(recogniser), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@lru_cache(maxsize=256)
def allowed(words: frozenset[str]) -> frozenset[str]:
    """An allow list as it is compared: without case, spaces at most one."""
    return frozenset(_plain(word) for word in words)


def is_allowed(text: str, words: frozenset[str]) -> bool:
    """Whether somebody said that a text names nobody."""
    return bool(words) and _plain(text) in allowed(words)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
