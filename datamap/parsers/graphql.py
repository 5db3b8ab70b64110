"""GraphQL type definitions, or the JSON that an introspection query returns -> one entity for each object and input.

A field whose type is another object stays one field that names it: that type has its own entity. The roots of
operations (Query, Mutation, Subscription) hold no data and are left out unless there is nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from datamap.parsers.source import Source
from datamap.parsers.types import (
    MAX_DEPTH,
    MAX_ENTITIES,
    MAX_FIELDS,
    MAX_UNPARSED,
    Entity,
    Field,
    Schema,
    Unparsed,
    Unreadable,
    distinct,
)

FORMAT: Final = "graphql"
_MAX_BYTES: Final = 16 * 1024 * 1024
_MAX_TOKENS: Final = 1_000_000
_SIGNS: Final = re.compile(
    rb"^\s*(?:extend\s+)?(?:(?:type|input|interface)\s+\w+[^{}\n]*\{\s*$|schema\s*(?:@\w+[^{]*)?\{|union\s+\w+\s*[=@]"
    rb"|scalar\s+\w+\s*$|enum\s+\w+\s*\{\s*$|directive\s+@\w+)",
    re.MULTILINE,
)
_ROOTS: Final = ("Query", "Mutation", "Subscription")


def sniff(source: Source) -> bool:
    if source.binary:
        return False
    if source.looks_like_json:
        return _introspected(source.document) is not None
    return source.suffix in {"graphql", "graphqls", "gql", "sdl"} or (
        source.suffix not in {"sql", "proto", "yaml", "yml", "csv"} and _SIGNS.search(source.data[:200_000]) is not None
    )


def parse(source: Source) -> Schema:
    """Raises Unreadable(graphql with line and column, json, no_tables, too_large, too_many_fields, too_deep)."""
    schema = _introspected(source.document) if source.looks_like_json else None
    if source.looks_like_json and schema is None:
        raise Unreadable("not_a_schema")
    found = _from_json(schema) if schema is not None else _from_text(source.data)
    types = found.types.values()
    shapes = {one.name for one in types if one.fields}
    stored = [one for one in types if one.name not in found.roots]
    if not any(one.fields for one in stored):
        stored = list(types)
    return Schema(FORMAT, distinct(one.entity(shapes) for one in stored), unparsed=tuple(found.unparsed))


@dataclass(slots=True)
class _Type:
    name: str
    kind: str
    description: str = ""
    line: int = 0
    fields: dict[str, tuple[str, str, bool, str]] = field(default_factory=dict)  # name -> type, lists, nullable, text

    def entity(self, shapes: set[str]) -> Entity:
        fields = tuple(
            Field(name + lists, type_, nullable, text, references=type_ if type_ in shapes else "")
            for name, (type_, lists, nullable, text) in self.fields.items()
        )
        return Entity(self.name, fields, self.description, self.kind, line=self.line)


def _check(types: dict[str, _Type]) -> None:
    if sum(len(one.fields) for one in types.values()) > MAX_FIELDS:
        raise Unreadable("too_many_fields", params={"limit": MAX_FIELDS})


# ---------------------------------------------------------------- the language


@dataclass(slots=True)
class _Parsed:
    types: dict[str, _Type] = field(default_factory=dict)
    roots: set[str] = field(default_factory=lambda: set(_ROOTS))
    unparsed: list[Unparsed] = field(default_factory=list)


def _from_text(data: bytes) -> _Parsed:
    from graphql import GraphQLError

    if len(data) > _MAX_BYTES:
        raise Unreadable("too_large", params={"limit": _MAX_BYTES})
    text, found = data.decode("utf-8", "replace"), _Parsed()
    try:
        _read(text, found)
    except GraphQLError as error:
        _read_one_by_one(text, found)
        if not found.types:
            place = error.locations[0] if error.locations else None
            code = "too_deep" if "too deep" in error.message else "graphql"
            raise Unreadable(code, line=place.line if place else 0, column=place.column if place else 0) from None
    except RecursionError:
        raise Unreadable("too_deep") from None
    _check(found.types)
    return found


def _read(text: str, found: _Parsed, above: int = 0) -> None:
    """`above` is the number of lines before the text."""
    from graphql import Token
    from graphql import parse as read

    for node in read(text, max_tokens=_MAX_TOKENS).definitions:
        start = node.loc.start_token if node.loc else None
        _define(node, found.types, above + start.line if isinstance(start, Token) else 0)
        for operation in getattr(node, "operation_types", None) or ():
            found.roots.add(operation.type.name.value)


#: Where a definition begins, with the description above it.
_DEFINITION: Final = re.compile(
    r'^[ \t]*+(?:(?:"""(?:(?!""").)*+"""|"[^"\n]*+")\s*+)?(?:extend\s+)?'
    r"(?:(?:type|input|interface|enum|union|scalar)\s+(?P<name>\w+)(?!\s*:)|directive\s*@|schema\s*[@{])",
    re.MULTILINE | re.DOTALL,
)
#: As the language was first written: implements A, B; a type with empty braces.
_COMMAS: Final = re.compile(r"\bimplements\s+[\w\s,&]+(?=[{@])")
_EMPTY: Final = re.compile(r"\{[\s,]*\}\s*$")


