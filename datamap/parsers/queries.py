"""What can be told of an SQL text without a grammar: where comments are, what a query calls its columns."""

from __future__ import annotations

import re
from typing import Final

from datamap.parsers.columns import QUALIFIED, identifier_parts, parts_of

_LITERAL: Final = re.compile(r"""('(?:[^']|'')*+'|"(?:[^"]|"")*+"|`[^`]*+`)|--[^\n]*+|/\*.*?\*/""", re.DOTALL)
_LITERAL_BACKSLASH: Final = re.compile(
    r"""('(?:[^'\\]|\\.|'')*+'|"(?:[^"\\]|\\.|"")*+"|`[^`]*+`)|--[^\n]*+|/\*.*?\*/|\#(?=[ !\#-])[^\n]*+""",
    re.DOTALL,
)
_LITERAL_SLASHES: Final = re.compile(_LITERAL.pattern + r"|(?<![:\w/])//[^\n]*+", re.DOTALL)
_SELECT: Final = re.compile(r"\bSELECT\s+(?:(?:DISTINCT|ALL)\s+|TOP\s*\(?\d+\)?\s+)?", re.IGNORECASE)
_ALIAS: Final = re.compile(rf"(?:^|[\s.)\]\"'`])({QUALIFIED})\s*$")
_WORDS: Final = re.compile(r"""'(?:[^']|'')*+'|"[^"]*+"|`[^`]*+`|\[[^\]\n]{0,400}+\]|\w+|[();]""")
_MAX_LIST: Final = 200_000  # characters of a select list


def without_comments(sql: str, *, backslash: bool = False, slashes: bool = False) -> str:
    """Each comment is a space: `CREATE TABLE /*_*/user`, `a int, -- b int,`."""
    signs = ["--", "/*", *["#"] * backslash, *["//"] * slashes]
    if not any(sign in sql for sign in signs):
        return sql
    pattern = _LITERAL_BACKSLASH if backslash else _LITERAL_SLASHES if slashes else _LITERAL
    return pattern.sub(lambda found: found[1] or " ", sql)


def projected_names(sql: str, start: int = 0) -> list[str]:
    """The columns of the first SELECT after `start` by their aliases; a star or a bare expression gives none."""
    select = _SELECT.search(sql, start)
    if select is None:
        return []
    names: list[str] = []
    for part in parts_of(_select_list(sql[select.end() : select.end() + _MAX_LIST])):
        found = _ALIAS.search(part)
        if found and not found[1].endswith("*") and (parts := identifier_parts(found[1])):
            names.append(parts[-1])
    return names


def _select_list(text: str) -> str:
    """Up to the FROM, INTO or end that belongs to this SELECT."""
    depth = 0
    for word in _WORDS.finditer(text):
        depth += (word[0] == "(") - (word[0] == ")")
        if depth < 0 or word[0] == ";" or (depth == 0 and word[0].upper() in {"FROM", "INTO", "UNION"}):
            return text[: word.start()]
    return text
