"""SQL DDL of any dialect -> Schema, statement by statement: what can't be read costs one table, reported by line."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

import sqlglot
from sqlglot import exp

from datamap.parsers import alter, dialects
from datamap.parsers.catalogue import Catalogue, Table
from datamap.parsers.columns import (
    KEYWORDS,
    QUALIFIED,
    Head,
    after_columns,
    comment_in,
    identifier_parts,
    is_unclosed,
    partition_columns,
    read_columns,
    table_head,
    view_head,
)
from datamap.parsers.grammar import GRAMMAR_ERRORS, described_in, fields_of, unfolded
from datamap.parsers.queries import projected_names, remarks, without_comments
from datamap.parsers.source import Source
from datamap.parsers.statements import Statement, split
from datamap.parsers.types import MAX_FIELDS, MAX_UNPARSED, Field, Schema, Unparsed, Unreadable

FORMAT: Final = "sql"
_GRAMMAR_SECONDS: Final = 25.0  # beyond it the column splitter reads the rest: the same columns, types as spelled
_GRAMMAR_BYTES: Final = 200_000

_KIND: Final = re.compile(
    r"CREATE\s+(?:OR\s+(?:REPLACE|ALTER)\s+)?(?:(?!TABLE\b|VIEW\b)[\w=`'@%.]+\s+){0,6}(TABLE|VIEW)\b", re.IGNORECASE
)
#: PostgreSQL's and Oracle's types of several values, and tables whose rows are of one.
_COMPOSITE: Final = re.compile(
    rf"CREATE\s+(?:OR\s+REPLACE\s+)?(?:(?:NON)?EDITIONABLE\s+)?TYPE\s+({QUALIFIED})\s+(?:FORCE\s+)?(?:AS|IS)\s+(?:OBJECT\s*)?(?=\()",
    re.IGNORECASE,
)
_MAX_MEMBERS: Final = 2_000
_OF_TYPE: Final = re.compile(rf"\s+OF\s+({QUALIFIED})", re.IGNORECASE)
_CHILD: Final = re.compile(r"\bPARTITION\s+OF\s+([^\s(;]+)", re.IGNORECASE)
_HEIR: Final = re.compile(r"\)\s*(?:WITH\s*\([^)]*\)\s*)?INHERITS\s*\(([^)]*)\)", re.IGNORECASE)
_LIKE: Final = re.compile(
    r"(?:\(\s*|,\s*|\s)(?:LIKE|CLONE|COPY)\s+((?:\"[^\"]+\"|`[^`]+`|[\w.\[\]])+)(?=[\s),;]|$)", re.IGNORECASE
)
#: `@schema.`, `{{ ref }}.`, `${db}.`, `$(db).`, `&owner..`, `:schema.`, `%%db%%.`, `<%= db %>.` before a name.
_QUALIFIER: Final = re.compile(
    r"(?:\[\$\(\w+\)\]|@\{\w+\}|@\w+|\#\{[^{}]*\}|\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\(\w+\)|&&?\w+\.|%%\w+%%|%\(\w+\)s"
    r"|<%[=-]?[^%>]*%>|(?<![:\w]):\w+|\{\w+\}|<\w+>)\s*\.\s*(?=[\w\"`\[@{$#<%])"
)
#: A prefix that is part of a name: `${prefix}users`, `#__users`, `%%PREFIX%%users`.
_PREFIX: Final = re.compile(
    r"(?<![\w.}])(?:\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\(\w+\)|%%\w+%%|\{\$?\w+\}|\#__|@\w+@|<%[=-]?[^%>]*%>)(?=\w)"
)
_PLACEHOLDER: Final = re.compile(r"\{\{([^{}]*)\}\}|[$@#]\{([^{}]*)\}|\$\((\w+)\)|%%(\w+)%%|<%[=-]?([^%>]*)%>")
_BLOCK: Final = re.compile(r"\{%.{0,1000}?%\}|\{#.{0,1000}?#\}", re.DOTALL)
#: A whole path in one pair of backticks (BigQuery, Spark, Hive).
_DOTTED: Final = re.compile(r"`([^`\s.]+(?:\.[^`\s.]+)+)`")
#: What MySQL's own tools hide from other servers: the parts of a view.
_EXECUTABLE: Final = re.compile(rb"/\*!\d{5,6}\s?((?:CREATE|VIEW|DEFINER|SQL SECURITY)\s(?:(?!\*/).)*?)\*/", re.DOTALL)
_AS_TABLE: Final = re.compile(rf"\bAS\s+(?:TABLE|FROM)\s+({QUALIFIED})", re.IGNORECASE)
_QUERY: Final = re.compile(r"(?<![\w.])(?:AS\s*\(*\s*)?(?=(?:SELECT|WITH)\s)", re.IGNORECASE)
#: Only MySQL adds what is selected to the columns that are listed.
_APPENDED: Final = re.compile(r"\)\s*\(?\s*SELECT\b", re.IGNORECASE)
_INTO: Final = re.compile(
    rf"\sINTO\s+(?:TEMP(?:ORARY)?\s+|UNLOGGED\s+)?(?:TABLE\s+)?({QUALIFIED})(?=\s+FROM\s)", re.IGNORECASE
)
_FROM: Final = re.compile(rf"\b(?:FROM|JOIN)\s+({QUALIFIED})", re.IGNORECASE)
#: Snowflake's way to a name in a string or variable.
_IDENTIFIER: Final = re.compile(r"\bIDENTIFIER\s*\(\s*(?:'([^']*)'|\$?(\w+)|(\{\{[^{}]*\}\}))\s*\)", re.IGNORECASE)
_MAX_STATEMENT: Final = 2_000_000  # characters; no table is so long
_DDL: Final = re.compile(
    rb"(?:^|;)[ \t(]*(?:CREATE\s+(?:OR\s+(?:REPLACE|ALTER)\s+)?(?:\w+\s+){0,5}?(?:TABLE|VIEW)|ALTER\s+TABLE)\b",
    re.IGNORECASE | re.MULTILINE,
)

_MAGIC: Final = re.compile(rb"^# MAGIC[ \t]?(?:%\w+)?", re.MULTILINE)

logging.getLogger("sqlglot").setLevel(logging.CRITICAL)


def sniff(source: Source) -> bool:
    """A script that creates or alters a table."""
    return not source.binary and _DDL.search(_script(source.data)) is not None


def _script(data: bytes) -> bytes:
    """Of a Python notebook of Databricks the cells in other languages; every line keeps its number."""
    return _MAGIC.sub(b"", data) if data.startswith(b"# Databricks notebook source") else data


def parse(source: Source) -> Schema:
    """Tables and views with their columns.

    Raises Unreadable(unknown_dialect, no_tables, too_many_fields).
    """
    data = _script(source.data)
    chosen = dialects.known(source.dialect) if source.dialect else dialects.detect(data, source.name)
    if source.dialect and not chosen:
        raise Unreadable("unknown_dialect", params={"dialect": source.dialect[:40]})
    reader = _Reader(chosen)
    data = _EXECUTABLE.sub(rb"\1", data) if b"/*!" in data else data
    backslash = chosen in dialects.BACKSLASH or dialects.escapes_with_backslash(data)
    for count, statement in enumerate(split(data, backslash=backslash, slashes=chosen in dialects.SLASHES), 1):
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
        self.types: dict[str, list[Field]] = {}
        self.unparsed: list[Unparsed] = []
        self._deadline = time.process_time() + _GRAMMAR_SECONDS
        self._verbs: dict[bytes, Callable[[str, Statement], None]] = {
            b"CREATE": self._create,
            b"(CREATE": self._create,
            b"IF": self._create,
            b"SELECT": self._select_into,
            b"ALTER": lambda sql, _: alter.apply_alter(sql, self.tables, self.dialect),
            b"RENAME": lambda sql, _: alter.apply_rename(sql, self.tables),
            b"COMMENT": lambda sql, _: alter.apply_comment(sql, self.tables),
            b"EXEC": lambda sql, _: alter.apply_procedure(sql, self.tables),
            b"EXECUTE": lambda sql, _: alter.apply_procedure(sql, self.tables),
        }

    def take(self, statement: Statement) -> None:
        found = re.match(rb"\(?\w+", statement.text[:40])
        read = self._verbs.get(found[0].upper()) if found else None
        if read is None:
            return
        if len(statement.text) > _MAX_STATEMENT:
            self._report(statement, "too_long", "")
            return
        sql = clean(statement.text.decode("utf-8", "replace"), self.dialect)
        try:
            read(sql, statement)
        except RecursionError:
            self._report(statement, "too_deep", sql)
        except GRAMMAR_ERRORS:  # a tree that sqlglot builds of nonsense: it costs this statement
            self._report(statement, "not_read", sql)

    def _create(self, sql: str, statement: Statement) -> None:
        start = re.search(r"CREATE\b", sql, re.IGNORECASE)
        sql = sql[start.start() :] if start else sql
        kind = _KIND.match(sql)
        if kind is None:
            self._type(sql)
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

    def _type(self, sql: str) -> None:
        """CREATE TYPE ... AS (...), or AS OBJECT (...): what a column of that type holds."""
        if found := _COMPOSITE.match(sql):
            members = list(islice(self._composed(read_columns(sql, found.end())), _MAX_MEMBERS + 1))
            if len(members) <= _MAX_MEMBERS:  # types of types multiply
                self.types[identifier_parts(found[1])[-1].lower()] = members

    def _composed(self, fields: Iterable[Field]) -> Iterator[Field]:
        """Columns of a type that the script made are written out as its members."""
        for field in fields:
            name = (identifier_parts(field.type.split("(")[0].removesuffix("[]")) or [""])[-1].lower()
            if name not in self.types:
                yield field
                continue
            own = field.path + "[]" * field.type.endswith("[]")
            yield from (replace(one, path=f"{own}.{one.path}") for one in self.types[name])

    def _table(self, sql: str, head: Head, statement: Statement) -> None:
        fields, tree = self._columns(sql, head)
        table = Table(head.name, head.namespace, statement.line, description=_table_comment(tree, sql, head))
        table.add(islice(self._composed(fields), MAX_FIELDS + 1))
        table.remark(remarks(statement.text.decode("utf-8", "replace")))
        if typed := _OF_TYPE.match(sql, head.end):
            table.add(self.types.get(identifier_parts(typed[1])[-1].lower(), ()))
        for copied in (
            _LIKE.finditer(sql[head.end : head.end + 4000]) if len(fields) < 1 or " like " in sql.lower() else ()
        ):
            if source := self._named(identifier_parts(copied[1])):
                table.add(source.fields.values())
        self._add_query(table, sql, head, tree)
        heir = _HEIR.search(sql)
        if heir and (parent := self._named(identifier_parts(heir[1].split(",")[0]))):
            self.tables.adopt(parent, table)
        elif table.fields:
            if not (_if_not_exists(sql) and self.tables.find(table.name, table.namespace)):
                self.tables.put(table)
            if not statement.closed or (tree is None and is_unclosed(sql, head.end)):
                self._report(statement, "unterminated", sql)
        else:
            self._report(statement, "no_columns" if statement.closed else "unterminated", sql)

    def _add_query(self, table: Table, sql: str, head: Head, tree: exp.Create | None) -> None:
        """CREATE TABLE ... AS: by the grammar, by the grammar of the query alone, by the words of its select list."""
        if table.fields and not (self.dialect == "mysql" or _APPENDED.match(sql, after_columns(sql, head.end))):
            return
        if tree is not None and isinstance(tree.expression, exp.Query):
            table.add(self._projected(tree.expression))
        elif table.fields:
            return
        elif (copied := _AS_TABLE.search(sql, head.end)) and (source := self._named(identifier_parts(copied[1]))):
            table.add(source.fields.values())
        else:
            table.add(self._queried(sql, head.end))

    def _queried(self, sql: str, start: int) -> list[Field]:
        found = _QUERY.search(sql, start)
        if found is None:
            return []
        query = self._parsed(sql[found.end() :].rstrip().removesuffix(")") if "(" in found[0] else sql[found.end() :])
        if isinstance(query, exp.Query) and (fields := self._projected(query)):
            return fields
        return [Field(name) for name in projected_names(sql, found.end())]

    def _select_into(self, sql: str, statement: Statement) -> None:
        """SELECT ... INTO makes a table of what it projects."""
        into = _INTO.search(sql)
        parts = identifier_parts(into[1]) if into else []
        if into is None or not parts or parts[-1].startswith(("#", "@")):
            return
        table = Table(parts[-1], ".".join(parts[:-1]), statement.line)
        table.add(self._queried(sql[: into.start()] + sql[into.end() :], 0))
        if table.fields:
            self.tables.put(table)

    def _columns(self, sql: str, head: Head) -> tuple[list[Field], exp.Create | None]:
        """By the dialect's grammar, else by the column splitter, which also wins where the grammar lost columns."""
        tree = self._grammar(sql)
        by_grammar = fields_of(tree, self.dialect) if tree is not None else []
        by_hand = read_columns(sql, head.end)
        if tree is not None and isinstance(tree.expression, exp.Query) and not by_hand:
            return by_grammar, tree
        top = {field.path.split(".")[0].removesuffix("[]").lower() for field in by_grammar}
        agrees = len(top) >= len(by_hand) and not (top - {field.path.lower() for field in by_hand}) & KEYWORDS
        best = by_grammar if by_grammar and agrees else unfolded(by_hand, self.dialect)
        return [*best, *unfolded(partition_columns(sql, head.end), self.dialect)], tree

    def _grammar(self, sql: str) -> exp.Create | None:
        tree = self._parsed(sql)
        return tree if isinstance(tree, exp.Create) else None

    def _parsed(self, sql: str) -> exp.Expr | None:
        if len(sql) > _GRAMMAR_BYTES or time.process_time() > self._deadline:
            return None
        try:
            return sqlglot.parse_one(sql, read=self.dialect or None)
        except GRAMMAR_ERRORS:
            return None

    def _view(self, sql: str, statement: Statement) -> None:
        """A view over tables of the same file is derived; its columns are what it projects."""
        tree = self._grammar(sql)
        target = tree.find(exp.Table) if tree is not None else None
        if tree is None or target is None or not target.name:
            self._view_by_hand(sql, statement)
            return
        query = tree.expression
        named = [column.name for column in tree.this.expressions] if isinstance(tree.this, exp.Schema) else []
        fields = [Field(name, nullable=None) for name in named if name] or (
            self._projected(query) if isinstance(query, exp.Query) else []
        )
        own = {part.alias.lower() for part in query.find_all(exp.CTE)} if query is not None else set()
        sources = [table.name for table in query.find_all(exp.Table)] if query is not None else []
        sources = [name for name in sources if name.lower() not in own]
        self._put_view(Table(target.name, target.db, statement.line, kind="view"), fields, sources, statement, sql)

    def _view_by_hand(self, sql: str, statement: Statement) -> None:
        head = view_head(sql)
        if head is None:
            self._report(statement, "view_not_read", sql)
            return
        fields = [replace(field, type="", nullable=None) for field in read_columns(sql, head.end, directly=True)]
        sources = [identifier_parts(found)[-1] for found in _FROM.findall(sql[head.end :])]
        table = Table(head.name, head.namespace, statement.line, kind="view")
        self._put_view(table, fields or self._queried(sql, head.end), sources, statement, sql)

    def _put_view(self, table: Table, fields: list[Field], sources: list[str], statement: Statement, sql: str) -> None:
        if not fields:
            self._report(statement, "view_not_read", sql)
            return
        table.derived = bool(sources) and all(self.tables.find(source) is not None for source in sources)
        table.add(fields)
        self.tables.put(table)

    def _projected(self, query: exp.Query) -> list[Field]:
        fields: list[Field] = []
        for item in query.selects:
            if item.is_star:
                fields.extend(self._starred(item, query))
            elif name := item.alias_or_name:
                fields.append(self._origin(item, name, query))
        return [replace(field, key="", references="") for field in fields]

    def _starred(self, item: exp.Expr, query: exp.Query) -> list[Field]:
        """`*`, `t.*` and BigQuery's `* EXCEPT (a)` over tables of this file."""
        star = item.find(exp.Star)
        left_out = {one.name.lower() for one in (star.args.get("except_") or () if star is not None else ())}
        qualifier = item.table if isinstance(item, exp.Column) else ""
        found: list[Field] = []
        for source in query.find_all(exp.Table):
            known = self.tables.find(source.name)
            if known and (not qualifier or qualifier.lower() in {source.alias.lower(), source.name.lower()}):
                found.extend(field for name, field in known.fields.items() if name not in left_out)
        return found

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
            self.tables.adopt(parent, Table(child.name, child.namespace, child.line))

    def _named(self, parts: list[str]) -> Table | None:
        return self.tables.find(parts[-1], ".".join(parts[:-1])) or self.tables.find(parts[-1]) if parts else None

    def _report(self, statement: Statement, reason: str, sql: str) -> None:
        if len(self.unparsed) < MAX_UNPARSED:
            head = table_head(sql) if reason != "too_deep" else None
            self.unparsed.append(Unparsed(statement.line, reason, head.name if head else ""))


