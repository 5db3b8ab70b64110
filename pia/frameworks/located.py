"""YAML read with the line of every key, so that a mistake in a pack can be pointed at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

MAX_NODES = 200_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a file."""

    line: int
    text: str


class PackError(ValueError):
    """A pack that can't be used; `problems` has each mistake with its line (1-based)."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self.name = name
        self.problems = problems
        super().__init__("\n".join(f"{name}:{p.line}: {p.text}" for p in problems))


class Table(dict[str, Any]):
    """A mapping that remembers where it and its keys stand."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def at(self, key: str) -> int:
        return self.lines.get(key, self.line)


class Row(list[Any]):
    """A list that remembers where it and its members stand."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []

    def located(self) -> Iterator[tuple[int, Any]]:
        return zip(self.lines, self, strict=True)


def read(text: str, name: str) -> Table:
    """The mapping a file holds, with lines. Raises PackError: not YAML, aliases, duplicate keys, too large."""
    problems: list[Problem] = []
    try:
        # Aliases are refused: a pack needs none, and nested ones unfold without limit.
        for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
            if isinstance(event, yaml.AliasEvent):
                raise PackError(name, [Problem(_line(event.start_mark), "aliases are not allowed")])
            if count > MAX_NODES:
                raise PackError(name, [Problem(_line(event.start_mark), "the file is too large")])
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        line = _line(getattr(error, "problem_mark", None))
        what = getattr(error, "problem", None) or "nested too deeply"
        raise PackError(name, [Problem(line, f"not YAML: {what}")]) from None
    value = _value(node, problems) if node is not None else None
    if not isinstance(value, Table):
        problems.append(Problem(1, "a pack is a mapping of keys"))
    if problems or not isinstance(value, Table):
        raise PackError(name, problems)
    return value


def _line(mark: Any) -> int:
    """The line of a mark as people count; 1 where there is none."""
    return int(mark.line) + 1 if mark is not None else 1


def _value(node: yaml.Node, problems: list[Problem]) -> Any:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        table = Table(line)
        for key_node, value_node in node.value:
            key, at = str(key_node.value), key_node.start_mark.line + 1
            if key in table:
                problems.append(Problem(at, f"the key {key!r} stands twice"))
            table[key], table.lines[key] = _value(value_node, problems), at
        return table
    if isinstance(node, yaml.SequenceNode):
        row = Row(line)
        for child in node.value:
            row.append(_value(child, problems))
            row.lines.append(child.start_mark.line + 1)
        return row
    return _scalar(node, problems)


def _scalar(node: yaml.Node, problems: list[Problem]) -> Any:
    """Booleans, integers and floats by YAML's rules; everything else (dates too) as the text that was written."""
    if node.tag == "tag:yaml.org,2002:bool":
        return node.value.lower() in {"true", "yes", "on"}
    if node.tag == "tag:yaml.org,2002:null":
        return None
    try:
        if node.tag == "tag:yaml.org,2002:int":
            return int(node.value)
        if node.tag == "tag:yaml.org,2002:float":
            return float(node.value)
    except ValueError:
        problems.append(Problem(node.start_mark.line + 1, f"not a number: {node.value[:40]!r}"))
    return node.value
