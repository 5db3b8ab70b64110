"""Cuts an SQL script into the statements that define something, skipping data rows at a regular expression's speed.

Works on bytes, so a 100 MB dump costs its own size. Understands psql and SQL*Plus lines, GO, DELIMITER, COPY data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Statement:
    """`line` is where it starts, counted from 1; `closed` is False where a quote or comment never ended."""

    text: bytes
    line: int
    closed: bool = True


#: Possessive groups ("(...)*+") go wrong before Python 3.11.5, Debian 12's among them, where their inside can backtrack
#: (CPython gh-106052). Atomic groups do not, but remember every piece: so a statement is read so many pieces at a time.
PIECES: Final = 10_000
_OPEN_COMMENTS: Final = 50
_DOLLARS: Final = rb"|\$([A-Za-z_]\w*+)?\$.*?\$(?(1)\1)\$"
#: PostgreSQL's E'it\'s' and Oracle's q'[it's]' among plain strings, told by the letter before the quote.
_QUOTED: Final = (
    rb"""(?<=[^\w][eE])'(?>(?:[^'\\]++|\\.|'')*)'|(?<=[^\w][qQ])'(?:\[.{0,4000}?\]|\{.{0,4000}?\}|\(.{0,4000}?\)|<.{0,4000}?>|!.{0,4000}?!|\|.{0,4000}?\|)'"""
    rb"""|'(?>(?:[^']++|'')*)'|"(?>(?:[^"]++|"")*)"|`(?>(?:[^`]++|``)*)`|\[[^\]\n]{0,400}+\]""" + _DOLLARS
)
_QUOTED_BACKSLASH: Final = rb"""'(?>(?:[^'\\]++|\\.|'')*)'|"(?>(?:[^"\\]++|\\.|"")*)"|`(?>(?:[^`]++|``)*)`""" + _DOLLARS
_COMMENT: Final = rb"--[^\n]*+|/\*.*?\*/"
_SPACE: Final = re.compile(rb"(?>(?:\s++|--[^\n]*+|//[^\n]*+|/\*.*?\*/|#(?=[ !#-])[^\n]*+)+)", re.DOTALL)
_LINE_COMMAND: Final = re.compile(
    rb"(?:\\[^\n]*+|@@?[\w./\\-]++[ \t]*+(?=\r?\n|$)"
    rb"|(?:PROMPT|REM(?:ARK)?|SPOOL|WHENEVER|ACCEPT|UN?DEF(?:INE)?|DEFINE|EXIT|QUIT|TTITLE|BTITLE|PAUSE"
    rb"|STARTUP|SHUTDOWN|CONN(?:ECT)?|HOST"
    rb"|USE|PRINT|SOURCE|PRAGMA|\.\w+)(?=[\s;]|$)[^\n]*+"
    rb"|SET[ \t]++(?:ECHO|DEFINE|FEEDBACK|SERVEROUTPUT|SQLBLANKLINES|TERM(?:OUT)?|HEADING|LINESIZE|PAGESIZE"
    rb"|VERIFY|SCAN|TIMING|TRIMSPOOL|TAB"
    rb"|NOCOUNT|ANSI_\w+|QUOTED_IDENTIFIER|IDENTITY_INSERT|XACT_ABORT|ARITHABORT"
    rb"|NUMERIC_ROUNDABORT|CONCAT_NULL_\w+|DATEFORMAT)(?=\s|$)[^\n]*+"
    rb"|GO(?:[ \t]++\d++)?[ \t]*+;?[ \t]*+(?=\r?\n|$)|/[ \t]*+(?=\r?\n|$)|;)",
    re.IGNORECASE,
)
_DELIMITER: Final = re.compile(rb"DELIMITER[ \t]++(\S++)[^\n]*+", re.IGNORECASE)
_COPY: Final = re.compile(rb"COPY\s[^;]{0,100000}?\sFROM\s+STDIN\b[^;\n]*+;?[^\n]*+\n?", re.IGNORECASE)
_ROUTINE: Final = re.compile(
    rb"CREATE\s+(?:OR\s+(?:REPLACE|ALTER)\s+)?(?:(?:NON)?EDITIONABLE\s+)?(?:DEFINER\s*=\s*\S+\s+)?(?:SECURE\s+|TEMP\s+)?"
    rb"(?:PROC(?:EDURE)?|FUNCTION|TRIGGER|PACKAGE(?:\s+BODY)?|TYPE\s+BODY|EVENT|RULE)\b",
    re.IGNORECASE,
)
#: Statements without a name that may make tables on their way.
_BLOCK: Final = re.compile(
    rb"(?:DECLARE|BEGIN)\b(?!\s*(?:;|TRAN|WORK|ISOLATION|IMMEDIATE|DEFERRED|EXCLUSIVE))|(?:DO|EXEC(?:UTE)?)\b",
    re.IGNORECASE,
)
_PROCEDURE: Final = re.compile(
    rb"EXEC(?:UTE)?\s+(?:\[?\w+\]?\.)*\[?sp_(?:rename|(?:add|update)extendedproperty)\b", re.IGNORECASE
)
_INNER: Final = re.compile(rb"CREATE\s+(?:(?:GLOBAL|UNLOGGED|EXTERNAL|FOREIGN)\s+)*TABLE\s", re.IGNORECASE)
_DYNAMIC: Final = re.compile(rb"(?:IMMEDIATE|EXECUTE|\(|=|,)\s*N?'\s*$", re.IGNORECASE)
_STRING_REST: Final = re.compile(rb"(?>(?:[^']++|'')*)")
_STATEMENT_REST: Final = re.compile(rb"""(?>(?:[^;'"]++|'[^']*+'|"[^"]*+")*)""")
_DATA: Final = re.compile(
    rb"(?:INSERT|REPLACE\s+INTO|UPSERT|MERGE|UPDATE|DELETE|SELECT|VALUES|UPDATETEXT|LOAD|LOCK|UNLOCK|CALL)\b",
    re.IGNORECASE,
)
#: SELECT ... INTO a new table (PostgreSQL, SQL Server).
_SELECT_INTO: Final = re.compile(
    rb"SELECT\s[^;]{1,20000}?\sINTO\s+(?!OUTFILE|DUMPFILE|STRICT|[@:])[^\s,(]+\s+FROM\s", re.IGNORECASE
)
#: What the other statements of a script begin with; anything else is no SQL, and its quotes mean nothing.
_KNOWN: Final = re.compile(
    rb"\(|(?:CREATE|ALTER|COMMENT|DROP|GRANT|REVOKE|DENY|SET|RESET|IF|END|BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|USE|ANALY[ZS]E|VACUUM"
    rb"|TRUNCATE|RENAME|PRAGMA|ATTACH|DETACH|INSTALL|EXPORT|IMPORT|COPY|PUT|WITH|DESC(?:RIBE)?|SHOW|EXPLAIN|PRINT|RAISERROR|WHILE"
    rb"|REFRESH|REINDEX|CLUSTER|SECURITY|ADD|REMOVE|PURGE|AUDIT|KILL|HANDLER|CHECKPOINT|DBCC|MSCK|OPTIMIZE|CACHE|UNLOAD)\b",
    re.IGNORECASE,
)
_TABLE: Final = re.compile(
    rb"(?:CREATE\s+(?:OR\s+REPLACE\s+)?(?:(?!VIEW\b)\w+\s+){0,4}?TABLE|ALTER\s+TABLE)\s", re.IGNORECASE
)
#: Inside of a table's quotes this means that a quote is missing.
_AGAIN: Final = re.compile(
    rb"\n[ \t]*+(?:CREATE\s+(?:(?:OR\s+REPLACE|TEMP(?:ORARY)?|GLOBAL|EXTERNAL|UNIQUE|TRANSIENT|UNLOGGED)\s+)*"
    rb"(?:TABLE|VIEW|INDEX|SEQUENCE|FUNCTION|PROCEDURE|TRIGGER)\s|INSERT\s+INTO\s|ALTER\s+TABLE\s|GO[ \t]*+\r?\n)",
    re.IGNORECASE,
)
#: A line that starts so begins a statement even where nothing ended the one before (SQL Server scripts).
_START: Final = (
    rb"(?:CREATE\s|ALTER\s+TABLE\s|COMMENT\s+ON\s|DROP\s+TABLE\s|(?:GO|/)[ \t]*+\r?(?:\n|$)"
    rb"|EXEC(?:UTE)?\s+(?:\[?\w+\]?\.)*\[?sp_|INSERT\s+INTO\s|COPY\s+\S+.*FROM\s+stdin)"
)


