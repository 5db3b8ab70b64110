"""One upload on its way through detection and a parser: its text, and its document where it is JSON or YAML."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import yaml

from datamap.parsers.types import Unreadable

_MAX_ALIASES: Final = 50  # of YAML; a bomb needs its aliases to multiply
_MAX_YAML_DEPTH: Final = 60
_MAX_YAML_BYTES: Final = 8 * 1024 * 1024  # pure-Python YAML reads about 1 MB/s
_MAX_DIGITS: Final = 400


def _silent(percent: int, code: str) -> None:
    """Progress nobody waits for."""


@dataclass(eq=False)
class Source:
    """`data` is UTF-8. `name` is the file's own name: a hint, never a path to open."""

    data: bytes
    name: str = ""
    dialect: str = ""
    progress: Callable[[int, str], None] = field(default=_silent)

    @property
    def stem(self) -> str:
        return self.name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]

    @property
    def suffix(self) -> str:
        return self.name.rsplit(".", 1)[-1].lower() if "." in self.name else ""

    @property
    def looks_like_json(self) -> bool:
        return self.data[:2000].lstrip()[:1] in {b"{", b"["}

    @cached_property
    def document(self) -> Any:
        """The JSON document. Raises Unreadable(json, too_deep) with line and column, without the text."""
        try:
            return json.loads(self.data, parse_int=_integer)
        except json.JSONDecodeError as error:
            raise Unreadable("json", line=error.lineno, column=error.colno) from None
        except RecursionError:
            raise Unreadable("too_deep") from None
        except ValueError:
            raise Unreadable("json") from None

    @cached_property
    def yaml_document(self) -> Any:
        """The YAML document. Raises Unreadable(yaml, too_deep, alias_bomb, too_large)."""
        if len(self.data) > _MAX_YAML_BYTES:
            raise Unreadable("too_large", params={"limit": _MAX_YAML_BYTES})
        try:
            _check_yaml(self.data)
            return yaml.safe_load(self.data)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            raise Unreadable("yaml", line=mark.line + 1 if mark else 0, column=mark.column + 1 if mark else 0) from None
        except (yaml.YAMLError, ValueError):
            raise Unreadable("yaml") from None
        except RecursionError:
            raise Unreadable("too_deep") from None


def _integer(digits: str) -> int | str:
    """A number of a million digits is kept as a sign that it was there, not converted."""
    return int(digits) if len(digits) <= _MAX_DIGITS else "integer"


def _check_yaml(data: bytes) -> None:
    depth = aliases = 0
    for event in yaml.parse(data, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > _MAX_YAML_DEPTH:
            raise Unreadable("too_deep", line=_line(event))
        if aliases > _MAX_ALIASES:
            raise Unreadable("alias_bomb", line=_line(event))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
