# ruff: noqa: E501 - scripts are kept as they are written
"""A column's comment, type and keys are kept wherever a dialect writes them down."""

from __future__ import annotations

from typing import Final

import pytest

from datamap.parsers import ddl
from datamap.parsers.source import Source
from datamap.parsers.types import Entity, Field

#: dialect, script, path of the column in the only table, its comment
COMMENTS: Final = [
    ("bigquery", 'CREATE TABLE d.t (a STRING NOT NULL OPTIONS(description="it\'s (a)"))', "a", "it's (a)"),
    ("bigquery", "CREATE TABLE t (p STRUCT<a STRING OPTIONS (description='inner')>)", "p.a", "inner"),
    ("bigquery", "CREATE TABLE t (a INT64); ALTER TABLE t ALTER COLUMN a SET OPTIONS (description = 'x')", "a", "x"),
    ("bigquery", 'CREATE TABLE t (b INT64); ALTER TABLE t ADD COLUMN a DATE OPTIONS(description="new")', "a", "new"),
    ("mysql", r"CREATE TABLE t (a int DEFAULT '1, COMMENT' COMMENT 'so \'called\'; a')", "a", "so 'called'; a"),
    ("mysql", "CREATE TABLE t (a int COMMENT 'x'); ALTER TABLE t MODIFY a text COMMENT 'y'", "a", "y"),
    ("mysql", "CREATE TABLE t (a int COMMENT 'x'); ALTER TABLE t MODIFY COLUMN a text", "a", "x"),
    ("snowflake", "create table t (a int with masking policy p comment 'Bo''s', b int)", "a", "Bo's"),
    ("snowflake", "create table t (a int, b int); alter table t alter b comment 'y', a comment 'x'", "a", "x"),
    ("snowflake", "create table t (a int); comment if exists on column t.a is 'x'", "a", "x"),
    ("spark", "CREATE TABLE t (a STRUCT<b: STRING COMMENT 'in', c: INT> COMMENT \"out\", d INT MASK f)", "a.b", "in"),
    ("spark", "CREATE TABLE t (a INT) USING DELTA; ALTER TABLE t ALTER COLUMN a COMMENT 'x'", "a", "x"),
    ("postgres", "CREATE TABLE t (a int); COMMENT ON COLUMN t.a IS E'o\\'clock'", "a", "o'clock"),
    ("oracle", "CREATE TABLE t (a NUMBER);\nCOMMENT ON COLUMN t.a IS q'[it's; a]';", "a", "it's; a"),
    ("tsql", "CREATE TABLE t (a int)\nGO\nEXEC sp_addextendedproperty 'MS_Description', N'x, y', 'SCHEMA', dbo, 'TABLE', [t], 'COLUMN', a\nGO", "a", "x, y"),
    ("tsql", "CREATE TABLE t (a int)\nGO\nEXECUTE [sys].[sp_updateextendedproperty] @level2name=a, @name='MS_Description', @value=N'x', @level1name=[t], @level2type='COLUMN'\nGO", "a", "x"),
]  # fmt: skip

TABLE_COMMENTS: Final = [
    ("bigquery", 'CREATE TABLE t (a INT64) PARTITION BY a OPTIONS(expiration_timestamp=NULL, description="of it")'),
    ("mysql", "CREATE TABLE t (a int COMMENT 'column', KEY k ((cast(a as unsigned array)))) COMMENT='of it'"),
    ("snowflake", "create table t cluster by (a) (a int comment 'column') comment = 'of it'"),
    ("tsql", "CREATE TABLE t (a int)\nGO\nEXEC sp_addextendedproperty 'MS_Description', 'of it', 'USER', dbo, 'TABLE', t\nGO"),
]  # fmt: skip

#: dialect, script, what column `a` is then: type, nullable, key, references
CHANGES: Final = [
    ("mysql", "CREATE TABLE t (a int); ALTER TABLE t MODIFY a varchar(9) NOT NULL", "varchar(9)", False, "", ""),
    ("oracle", "CREATE TABLE t (a int); ALTER TABLE t MODIFY (a NUMBER(9) NOT NULL);", "NUMBER(9)", False, "", ""),
    ("postgres", "CREATE TABLE t (a int); ALTER TABLE t ALTER a TYPE text USING a::text", "text", True, "", ""),
    ("postgres", "CREATE TABLE t (a int NOT NULL); ALTER TABLE t ALTER a DROP NOT NULL", "INT", True, "", ""),
    ("tsql", "CREATE TABLE t (a int NOT NULL);\nALTER TABLE t ALTER COLUMN a bigint NULL", "bigint", True, "", ""),
    ("tsql", "CREATE TABLE t (a char(2) CHECK (a IS NOT NULL) ENCRYPTED WITH (X = Y))", "char(2)", True, "", ""),
    ("mysql", "CREATE TABLE t (a set('PRIMARY KEY') DEFAULT 'NOT NULL', KEY k ((a)))", "SET('PRIMARY KEY')", True, "", ""),
    ("snowflake", "create table t (a int with tag (k = 'v') references s.u (id))", "INT", True, "foreign", "u.id"),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "sql", "path", "comment"), COMMENTS)
def test_a_columns_comment_is_its_description(dialect: str, sql: str, path: str, comment: str) -> None:
    assert _columns(sql, dialect)[path].description == comment


@pytest.mark.parametrize(("dialect", "sql"), TABLE_COMMENTS)
def test_a_tables_comment_is_its_description(dialect: str, sql: str) -> None:
    assert _parsed(sql, dialect).description == "of it"


@pytest.mark.parametrize(("dialect", "sql", "type_", "nullable", "key", "target"), CHANGES)
def test_types_nulls_and_keys_are_those_that_hold_at_the_end(
    dialect: str, sql: str, type_: str, *, nullable: bool, key: str, target: str
) -> None:
    column = _columns(sql, dialect)["a"]
    assert (column.type, column.nullable, column.key, column.references) == (type_, nullable, key, target)


def _parsed(sql: str, dialect: str) -> Entity:
    (entity,) = ddl.parse(Source(sql.encode(), "a.sql", dialect)).entities
    return entity


def _columns(sql: str, dialect: str) -> dict[str, Field]:
    return {field.path: field for field in _parsed(sql, dialect).fields}


REMARKED = """CREATE TABLE t (
  id INTEGER PRIMARY KEY, -- the key, of it
  [full name] TEXT DEFAULT 'a -- b, c' -- what they're called
  , kind TEXT CHECK (kind IN ('x', 'y')), --which
  a INT, b INT, -- two of them
  -- mail TEXT,
  c TEXT COMMENT 'said' , -- not this
  d TEXT
);"""


def test_a_remark_at_the_end_of_a_columns_line_describes_it() -> None:
    assert {name: field.description for name, field in _columns(REMARKED, "sqlite").items()} == {
        "id": "the key, of it",
        "full name": "what they're called",
        "kind": "which",
        "a": "",
        "b": "",
        "c": "said",
        "d": "",
    }
