"""Examples that show what a value looks like and not what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from core.types import Identifying
from datamap.scanner.gazetteer import folded, plain_words

RUN: Final = re.compile(r"[^\W_]+")
WINDOW: Final = 72
STARS: Final = 5


def mask(value: str, identifying: Identifying = Identifying.DIRECT) -> str:
    """Shape kept, content gone: `j***@e***.com`, `M*** A***`, `19**`, `Por**`.

    A direct identifier keeps the first character of its first two parts; anything else at most a third of each part.
    """
    text = " ".join(value.split())[:48]
    if "@" in text:
        local, _, domain = text.partition("@")
        name, dot, top = domain.rpartition(".")
        return f"{local[:1]}***@{name[:1]}***{dot}{top if top.isalpha() and len(top) <= 6 else '***'}"
    parts = 0

    def hide(match: re.Match[str]) -> str:
        nonlocal parts
        parts += 1
        run = match.group()
        kept = _kept(run, identifying, parts)
        return run[:kept] + "*" * min(len(run) - kept, STARS)

    return str(RUN.sub(hide, text))


def _kept(run: str, identifying: Identifying, part: int) -> int:
    if len(run) < 3:
        return 0
    if identifying is Identifying.DIRECT:
        return 1 if part <= 2 else 0
    return min(3, len(run) // 3) if not run.isdigit() else min(2, len(run) // 2)


def mask_text(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """A stretch of free text round its first entity, every entity replaced by its name, every uncommon word hidden.

    What the model missed must not stay readable either, so only frequent words are left as they are.
    """
    ordered = _merged(spans)
    start = max(0, ordered[0][0] - WINDOW // 3) if ordered else 0
    pieces = []
    position = start = _word_start(text, start)
    for begin, end, entity in ordered:
        if begin < position:
            continue
        pieces.append(_plain(text[position:begin]))
        pieces.append(f"‹{entity}›")
        position = end
        if position - start > WINDOW:
            break
    tail = text[position : max(position, start + WINDOW)]
    pieces.append(_plain(tail if len(text) <= start + WINDOW else tail.rsplit(" ", 1)[0] + "…"))
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


def _plain(text: str) -> str:
    def hide(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) == 1 and not word.isdigit():
            return word
        return word if folded(word) in plain_words() else "*" * min(len(word), STARS)

    return str(RUN.sub(hide, text))
