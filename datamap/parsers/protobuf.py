"""Protocol Buffers (.proto, syntax 2, 3 and editions) -> one entity for each message at the top.

A message used as a field's type is written out as nested paths, to a bound; imports are named, never opened. What
can't be read costs its own declaration and is reported by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from datamap.parsers.json_schema import join
from datamap.parsers.messages import Member, Message, Unfolder
from datamap.parsers.source import Source
from datamap.parsers.types import (
    MAX_ENTITIES,
    MAX_FIELDS,
    MAX_UNPARSED,
    Entity,
    Schema,
    Unparsed,
    Unreadable,
    distinct,
)

FORMAT: Final = "protobuf"
_MAX_BYTES: Final = 8 * 1024 * 1024
_MAX_NESTING: Final = 40  # of declarations
_SIGNS: Final = re.compile(
    rb"^\s*(?:syntax\s*=\s*[\"']proto[23][\"']|edition\s*=\s*[\"']|message\s+\w+\s*\{)", re.MULTILINE
)
_TOKEN: Final = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))|(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?P<word>[\w.]+|[-+])"""
    r"""|(?P<mark>[{}\[\]()<>;,=:/])|(?P<odd>\S)""",
    re.DOTALL,
)
_LABELS: Final = frozenset({"optional", "required", "repeated"})
_SKIPPED: Final = frozenset({"option", "reserved", "extensions"})
_VISIBILITY: Final = frozenset({"export", "local"})
_OPENING: Final = {"{": "}", "[": "]", "(": ")"}


def sniff(source: Source) -> bool:
    return not source.binary and (
        source.suffix == "proto" or (not source.looks_like_json and _SIGNS.search(source.data[:200_000]) is not None)
    )


def parse(source: Source) -> Schema:
    """Raises Unreadable(no_tables, too_deep, too_large, too_many_fields)."""
    if len(source.data) > _MAX_BYTES:
        raise Unreadable("too_large", params={"limit": _MAX_BYTES})
    reader = _Reader(source.data.decode("utf-8", "replace"))
    reader.file()
    unfolder = Unfolder(reader.messages, reader.enums)
    tops = [message for message in reader.messages.values() if message.is_top]
    entities = [
        Entity(one.name, tuple(unfolder.fields(one)), one.comment, "record", reader.package, one.line) for one in tops
    ]
    return Schema(FORMAT, distinct(entities), reader.syntax, tuple(reader.unparsed[:MAX_UNPARSED]))


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    line: int
    is_text: bool = False


class _Broken(Exception):
    """The declaration at hand makes no sense; reading goes on behind it."""


