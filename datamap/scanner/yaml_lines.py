"""YAML from people: small, plain, and every item and key with the line that it stands in.

load(content) -> dicts and lists as YAML gives them; `line_of` says where a part of them begins.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any, Final

import yaml

from core.types import Reason

MOST_BYTES: Final = 1 << 20
MOST_EVENTS: Final = 100_000
DEEPEST: Final = 20
#: Characters; YAML's numbers to the base 60 (1:59:59) take time with the square of their length.
LONGEST_NUMBER: Final = 500


class BadYaml(Exception):
    """The file as a whole can't be read. Holds the reason."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.reason = Reason(code, dict(params))


class Items(list[Any]):
    """A sequence; `lines` are those of its items, `written` is each as it stands in the file ("" for no text)."""

    lines: tuple[int, ...] = ()
    written: tuple[str, ...] = ()


class Fields(dict[Any, Any]):
    """A mapping; `lines` are those of its keys."""

    lines: dict[Any, int]


def load(content: bytes | str) -> Any:
    """A YAML document that is what it seems: bounded in size, depth and length, without aliases and tags.

    Raises BadYaml.
    """
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadYaml("yaml.encoding") from None
    if len(text) > MOST_BYTES:
        raise BadYaml("yaml.large")
    try:
        _bound(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = min(error.problem_mark.line, text.count("\n")) + 1 if error.problem_mark else 1
        raise BadYaml("yaml.syntax", line=line, cause=str(error.problem or "")[:200]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BadYaml("yaml.syntax", line=line, cause=error.reason) from None


def _bound(text: str) -> None:
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        if isinstance(event, yaml.AliasEvent):
            raise BadYaml("yaml.alias", line=_line(event))
        if tag := getattr(event, "tag", None):
            raise BadYaml("yaml.tag", line=_line(event), tag=str(tag)[:60])
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if count > MOST_EVENTS or depth > DEEPEST:
            raise BadYaml("yaml.large")


def _line(part: Any) -> int:
    return int(part.start_mark.line) + 1


class _Loader(yaml.CSafeLoader):
    """PyYAML's safe loader, remembering lines."""


def _text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    """A text that can be kept: an escape writes a NUL into it, which no database takes."""
    text = str(loader.construct_scalar(node))
    if "\0" in text:
        raise BadYaml("yaml.character", line=_line(node))
    return text


def _scalar(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    """A number, a date: what looks like one and is none is told with its line."""
    if len(node.value) > LONGEST_NUMBER:
        raise BadYaml("yaml.syntax", line=_line(node), cause="a number of so many digits")
    try:
        return yaml.SafeLoader.yaml_constructors[node.tag](loader, node)
    except (ValueError, ArithmeticError):
        raise BadYaml("yaml.syntax", line=_line(node), cause=f"no {node.tag.rsplit(':', 1)[-1]}") from None


def _items(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> Items:
    items = Items(loader.construct_object(part, deep=True) for part in node.value)
    items.lines = tuple(_line(part) for part in node.value)
    items.written = tuple(part.value if isinstance(part, yaml.ScalarNode) else "" for part in node.value)
    return items


def _fields(loader: yaml.SafeLoader, node: yaml.MappingNode) -> Fields:
    fields = Fields()
    fields.lines = {}
    for named, part in node.value:
        key = loader.construct_object(named, deep=True)
        if not isinstance(key, Hashable) or key in fields:
            raise BadYaml("yaml.key", line=_line(named), key=str(key)[:60])
        fields[key] = loader.construct_object(part, deep=True)
        fields.lines[key] = _line(named)
    return fields


_TAG: Final = "tag:yaml.org,2002:"
_Loader.add_constructor(f"{_TAG}str", _text)
_Loader.add_constructor(f"{_TAG}seq", _items)
_Loader.add_constructor(f"{_TAG}map", _fields)
for _kind in ("int", "float", "timestamp"):
    _Loader.add_constructor(f"{_TAG}{_kind}", _scalar)
#: As YAML 1.2 has it: only these are truth values, and `no` is the language of Norway.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if tag != f"{_TAG}bool"]
    for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(f"{_TAG}bool", re.compile("true|True|TRUE|false|False|FALSE"), list("tTfF"))


def line_of(part: Any, place: Any, default: int = 0) -> int:
    """The line of an item (by its number) or of a key; the default for what was not read from a file."""
    if isinstance(part, Items):
        return part.lines[place] if place < len(part.lines) else default
    return part.lines.get(place, default) if isinstance(part, Fields) else default
