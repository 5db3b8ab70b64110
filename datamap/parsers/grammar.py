"""What sqlglot's tree of a CREATE TABLE says: its columns with types, keys and comments, structures as paths."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import sqlglot
from sqlglot import exp

from datamap.parsers.columns import apply_key, table_keys
from datamap.parsers.types import MAX_DEPTH, Field

_LISTS: Final = frozenset({exp.DataType.Type.ARRAY, exp.DataType.Type.LIST})
_STRUCTS: Final = frozenset({exp.DataType.Type.STRUCT, exp.DataType.Type.OBJECT, exp.DataType.Type.NESTED})
_STRUCTURE: Final = re.compile(r"\b(?:STRUCT|ROW|ARRAY|MAP|OBJECT|NESTED|LIST|TUPLE)\b", re.IGNORECASE)
#: What sqlglot raises of nonsense.
GRAMMAR_ERRORS: Final = (
    sqlglot.errors.SqlglotError,
    RecursionError,
    ValueError,
    AttributeError,
    TypeError,
    KeyError,
    IndexError,
)


def fields_of(tree: exp.Create, dialect: str) -> list[Field]:
    if not isinstance(tree.this, exp.Schema):
        return []
    fields: list[Field] = []
    keys: list[tuple[str, str, str]] = []
    for part in tree.this.expressions:
        if isinstance(part, exp.ColumnDef):
            fields.extend(_column(part, dialect))
        elif isinstance(part, exp.Identifier | exp.Column):
            fields.append(Field(part.name, nullable=True))
        elif isinstance(part, exp.Constraint | exp.PrimaryKey | exp.ForeignKey | exp.UniqueColumnConstraint):
            keys.extend(table_keys(part.sql()))
    by_name = {field.path.lower(): index for index, field in enumerate(fields)}
    for column, key, target in keys:
        if (index := by_name.get(column.lower())) is not None:
            fields[index] = apply_key(fields[index], key, target)
    return fields


def _column(column: exp.ColumnDef, dialect: str) -> list[Field]:
    kinds = [getattr(constraint, "kind", None) for constraint in column.constraints]
    primary = any(isinstance(kind, exp.PrimaryKeyColumnConstraint) for kind in kinds)
    reference = next((kind for kind in kinds if isinstance(kind, exp.Reference)), None)
    unique = any(isinstance(kind, exp.UniqueColumnConstraint) for kind in kinds)
    base = Field(
        path=column.name,
        type=_type(column, dialect),
        nullable=not primary and _nullable(column),
        description=described(column),
        key="primary" if primary else "foreign" if reference is not None else "unique" if unique else "",
        references=_reference(reference) if reference is not None else "",
    )
    return nested(base, column.kind, dialect, 0) if isinstance(column.kind, exp.DataType) else [base]


def _type(column: exp.ColumnDef, dialect: str) -> str:
    return column.kind.sql(dialect=dialect or None) if column.kind is not None else ""


def _nullable(column: exp.ColumnDef) -> bool:
    kinds = (constraint.args.get("kind") for constraint in column.constraints)
    return not any(isinstance(kind, exp.NotNullColumnConstraint) and not kind.args.get("allow_null") for kind in kinds)


def described(column: exp.ColumnDef) -> str:
    """Its COMMENT, or BigQuery's OPTIONS(description = ...)."""
    for constraint in column.constraints:
        kind = constraint.args.get("kind")
        if isinstance(kind, exp.CommentColumnConstraint) and kind.this is not None:
            return str(kind.this.name)
        if isinstance(kind, exp.Properties) and (text := described_in(kind)):
            return text
    return ""


def described_in(properties: exp.Properties) -> str:
    """The text of COMMENT '...' or of a property called description."""
    for part in properties.expressions:
        if isinstance(part, exp.SchemaCommentProperty) and part.this is not None:
            return str(part.this.name)
        if isinstance(part, exp.Property) and part.name.lower() == "description" and part.args.get("value") is not None:
            return str(part.args["value"].name)
    return ""


def _reference(reference: exp.Reference) -> str:
    target = reference.this
    if isinstance(target, exp.Schema):
        columns = [column.name for column in target.expressions[:1]]
        return ".".join([target.this.name, *columns])
    return target.name if target is not None else ""


def nested(field: Field, type_: exp.DataType, dialect: str, depth: int) -> list[Field]:
    """Structures, and lists and maps of them, as paths; any other type is the field itself."""
    if depth > MAX_DEPTH or not _is_structure(type_, depth):
        return [field]
    if type_.this in _LISTS and not _members(type_):
        return nested(replace(field, path=f"{field.path}[]"), type_.expressions[0], dialect, depth + 1)
    if type_.this == exp.DataType.Type.MAP:
        return nested(replace(field, path=f"{field.path}.*"), type_.expressions[1], dialect, depth + 1)
    path = f"{field.path}[]" if type_.this == exp.DataType.Type.NESTED else field.path
    found: list[Field] = []
    for part in _members(type_):
        leaf = Field(f"{path}.{part.name}", _type(part, dialect), _nullable(part), described(part))
        found.extend(nested(leaf, part.kind, dialect, depth + 1) if isinstance(part.kind, exp.DataType) else [leaf])
    return found


def _members(type_: exp.DataType) -> list[exp.ColumnDef]:
    return [part for part in type_.expressions if isinstance(part, exp.ColumnDef)] if type_.this in _STRUCTS else []


def _is_structure(type_: exp.DataType, depth: int = 0) -> bool:
    """Whether named members lie somewhere below, so that a path says more than the type."""
    if _members(type_):
        return True
    inside = [part for part in type_.expressions if isinstance(part, exp.DataType)]
    if depth > MAX_DEPTH or not inside:
        return False
    if type_.this == exp.DataType.Type.MAP:
        return len(inside) == 2 and _is_structure(inside[1], depth + 1)
    return type_.this in _LISTS and _is_structure(inside[0], depth + 1)


def unfolded(fields: Iterable[Field], dialect: str) -> list[Field]:
    """Structures among columns that no grammar read whole, each type by the grammar on its own."""
    found: list[Field] = []
    for field in fields:
        type_ = _built(field.type, dialect) if _STRUCTURE.search(field.type) else None
        found.extend(nested(field, type_, dialect, 0) if type_ is not None else [field])
    return found


def _built(text: str, dialect: str) -> exp.DataType | None:
    try:
        return exp.DataType.build(text, dialect=dialect or None)
    except GRAMMAR_ERRORS:
        return None