def _rules(delimiter: bytes, *, backslash: bool, slashes: bool = False) -> re.Pattern[bytes]:
    """The next pieces of a statement: whether a backslash escapes inside quotes changes where every string ends."""
    quoted = _QUOTED_BACKSLASH if backslash else _QUOTED
    first = b"" if delimiter == b";" else b"(?!" + re.escape(delimiter) + b")"
    comment = _COMMENT + (rb"|\#(?=[ !\#-])[^\n]*+" if backslash else b"")
    comment += rb"|(?<![:\w/])//[^\n]*+" if slashes else b""
    stop = rb"\n(?![ \t]*+" + _START + rb")" if delimiter == b";" else rb"\n"
    plain = rb"""[^'"`\[$;\n/#(-]++"""
    body = (
        b"(?>(?:"
        + first
        + b"(?:"
        + plain
        + b"|"
        + quoted
        + b"|"
        + comment
        + b"|"
        + stop
        + rb"|[$/#\[(-]"
        + (b"|;" if first else b"")
        + b")){1,%d})" % PIECES
    )
    return re.compile(body, re.DOTALL | re.IGNORECASE)


def split(data: bytes, *, backslash: bool = False, slashes: bool = False) -> Iterator[Statement]:
    """Defining statements of a script in order; data, routines and tool commands are passed over.

    `backslash`: a backslash escapes inside quotes (MySQL, BigQuery, Spark). `slashes`: // begins a comment (Snowflake).
    """
    data = _without_open_comments(data)
    delimiter, rules = b";", _rules(b";", backslash=backslash, slashes=slashes)
    at, counted, line = 0, 0, 1
    while at < len(data):
        if space := _SPACE.match(data, at):
            at = space.end()
            continue
        if command := _DELIMITER.match(data, at):
            delimiter, at = command[1], command.end()
            rules = _rules(delimiter, backslash=backslash, slashes=slashes)
            continue
        if copied := _COPY.match(data, at):
            at = _after_copy(data, copied.end())
            continue
        if command := _LINE_COMMAND.match(data, at):
            at = command.end()
            continue
        if data.startswith(delimiter, at):
            at += len(delimiter)
            continue
        line += data.count(b"\n", counted, at)
        counted = at
        if _ROUTINE.match(data, at) and delimiter == b";":
            at = _after_routine(data, at, rules)
            continue
        if _BLOCK.match(data, at):
            end = _after_routine(data, at, rules) if delimiter == b";" else _end(data, at, rules, delimiter)[0]
            yield from _inner(data, at, end, line)
            if _PROCEDURE.match(data, at):
                yield Statement(data[at:end].strip(), line)
            at = max(end, at + 1)
            continue
        end, closed = _end(data, at, rules, delimiter)
        if not _DATA.match(data, at):
            end, closed = _resumed(data, at, end, closed=closed)
            yield Statement(data[at:end].strip(), line, closed)
        elif _SELECT_INTO.match(data, at, min(end, at + 40_000)):
            yield Statement(data[at:end].strip(), line, closed)
        at = max(end, at + 1)


