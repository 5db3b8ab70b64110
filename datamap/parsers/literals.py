"""String literals of SQL as people write comments in: 'it''s', N'..', E'it\\'s', q'[it's]', "..." -> their text."""

from __future__ import annotations

import re
from typing import Final

#: One literal; possessive, so that a missing quote costs no second look.
LITERAL: Final = (
    r"""(?:(?<!\w)[qQ]'(?:\[.{0,4000}?\]|\{.{0,4000}?\}|\(.{0,4000}?\)|<.{0,4000}?>|!.{0,4000}?!|\|.{0,4000}?\|)'"""
    r"""|[NnEe]?'(?:[^'\\]|''|\\.)*+'|\"(?:[^\"\\]|\"\"|\\.)*+\")"""
)
_PREFIX: Final = re.compile(r"^(?:[NnEe](?=')|[qQ](?='))")
_ESCAPED: Final = re.compile(r"\\(['\"\\])")


def text_of(literal: str) -> str:
    """What a literal means; the backslash of an escaped quote goes, every other one stays as it is written."""
    if literal[:1] in {"q", "Q"}:
        return literal[3:-2]
    quoted = _PREFIX.sub("", literal)
    quote = quoted[:1]
    return _ESCAPED.sub(r"\1", quoted[1:-1].replace(quote * 2, quote))
