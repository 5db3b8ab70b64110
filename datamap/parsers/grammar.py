"""What sqlglot's tree of a CREATE TABLE says: its columns with types, keys and comments, structures as paths."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from datamap.parsers.columns import apply_key, table_keys
from datamap.parsers.types import MAX_DEPTH, Field


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
    not_null = any(isinstance(kind, exp.NotNullColumnConstraint) and not kind.args.get("allow_null") for kind in kinds)
    reference = next((kind for kind in kinds if isinstance(kind, exp.Reference)), None)
    comment = next((kind for kind in kinds if isinstance(kind, exp.CommentColumnConstraint)), None)
    unique = any(isinstance(kind, exp.UniqueColumnConstraint) for kind in kinds)
    base = Field(
        path=column.name,
        type=column.kind.sql(dialect=dialect or None) if column.kind is not None else "",
        nullable=not (primary or not_null),
        description=comment.this.name if comment is not None and comment.this is not None else "",
        key="primary" if primary else "foreign" if reference is not None else "unique" if unique else "",
        references=_reference(reference) if reference is not None else "",
    )
    return nested(base, column.kind, dialect, 0) if isinstance(column.kind, exp.DataType) else [base]


def _reference(reference: exp.Reference) -> str:
    target = reference.this
    if isinstance(target, exp.Schema):
        columns = [column.name for column in target.expressions[:1]]
        return ".".join([target.this.name, *columns])
    return target.name if target is not None else ""


def nested(field: Field, type_: exp.DataType, dialect: str, depth: int) -> list[Field]:
    """STRUCT and ARRAY<STRUCT> (BigQuery, Spark, DuckDB, Snowflake) as paths."""
    if depth > MAX_DEPTH:
        return [field]
    if type_.this == exp.DataType.Type.ARRAY and type_.expressions and isinstance(type_.expressions[0], exp.DataType):
        inner = type_.expressions[0]
        if inner.this in {exp.DataType.Type.STRUCT, exp.DataType.Type.ARRAY}:
            return nested(replace(field, path=f"{field.path}[]"), inner, dialect, depth + 1)
        return [field]
    members = (
        [part for part in type_.expressions if isinstance(part, exp.ColumnDef)]
        if type_.this == exp.DataType.Type.STRUCT
        else []
    )
    if not members:
        return [field]
    found: list[Field] = []
    for part in members:
        inner_type = part.kind
        leaf = Field(
            f"{field.path}.{part.name}",
            inner_type.sql(dialect=dialect or None) if inner_type is not None else "",
            nullable=True,
        )
        found.extend(nested(leaf, inner_type, dialect, depth + 1) if isinstance(inner_type, exp.DataType) else [leaf])
    return found