def _read_one_by_one(text: str, found: _Parsed) -> None:
    """What can't be read costs its own definition."""
    from graphql import GraphQLError

    starts = list(_DEFINITION.finditer(text))
    if len(starts) > MAX_ENTITIES:
        raise Unreadable("too_many_fields", params={"limit": MAX_ENTITIES})
    line, counted = 0, 0
    for start, (begin, end) in zip(starts, pairwise([*(one.start() for one in starts), len(text)]), strict=False):
        line, counted = line + text.count("\n", counted, begin), begin
        part = _COMMAS.sub(lambda old: old[0].replace(",", " & "), text[begin:end], count=1)
        try:
            _read(_EMPTY.sub("", part), found, line)
        except (GraphQLError, RecursionError):
            if len(found.unparsed) < MAX_UNPARSED:
                found.unparsed.append(Unparsed(line + 1, "not_read", start["name"] or ""))


_SHAPES: Final = ("object_type", "interface_type", "input_object_type")


def _define(node: Any, types: dict[str, _Type], line: int) -> None:
    """A type or an extension of one; both may come in any order."""
    if not node.kind.startswith(_SHAPES):
        return
    kind = "input" if node.kind.startswith("input") else "record"
    one = types.setdefault(node.name.value, _Type(node.name.value, kind, line=line))
    one.description = one.description or _described(node)
    for part in node.fields or ():
        type_, lists, nullable = _unwrapped(part.type)
        one.fields.setdefault(part.name.value, (type_, lists, nullable, _described(part)))


def _unwrapped(node: Any) -> tuple[str, str, bool]:
    """[[Person!]]! -> Person, "[][]", False."""
    nullable, lists = True, ""
    if node.kind == "non_null_type":
        nullable, node = False, node.type
    while node.kind in {"list_type", "non_null_type"}:
        lists += "[]" if node.kind == "list_type" else ""
        node = node.type
    return node.name.value, lists, nullable


def _described(node: Any) -> str:
    """Its description, or the comments on the lines above, as descriptions were first written."""
    description = getattr(node, "description", None)
    if description is not None:
        return " ".join(description.value.split())
    lines: list[str] = []
    token = node.loc.start_token if node.loc else None
    while token is not None and _is_comment_above(token):
        token = token.prev
        lines.append(token.value or "")
    return " ".join(" ".join(reversed(lines)).split())


def _is_comment_above(token: Any) -> bool:
    """Directly above, and alone on its line."""
    above = token.prev
    return (
        above is not None
        and above.kind.value == "Comment"
        and above.line == token.line - 1
        and (above.prev is None or above.prev.line < above.line)
    )


# ---------------------------------------------------------------- introspection


def _introspected(document: Any) -> dict[str, Any] | None:
    for outer in (document, document.get("data") if isinstance(document, dict) else None):
        schema = outer.get("__schema") if isinstance(outer, dict) else None
        if isinstance(schema, dict) and isinstance(schema.get("types"), list):
            return schema
    return None


def _from_json(schema: dict[str, Any]) -> _Parsed:
    types: dict[str, _Type] = {}
    for node in _dicts(schema.get("types")):
        name, kind = _text(node, "name"), node.get("kind")
        if kind not in {"OBJECT", "INTERFACE", "INPUT_OBJECT"} or not name or name.startswith("__"):
            continue
        one = types.setdefault(
            name, _Type(name, "input" if kind == "INPUT_OBJECT" else "record", _text(node, "description"))
        )
        for part in (*_dicts(node.get("fields")), *_dicts(node.get("inputFields"))):
            one.fields.setdefault(_text(part, "name") or "field", (*_of(part.get("type")), _text(part, "description")))
    _check(types)
    named = [_text(schema.get(f"{one.lower()}Type"), "name") for one in _ROOTS]
    return _Parsed(types, {*named, *_ROOTS} - {""})


def _of(node: Any) -> tuple[str, str, bool]:
    nullable, lists = not (isinstance(node, dict) and node.get("kind") == "NON_NULL"), ""
    for _ in range(MAX_DEPTH):
        if not isinstance(node, dict) or not isinstance(node.get("ofType"), dict):
            break
        lists += "[]" if node.get("kind") == "LIST" else ""
        node = node["ofType"]
    return _text(node, "name"), lists, nullable


def _dicts(value: Any) -> Iterable[dict[str, Any]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _text(node: Any, key: str) -> str:
    value = node.get(key) if isinstance(node, dict) else None
    return " ".join(value.split()) if isinstance(value, str) else ""