def clean(sql: str, dialect: str = "") -> str:
    """Without comments and templates' placeholders: as a qualifier or prefix these go, else a word stands for them."""
    sql = without_comments(sql, backslash=dialect in dialects.BACKSLASH, slashes=dialect in dialects.SLASHES)
    if "identifier" in sql[:400].lower():
        sql = _IDENTIFIER.sub(lambda found: found[1] or found[2] or found[3], sql)
    if re.search(r"[@{$&%:<#]", sql):
        sql = _PREFIX.sub("", _QUALIFIER.sub("", _BLOCK.sub(" ", sql)))
        sql = _PLACEHOLDER.sub(lambda found: _word(next((part for part in found.groups() if part), "")), sql)
    if "`" in sql and dialect != "mysql":
        sql = _DOTTED.sub(lambda found: ".".join(f"`{part}`" for part in found[1].split(".")), sql, count=1)
    return sql


def _word(placeholder: str) -> str:
    """A name for what a template will put there: `{{ var("table") }}` is var_table."""
    return "_".join(re.findall(r"\w+", placeholder))[:60] or "placeholder"


def _if_not_exists(sql: str) -> bool:
    return re.match(r"CREATE[\w\s]*?TABLE\s+IF\s+NOT\s+EXISTS", sql, re.IGNORECASE) is not None


def _table_comment(tree: exp.Create | None, sql: str, head: Head) -> str:
    properties = tree.args.get("properties") if tree is not None else None
    if isinstance(properties, exp.Properties):
        return described_in(properties)
    return comment_in(sql[after_columns(sql, head.end) :]) if tree is None else ""
