"""SQL DDL of any dialect -> Schema, statement by statement: what can't be read costs one table, reported by line."""

from __future__ import annotations

import logging
import re
import time
from dataclasses import replace
from typing import Final

import sqlglot
from sqlglot import exp

from datamap.parsers import alter, dialects
from datamap.parsers.catalogue import Catalogue, Table
from datamap.parsers.columns import Head, apply_key, identifier_parts, read_columns, table_head, table_keys
from datamap.parsers.source import Source
from datamap.parsers.statements import Statement, split
from datamap.parsers.types import MAX_DEPTH, MAX_UNPARSED, Field, Schema, Unparsed, Unreadable

FORMAT: Final = "sql"
_GRAMMAR_SECONDS: Final = 25.0  # beyond it the column splitter reads the rest: the same columns, types as spelled
_GRAMMAR_BYTES: Final = 200_000

_KIND: Final = re.compile(
    r"CREATE\s+(?:OR\s+(?:REPLACE|ALTER)\s+)?(?:(?!TABLE\b|VIEW\b)[\w=`'@%.]+\s+){0,6}(TABLE|VIEW)\b", re.IGNORECASE
)
_CHILD: Final = re.compile(r"\bPARTITION\s+OF\s+([^\s(;]+)", re.IGNORECASE)
_HEIR: Final = re.compile(r"\)\s*(?:WITH\s*\([^)]*\)\s*)?INHERITS\s*\(([^)]*)\)", re.IGNORECASE)
_LIKE: Final = re.compile(
    r"(?:\(\s*|,\s*|\s)(?:LIKE|CLONE)\s+((?:\"[^\"]+\"|`[^`]+`|[\w.\[\]])+)(?=[\s),;]|$)", re.IGNORECASE
)
#: `@schema.`, `{{ ref }}.`, `${db}.`, `$(db).`, `&owner..`, `:schema.`, `%%db%%.` before a name.
_QUALIFIER: Final = re.compile(
    r"(?:@\w+|\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\(\w+\)|&&?\w+\.|%%\w+%%|%\(\w+\)s|(?<![:\w]):\w+|\{\w+\}|<\w+>)\s*\.\s*(?=[\w\"`\[@{$])"
)
_PLACEHOLDER: Final = re.compile(r"\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\(\w+\)|%%\w+%%")
_BLOCK: Final = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_EXECUTABLE: Final = re.compile(rb"/\*!\d{5,6}\s?(CREATE (?:(?!\*/).)*?)\*/", re.DOTALL)
_DDL: Final = re.compile(
    rb"^[ \t(]*(?:CREATE\s+(?:OR\s+(?:REPLACE|ALTER)\s+)?(?:\w+\s+){0,5}?(?:TABLE|VIEW)|ALTER\s+TABLE)\b",
    re.IGNORECASE | re.MULTILINE,
)

logging.getLogger("sqlglot").setLevel(logging.CRITICAL)


def sniff(source: Source) -> bool:
    """A script that creates or alters a table."""
    return _DDL.search(source.data) is not None


