"""What dbt says of a column, in JSON or YAML: its type, its text, and keys by constraints and tests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from datamap.parsers.columns import apply_key
from datamap.parsers.types import Field

_REF: Final = re.compile(r"""(?:ref|source)\s*\(\s*(?:['"][^'"]*['"]\s*,\s*)?['"]([^'"]+)['"]\s*(?:,[^)]*)?\)""")

Node = Mapping[str, Any]


def field_of(key: str, column: Node) -> Field:
    one = Field(
        text(column, "name") or key,
        text(column, "data_type") or text(column, "type"),
        None,
        text(column, "description") or text(column, "comment"),
    )
    for constraint in dicts(column.get("constraints")):
        one = constrained(one, text(constraint, "type"), target_of(constraint))
    return one


def under_contract(fields: dict[str, Field], node: Node) -> dict[str, Field]:
    """With the contract's own constraints, which name their columns."""
    for constraint in dicts(node.get("constraints")):
        columns = constraint.get("columns")
        names = [one for one in columns if isinstance(one, str)] if isinstance(columns, list) else []
        kind = text(constraint, "type")
        if kind == "unique" and len(names) > 1:
            continue
        for name in names:
            if known := fields.get(name.lower()):
                fields[name.lower()] = constrained(known, kind, target_of(constraint))
    return fields


def constrained(one: Field, kind: str, target: str) -> Field:
    if kind == "not_null":
        return replace(one, nullable=False)
    key = {"primary_key": "primary", "foreign_key": "foreign", "unique": "unique"}.get(kind, "")
    return apply_key(one, key, target) if key else one


def target_of(constraint: Node) -> str:
    """`to` is a ref() or a relation's full name; in older versions it is part of `expression`."""
    to, columns = text(constraint, "to") or text(constraint, "expression"), constraint.get("to_columns")
    found = _REF.search(to)
    table = found[1] if found else re.split(r"[\s(]", to.removeprefix("references").strip())[0]
    table = table.rsplit(".", 1)[-1].strip('"`')
    column = columns[0] if isinstance(columns, list) and columns and isinstance(columns[0], str) else ""
    return f"{table}.{column}" if table and column else table


def claimed(one: Field, claims: Mapping[str, str]) -> Field:
    """With what tests claim: relationships is a reference, unique and not_null together a key."""
    if "not_null" in claims:
        one = replace(one, nullable=False)
    if "relationships" in claims:
        one = apply_key(one, "foreign", claims["relationships"])
    if "unique" in claims:
        one = apply_key(one, "primary" if "not_null" in claims else "unique", "")
    return one


def referred(expression: str) -> str:
    """The table that ref() or source() names."""
    found = _REF.search(expression)
    return found[1] if found else ""


def dicts(value: Any) -> list[dict[str, Any]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def text(node: Any, key: str) -> str:
    value = node.get(key) if isinstance(node, dict) else None
    return " ".join(value.split()) if isinstance(value, str) else ""
