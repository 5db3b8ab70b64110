"""What can be told of an SQL text without a grammar: where comments are, what a query calls its columns."""

from __future__ import annotations

import re
from typing import Final

from datamap.parsers.columns import QUALIFIED, identifier_parts, outside, parts_of

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


#: A column's own line, and what is said at its end: `mail text NOT NULL, -- where we write to`.
_REMARK: Final = re.compile(
    r"""^[ \t,(]*(?:"([^"\n]+)"|`([^`\n]+)`|\[([^\]\n]+)\]|(?!--)([^\s"`'\[\](),;]+))[ \t]+"""
    r"""((?>(?:[^'"\n-]++|'[^'\n]*+'|"[^"\n]*+"|-(?!-))*))--+[ \t]*([^\n]+)""",
    re.MULTILINE,
)
_SECOND: Final = re.compile(r",\s*\S")
_MAX_REMARK: Final = 400


def remarks(sql: str) -> dict[str, str]:
    """Column (in lower case) -> the comment at the end of its line, where nothing else stands on that line."""
    found: dict[str, str] = {}
    for line in _REMARK.finditer(sql) if "--" in sql else ():
        if not _SECOND.search(outside(line[5])):
            name = line[1] or line[2] or line[3] or line[4]
            found.setdefault(name.lower(), " ".join(line[6].split())[:_MAX_REMARK])
    return found


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