def parse(source: Source) -> Schema:
    """Tables and views with their columns.

    Raises Unreadable(unknown_dialect, no_tables, too_many_fields).
    """
    data = source.data
    chosen = dialects.known(source.dialect) if source.dialect else dialects.detect(data)
    if source.dialect and not chosen:
        raise Unreadable("unknown_dialect", params={"dialect": source.dialect[:40]})
    reader = _Reader(chosen)
    data = _EXECUTABLE.sub(rb"\1", data) if b"/*!" in data else data
    for count, statement in enumerate(split(data, backslash=chosen in dialects.BACKSLASH), 1):
        reader.take(statement)
        if count % 50 == 0:
            source.progress(min(90, 10 + count // 50), "parsing")
    entities = reader.tables.entities()
    if not entities and not reader.unparsed:
        raise Unreadable("no_tables")
    return Schema(FORMAT, entities, chosen, tuple(reader.unparsed))


class _Reader:
    """Feeds statements to the catalogue one after the other."""

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect
        self.tables = Catalogue()
        self.unparsed: list[Unparsed] = []
        self._deadline = time.monotonic() + _GRAMMAR_SECONDS

    def take(self, statement: Statement) -> None:
        word = statement.text[:8].split(None, 1)[0].upper() if statement.text else b""
        if word not in {b"CREATE", b"ALTER", b"COMMENT", b"IF", b"(CREATE"}:
            return
        sql = clean(statement.text.decode("utf-8", "replace"))
        try:
            if word == b"ALTER":
                alter.apply_alter(sql, self.tables)
            elif word == b"COMMENT":
                alter.apply_comment(sql, self.tables)
            else:
                self._create(sql, statement)
        except RecursionError:
            self._report(statement, "too_deep", sql)

    def _create(self, sql: str, statement: Statement) -> None:
        start = re.search(r"CREATE\b", sql, re.IGNORECASE)
        sql = sql[start.start() :] if start else sql
        kind = _KIND.match(sql)
        if kind is None:
            return
        if kind[1].upper() == "VIEW":
            self._view(sql, statement)
            return
        head = table_head(sql)
        if head is None:
            self._report(statement, "no_name", sql)
        elif child := _CHILD.match(sql, head.end) or _CHILD.search(sql[head.end : head.end + 60]):
            self._adopt(identifier_parts(child[1]), Table(head.name, head.namespace, statement.line), sql)
        elif not head.name.startswith("#"):
            self._table(sql, head, statement)

    def _table(self, sql: str, head: Head, statement: Statement) -> None:
        fields, tree = self._columns(sql, head)
        table = Table(head.name, head.namespace, statement.line, description=_table_comment(tree))
        table.add(fields)
        for copied in (
            _LIKE.finditer(sql[head.end : head.end + 4000]) if len(fields) < 1 or " like " in sql.lower() else ()
        ):
            if source := self._named(identifier_parts(copied[1])):
                table.add(source.fields.values())
        if tree is not None and isinstance(tree.expression, exp.Query) and not fields:
            table.add(self._projected(tree.expression))
        heir = _HEIR.search(sql)
        if heir and (parent := self._named(identifier_parts(heir[1].split(",")[0]))):
            parent.add(table.fields.values())
        elif table.fields:
            if not (_if_not_exists(sql) and self.tables.find(table.name, table.namespace)):
                self.tables.put(table)
        else:
            self._report(statement, "no_columns" if statement.closed else "unterminated", sql)

    def _columns(self, sql: str, head: Head) -> tuple[list[Field], exp.Create | None]:
        """By the dialect's grammar, else by the column splitter, which also wins where the grammar lost columns."""
        tree = self._grammar(sql)
        by_grammar = _fields_of(tree, self.dialect) if tree is not None else []
        if tree is not None and isinstance(tree.expression, exp.Query):
            return by_grammar, tree
        by_hand = read_columns(sql, head.end)
        top = {field.path.split(".")[0].removesuffix("[]").lower() for field in by_grammar}
        return (by_grammar, tree) if by_grammar and len(top) >= len(by_hand) else (by_hand, tree)

    def _grammar(self, sql: str) -> exp.Create | None:
        if len(sql) > _GRAMMAR_BYTES or time.monotonic() > self._deadline:
            return None
        try:
            tree = sqlglot.parse_one(sql, read=self.dialect or None)
        except (
            sqlglot.errors.SqlglotError,
            RecursionError,
            ValueError,
            AttributeError,
            TypeError,
            KeyError,
            IndexError,
        ):
            return None
        return tree if isinstance(tree, exp.Create) else None

    def _view(self, sql: str, statement: Statement) -> None:
        """A view over tables of the same file is derived; its columns are what it projects."""
        tree = self._grammar(sql)
        target = tree.find(exp.Table) if tree is not None else None
        if tree is None or target is None or not target.name:
            self._report(statement, "view_not_read", sql)
            return
        query = tree.expression
        named = [column.name for column in tree.this.expressions] if isinstance(tree.this, exp.Schema) else []
        fields = [Field(name, nullable=None) for name in named if name] or (
            self._projected(query) if isinstance(query, exp.Query) else []
        )
        if not fields:
            self._report(statement, "view_not_read", sql)
            return
        sources = [table.name for table in query.find_all(exp.Table)] if query is not None else []
        table = Table(target.name, target.db, statement.line, kind="view")
        table.derived = bool(sources) and all(self.tables.find(source) is not None for source in sources)
        table.add(fields)
        self.tables.put(table)

    def _projected(self, query: exp.Query) -> list[Field]:
        fields: list[Field] = []
        for item in query.selects:
            if item.is_star:
                for source in query.find_all(exp.Table):
                    known = self.tables.find(source.name)
                    fields.extend(known.fields.values() if known else ())
            elif name := item.alias_or_name:
                fields.append(self._origin(item, name, query))
        return [replace(field, key="", references="") for field in fields]

    def _origin(self, item: exp.Expr, name: str, query: exp.Query) -> Field:
        """A plain column keeps the type of the table it comes from."""
        column = item.unalias()
        if isinstance(column, exp.Column):
            for source in query.find_all(exp.Table):
                known = self.tables.find(source.name)
                if known and (origin := known.fields.get(column.name.lower())):
                    return replace(origin, path=name)
        return Field(name)

    def _adopt(self, parent_parts: list[str], child: Table, sql: str) -> None:
        if parent := self._named(parent_parts):
            child.add(
                field for field in read_columns(sql, 0) if field.type and field.type.upper() not in {"FROM", "IN"}
            )
            self.tables.merge_child(parent, Table(child.name, child.namespace, child.line))

    def _named(self, parts: list[str]) -> Table | None:
        return self.tables.find(parts[-1], ".".join(parts[:-1])) or self.tables.find(parts[-1]) if parts else None

    def _report(self, statement: Statement, reason: str, sql: str) -> None:
        if len(self.unparsed) < MAX_UNPARSED:
            head = table_head(sql) if reason != "too_deep" else None
            self.unparsed.append(Unparsed(statement.line, reason, head.name if head else ""))


def clean(sql: str) -> str:
    """Without template placeholders: as a qualifier they go, elsewhere a word stands for them."""
    if not re.search(r"[@{$&%:<]", sql):
        return sql
    sql = _BLOCK.sub(" ", sql)
    sql = _QUALIFIER.sub("", sql)
    return _PLACEHOLDER.sub("placeholder", sql)


def _if_not_exists(sql: str) -> bool:
    return re.match(r"CREATE[\w\s]*?TABLE\s+IF\s+NOT\s+EXISTS", sql, re.IGNORECASE) is not None


def _table_comment(tree: exp.Create | None) -> str:
    comment = tree.find(exp.SchemaCommentProperty) if tree is not None else None
    return comment.this.name if comment is not None and comment.this is not None else ""


# ---------------------------------------------------------------- what sqlglot's tree says


def _fields_of(tree: exp.Create, dialect: str) -> list[Field]:
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
    kinds = [constraint.kind for constraint in column.constraints]
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
    return _nested(base, column.kind, dialect, 0) if isinstance(column.kind, exp.DataType) else [base]


def _reference(reference: exp.Reference) -> str:
    target = reference.this
    if isinstance(target, exp.Schema):
        columns = [column.name for column in target.expressions[:1]]
        return ".".join([target.this.name, *columns])
    return target.name if target is not None else ""


def _nested(field: Field, type_: exp.DataType, dialect: str, depth: int) -> list[Field]:
    """STRUCT and ARRAY<STRUCT> (BigQuery, Spark, DuckDB, Snowflake) as paths."""
    if depth > MAX_DEPTH:
        return [field]
    if type_.this == exp.DataType.Type.ARRAY and type_.expressions and isinstance(type_.expressions[0], exp.DataType):
        inner = type_.expressions[0]
        if inner.this in {exp.DataType.Type.STRUCT, exp.DataType.Type.ARRAY}:
            return _nested(replace(field, path=f"{field.path}[]"), inner, dialect, depth + 1)
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
        found.extend(_nested(leaf, inner_type, dialect, depth + 1) if isinstance(inner_type, exp.DataType) else [leaf])
    return found
