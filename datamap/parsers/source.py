"""One upload on its way through detection and a parser: its text, and its document where it is JSON or YAML."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from datamap.parsers.types import Unreadable

_MAX_DIGITS: Final = 400


def _silent(percent: int, code: str) -> None:
    """Progress nobody waits for."""


@dataclass(eq=False)
class Source:
    """`data` is UTF-8, or as it came where `binary` names a binary format. `name` is a hint, never a path to open."""

    data: bytes
    name: str = ""
    dialect: str = ""
    progress: Callable[[int, str], None] = field(default=_silent)
    binary: str = ""

    @property
    def stem(self) -> str:
        return self.name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]

    @property
    def suffix(self) -> str:
        return self.name.rsplit(".", 1)[-1].lower() if "." in self.name else ""

    @property
    def looks_like_json(self) -> bool:
        """By its first character; a script may start with a template's `{{`, `{%` or `{#`."""
        start = b"" if self.binary else self.data[:2000].lstrip()[:2]
        return start[:1] in {b"{", b"["} and (start not in {b"{{", b"{%", b"{#"} or self.suffix == "json")

    @property
    def looks_like_yaml(self) -> bool:
        return not self.binary and self.suffix in {"yaml", "yml"}

    @cached_property
    def document(self) -> Any:
        """The JSON document. Raises Unreadable(json, too_deep) with line and column, without the text."""
        try:
            return json.loads(self.data, parse_int=_integer)
        except json.JSONDecodeError as error:
            raise Unreadable("json", line=error.lineno, column=error.colno) from None
        except RecursionError:
            raise Unreadable("too_deep", line=deepest_line(self.data)) from None
        except ValueError:
            raise Unreadable("json") from None

    @cached_property
    def yaml_document(self) -> Any:
        """The YAML document, every number as text. Raises Unreadable(yaml, too_deep, alias_bomb, too_large)."""
        from datamap.parsers.yaml_text import load

        return load(self.data)


def _integer(digits: str) -> int | str:
    """A number of a million digits is kept as a sign that it was there, not converted."""
    return int(digits) if len(digits) <= _MAX_DIGITS else "integer"


def deepest_line(data: bytes, limit: int = 500) -> int:
    """The line where brackets first nest deeper than `limit`; 0 where they never do. Quotes are not looked at."""
    depth, line = 0, 1
    for byte in data:
        if byte in b"[{":
            depth += 1
            if depth > limit:
                return line
        elif byte in b"]}":
            depth -= 1
        elif byte == 10:
            line += 1
    return 0