class _Reader:
    """Recursive descent over tokens; `comment` is what stands directly before the next declaration."""

    def __init__(self, text: str) -> None:
        self.messages: dict[str, Message] = {}
        self.enums: set[str] = set()
        self.unparsed: list[Unparsed] = []
        self.package = self.syntax = ""
        self._tokens = list(_tokens(text))
        self._at = 0
        self._fields = 0

    def file(self) -> None:
        while self._peek():
            start = self._at
            try:
                self._declaration()
            except _Broken:
                self._report(start, "not_read")
                self._recover(start)

    def _declaration(self) -> None:
        line, comment = self._line(), self._comment()
        word = self._unmarked(self._next())
        if word in {"message", "extend"}:
            self._message("", line, comment, depth=0, extends=word == "extend")
        elif word == "enum":
            self._enum("")
        elif word == "import":
            self._import(line)
        elif word in {"syntax", "edition"}:
            self._expect("=")
            self.syntax = self._next().strip("\"'")[:20]
            self._expect(";")
        elif word == "package":
            self.package = self._next()
            self._expect(";")
        elif word in {"option", "service"}:
            self._skip_statement()
        elif word != ";":
            raise _Broken

    def _import(self, line: int) -> None:
        name = self._next()
        if name in {"public", "weak", "option"}:
            name = self._next()
        self._expect(";")
        self.unparsed.append(Unparsed(line, "import_not_read", name.strip("\"'")))

    def _message(self, outer: str, line: int, comment: str, *, depth: int, extends: bool = False) -> None:
        name = self._name()
        path = name.lstrip(".").rsplit(".", 1)[-1] if extends else join(outer, name)
        message = self.messages.setdefault(path, Message(path, line, comment, is_top=not outer or extends))
        if len(self.messages) > MAX_ENTITIES:
            raise Unreadable("too_many_fields", line=line, params={"limit": MAX_ENTITIES})
        self._expect("{")
        self._body(message, depth)

    def _body(self, message: Message, depth: int) -> None:
        if depth > _MAX_NESTING:
            raise Unreadable("too_deep", line=self._line())
        while self._peek() != "}":
            if not self._peek():
                self.unparsed.append(Unparsed(message.line, "unterminated", message.name))
                return
            start = self._at
            try:
                self._member(message, depth)
            except _Broken:
                self._report(start, "field_not_read", message.name)
                self._recover(start, inside=True)
        self._next()

    def _member(self, message: Message, depth: int) -> None:
        line, comment = self._line(), self._comment()
        word, after = self._unmarked(self._next()), self._peek()
        is_name = re.fullmatch(r"\w+", after) is not None
        if word == ";":
            return
        if word in {"message", "enum", "oneof", "extend"} and is_name and self._peek(1) in {"{", "."}:
            if word == "message":
                self._message(message.path, line, comment, depth=depth + 1)
            elif word == "enum":
                self._enum(message.path)
            elif word == "oneof":
                self._next()
                self._expect("{")
                self._body(message, depth + 1)
            else:
                self._message(message.path, line, comment, depth=depth + 1, extends=True)
        elif word == "option" or (word in _SKIPPED and self._peek(1) != "="):
            self._skip_statement()
        else:
            self._field(message, word, comment, depth)

    def _unmarked(self, word: str) -> str:
        """Without the visibility that edition 2024 may write before a message or enum."""
        is_mark = word in _VISIBILITY and self._peek() in {"message", "enum"} and self._peek(2) == "{"
        return self._next() if is_mark else word

    def _field(self, message: Message, word: str, comment: str, depth: int) -> None:
        label, line = "", self._line()
        if word in _LABELS and re.fullmatch(r"[\w.]+", self._peek()) and self._peek(1) != "=":
            label, word = word, self._next()
        if word == "map" and self._peek() == "<":
            type_, is_map = self._map_value(), True
        else:
            type_, is_map = word, False
        if not re.fullmatch(r"[A-Za-z_.][\w.]*", type_):
            raise _Broken
        while not is_map and (self._peek().startswith(".") or type_.endswith(".")):  # a type over several lines
            type_ += self._next()
        name = self._name()
        self._expect("=")
        self._number()
        self._fields += 1
        if self._fields > MAX_FIELDS:
            raise Unreadable("too_many_fields", line=line, params={"limit": MAX_FIELDS})
        if self._peek() == "[":
            self._skip_balanced()
        if type_ == "group" and self._peek() == "{":
            group = Message(join(message.path, name), line, comment)
            self.messages[group.path] = group
            self._next()
            self._body(group, depth + 1)
            type_, name = name, name.lower()
        else:
            self._expect(";")
        message.members.append(Member(name, type_, label, comment or self._trailing(line), is_map))

    def _map_value(self) -> str:
        self._expect("<")
        self._next()
        self._expect(",")
        type_ = self._next()
        self._expect(">")
        return type_

    def _number(self) -> None:
        """Of any length: it is only looked at."""
        if self._peek() == "-":
            self._next()
        if not self._next()[:1].isdigit():
            raise _Broken

    def _enum(self, outer: str) -> None:
        self.enums.add(join(outer, self._name()))
        if self._peek() != "{":
            raise _Broken
        self._skip_balanced()

    # ---------------------------------------------------------------- tokens

    def _raw(self, at: int) -> _Token | None:
        return self._tokens[at] if 0 <= at < len(self._tokens) else None

    def _skip_comments(self) -> None:
        while (token := self._raw(self._at)) and token.text.startswith(("//", "/*")) and not token.is_text:
            self._at += 1

    def _comment(self) -> str:
        """Takes the comments before the next token; the last run of them that touches it counts."""
        found: list[_Token] = []
        before = self._raw(self._at - 1)
        while (token := self._raw(self._at)) and token.text.startswith(("//", "/*")) and not token.is_text:
            found.append(token)
            self._at += 1
        line, kept = self._line(), ""
        for token in reversed(found):
            last = token.line + token.text.count("\n")
            if line - last > 1 or (before is not None and token.line == before.line):  # that one is the line's before
                break
            kept, line = f"{_plain(token.text)} {kept}", token.line
        return kept.strip()

    def _trailing(self, line: int) -> str:
        token = self._raw(self._at)
        same = token is not None and token.line == line and token.text.startswith("//")
        return _plain(token.text) if token is not None and same else ""

    def _peek(self, ahead: int = 0) -> str:
        at = self._at
        while token := self._raw(at):
            if token.is_text or not token.text.startswith(("//", "/*")):
                if ahead == 0:
                    return token.text
                ahead -= 1
            at += 1
        return ""

    def _next(self) -> str:
        self._skip_comments()
        token = self._raw(self._at)
        if token is None:
            raise _Broken
        self._at += 1
        return token.text

    def _name(self) -> str:
        name = self._next()
        if not re.fullmatch(r"\.?[A-Za-z_][\w.]*", name):
            raise _Broken
        return name

    def _expect(self, text: str) -> None:
        if self._next() != text:
            raise _Broken

    def _line(self) -> int:
        at = self._at
        while (token := self._raw(at)) and token.text.startswith(("//", "/*")) and not token.is_text:
            at += 1
        token = self._raw(at) or (self._tokens[-1] if self._tokens else None)
        return token.line if token else 1

    def _skip_statement(self) -> None:
        """To the end of an option, a reservation or a service."""
        while text := self._peek():
            if text in _OPENING:
                self._skip_balanced()
                if text == "{":
                    if self._peek() == ";":
                        self._next()
                    return
            elif self._next() == ";":
                return

    def _skip_balanced(self) -> None:
        depth = 0
        while text := self._peek():
            depth += (text in _OPENING) - (text in {"}", "]", ")"})
            self._next()
            if depth == 0:
                return

    def _recover(self, start: int, *, inside: bool = False) -> None:
        """Behind the declaration that broke: past its semicolon or block, never past the block around it."""
        self._at = start
        self._skip_comments()
        first = True
        while text := self._peek():
            if text == "}":
                if not inside or first:
                    self._at += not inside
                return
            if text == "{":
                self._skip_balanced()
                return
            self._next()
            if text == ";":
                return
            first = False

    def _report(self, start: int, reason: str, name: str = "") -> None:
        if len(self.unparsed) < MAX_UNPARSED:
            token = self._raw(start)
            self.unparsed.append(Unparsed(token.line if token else 0, reason, name))


def _tokens(text: str) -> Iterator[_Token]:
    line, counted = 1, 0
    for found in _TOKEN.finditer(text):
        line += text.count("\n", counted, found.start())
        counted = found.start()
        yield _Token(found[0], line, found.lastgroup == "text")


def _plain(comment: str) -> str:
    lines = comment.removeprefix("/*").removesuffix("*/").removeprefix("*").splitlines()
    return " ".join(" ".join(line.strip().lstrip("/*").split()) for line in lines).strip()
