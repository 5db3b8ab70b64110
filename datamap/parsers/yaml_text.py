"""YAML that may be hostile -> plain values: nothing is built but text, lists and maps, and aliases can't multiply."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from datamap.parsers.types import Unreadable

_BASE: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_BYTES: Final = 32 * 1024 * 1024
_MAX_DEPTH: Final = 60
_MAX_NODES: Final = 2_000_000  # with every alias written out


class _Loader(_BASE):  # type: ignore[misc]
    """Knows maps, lists, text, true, false and null; a number of a million digits or a date stays text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own way to set them
        first: [(tag, pattern) for tag, pattern in resolvers if tag.rsplit(":", 1)[-1] in {"null", "merge"}]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _as_written(loader: Any, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return node.value


def _as_text(loader: Any, node: yaml.Node) -> Any:
    return _as_written(loader, "", node)


def _as_bool(loader: Any, node: yaml.Node) -> Any:
    """An explicit `!!bool` may stand before anything."""
    written = _as_written(loader, "", node)
    return {"true": True, "false": False}.get(written.lower(), written) if isinstance(written, str) else written


#: Not YAML 1.1's yes, no, on, off: those are names of fields.
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false|True|False|TRUE|FALSE)$"), list("tfTF")
)
_Loader.add_constructor("tag:yaml.org,2002:bool", _as_bool)
for _tag in ("int", "float", "timestamp", "binary", "omap", "pairs", "set"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _as_text)
_Loader.add_multi_constructor("", _as_written)


def load(data: bytes) -> Any:
    """The first document. Raises Unreadable(yaml, too_deep, alias_bomb, too_large) with line and column."""
    if len(data) > _MAX_BYTES:
        raise Unreadable("too_large", params={"limit": _MAX_BYTES})
    try:
        _check(data)
        return next(yaml.load_all(data, Loader=_Loader), None)  # noqa: S506 - builds plain values only, see _Loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable("yaml", line=mark.line + 1 if mark else 0, column=mark.column + 1 if mark else 0) from None
    except (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError):
        raise Unreadable("yaml") from None
    except RecursionError:
        raise Unreadable("too_deep") from None


def _check(data: bytes) -> None:
    """Walk the events: how deep, and how many nodes if every alias were written out."""
    sizes: dict[str, int] = {}
    open_nodes: list[tuple[str | None, int]] = []  # anchor, nodes before it
    total = 0
    for event in yaml.parse(data, Loader=_BASE):
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in sizes:
                raise Unreadable("alias_bomb", line=_line(event))  # of itself: endless
            total += sizes[event.anchor]
        elif isinstance(event, yaml.CollectionStartEvent):
            open_nodes.append((event.anchor, total))
            if event.anchor:
                sizes.pop(event.anchor, None)
            total += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_nodes.pop()
            if anchor:
                sizes[anchor] = total - before
        elif isinstance(event, yaml.ScalarEvent):
            total += 1
            if event.anchor:
                sizes[event.anchor] = 1
        if len(open_nodes) > _MAX_DEPTH:
            raise Unreadable("too_deep", line=_line(event))
        if total > _MAX_NODES:
            raise Unreadable("alias_bomb" if sizes else "too_large", line=_line(event), params={"limit": _MAX_NODES})


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
