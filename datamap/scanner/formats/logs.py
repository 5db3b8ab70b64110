"""Logs whose lines are regular: web servers' access logs, syslog, dated lines with a level, key=value pairs.

Lines that don't fit (stack traces, mostly) stay whole, in a column named text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from datamap.scanner.formats import nested
from datamap.scanner.formats.plain import lines
from datamap.scanner.formats.stream import Stream
from datamap.scanner.source import Source, recoded

Parser: TypeAlias = Callable[[str], "Mapping[str, str | None] | None"]

PROBE_LINES: Final = 200
#: Of the first lines, so many must fit one form.
REGULAR: Final = 0.8

STAMP: Final = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|[+-]\d\d:?\d\d))?"
ACCESS: Final = re.compile(
    r"(?P<client>\S{1,255}) (?P<ident>\S+) (?P<user>\S{1,255}|\"[^\"]{0,255}\") \[(?P<time>[^\]]{1,60})\] "
    r'"(?P<request>(?:[^"\\]|\\.)*)" (?P<status>\d{3}) (?P<size>\d+|-)'
    r'(?: "(?P<referer>(?:[^"\\]|\\.)*)" "(?P<agent>(?:[^"\\]|\\.)*)")?(?: (?P<more>.*))?'
)
SYSLOG: Final = re.compile(
    rf"(?:<\d{{1,3}}>1? ?)?(?P<time>[A-Z][a-z]{{2}} [ \d]\d \d\d:\d\d:\d\d|{STAMP}) (?P<host>[\w.:-]{{1,255}}) "
    r"(?P<program>[\w./@-]{1,80})(?:\[(?P<pid>\d+)\])?: (?P<message>.*)"
)
LEVELLED: Final = re.compile(
    rf"\[?(?P<time>{STAMP})\]?[ ,|-]+(?:\[?(?P<thread>[\w:.-]{{1,60}})\]?[ ,|-]+)?"
    r"\[?(?P<level>TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\]?[ :,|-]+(?P<message>.*)",
    re.IGNORECASE,
)
PAIR: Final = re.compile(r'(?<!\S)([A-Za-z_][\w.@-]{0,63})=("(?:[^"\\]|\\.)*"|[^\s"]*)')


def _matched(pattern: re.Pattern[str]) -> Parser:
    def parse(line: str) -> Mapping[str, str | None] | None:
        found = pattern.fullmatch(line)
        return {name: None if cell == "-" else cell for name, cell in found.groupdict().items()} if found else None

    return parse


def _pairs(line: str) -> Mapping[str, str | None] | None:
    """key=value pairs that make up the line but for a word or two, which are its message."""
    found = PAIR.findall(line)
    rest = " ".join(PAIR.sub("", line).split())
    if len(found) < 2 or len(rest) > len(line) / 2:
        return None
    fields = {key: value[1:-1] if value.startswith('"') else value for key, value in found}
    return {**fields, "message": rest} if rest and "message" not in fields else fields


PARSERS: Final = (_matched(ACCESS), _matched(SYSLOG), _pairs, _matched(LEVELLED))


def read(source: Source, encoding: str) -> Stream | None:
    """Stream a log; None for a text that is none."""
    head = source.text(encoding)
    first = [line.strip() for line in head.splitlines()[:PROBE_LINES] if line.strip()]
    for parser in PARSERS:
        if len(first) > 2 and sum(parser(line) is not None for line in first) >= REGULAR * len(first):
            return Stream("log", [], nested.batches(_records(source, encoding, parser)), encoding=encoding)
    return None


def _records(source: Source, encoding: str, parser: Parser) -> Iterator[Mapping[str, str | None]]:
    for line in lines(recoded(source, encoding)):
        yield parser(line) or {"text": line}