def _without_open_comments(data: bytes) -> bytes:
    """Many comments that never end would each be looked for to the end of the file. As many bytes come back."""
    last = data.rfind(b"*/") + 2 if b"*/" in data else 0
    if data.count(b"/*", last) < _OPEN_COMMENTS:
        return data
    return data[:last] + data[last:].replace(b"/*", b"  ")


def _resumed(data: bytes, at: int, end: int, *, closed: bool) -> tuple[int, bool]:
    """Where the next statement plainly begins inside of what a missing quote, or text that is no SQL, would swallow."""
    if closed and _KNOWN.match(data, at) and not _TABLE.match(data, at):
        return end, closed
    for found in _AGAIN.finditer(data, at, end):
        if data.rfind(b"/*", at, found.start()) <= data.rfind(b"*/", at, found.start()):
            return found.start(), False
    return end, closed


def _inner(data: bytes, at: int, end: int, line: int) -> Iterator[Statement]:
    """Tables that a block makes, directly or by executing a string."""
    for found in _INNER.finditer(data, at, end):
        start = found.start()
        if _DYNAMIC.search(data, max(at, start - 100), start):
            stop = _STRING_REST.match(data, start, end)
            text = data[start : stop.end() if stop else end].replace(b"''", b"'")
        else:
            stop = _STATEMENT_REST.match(data, start, end)
            text = data[start : stop.end() if stop else end]
        yield Statement(text.strip(), line + data.count(b"\n", at, start))


def _body(data: bytes, at: int, rules: re.Pattern[bytes]) -> int:
    """Where the body of the statement at `at` ends. What ends earlier than its quote stops there."""
    while found := rules.match(data, at):
        at = found.end()
    return at


def _end(data: bytes, at: int, rules: re.Pattern[bytes], delimiter: bytes) -> tuple[int, bool]:
    """Where the statement at `at` ends; if a quote never closes, at the next delimiter that ends a line."""
    end = _body(data, at, rules)
    if end >= len(data) or data.startswith(delimiter, end) or data[end : end + 1] == b"\n":
        return end, True
    stop = data.find(delimiter + b"\n", end)
    return (len(data) if stop < 0 else stop), False


def _after_copy(data: bytes, at: int) -> int:
    end = data.find(b"\n\\.", at - 1)
    if end < 0:
        return len(data)
    newline = data.find(b"\n", end + 1)
    return len(data) if newline < 0 else newline


_ROUTINE_END: Final = re.compile(
    rb"\n[ \t]*+(?:GO[ \t]*+\r?(?:\n|$)|/[ \t]*+\r?(?:\n|$)|END[ \t]*+\w*+[ \t]*+;|\$\$\s*;)", re.IGNORECASE
)


def _after_routine(data: bytes, at: int, rules: re.Pattern[bytes]) -> int:
    """Past a procedure or trigger: a dollar-quoted body ends as any statement, BEGIN ... END at its closing line."""
    end = _body(data, at, rules)
    head = data[at:end].upper()
    if b"BEGIN" not in head and b"DECLARE" not in head and b" IS\n" not in head and b" AS\n" not in head:
        return max(end, at + 1)
    if re.search(rb"\$\w*\$", head) or data[end : end + 1] == b"\n":
        return max(end, at + 1)
    closing = _ROUTINE_END.search(data, end)
    return closing.end() if closing else max(end, at + 1)
