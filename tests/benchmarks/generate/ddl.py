"""SQL scripts in ten dialects with what real ones carry around their tables, and the columns they truly define.

The first script of a dialect is clean; each next one has more of what real ones have: rows of data, routines, tool
lines, templates, quoted names, and in every third a statement that is broken.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

NOUNS: Final = ("customer", "order", "visit", "patient", "invoice", "address", "payment", "device", "session", "ticket")
PARTS: Final = (
    "id",
    "name",
    "email",
    "phone",
    "born",
    "street",
    "city",
    "zip",
    "country",
    "note",
    "status",
    "created_at",
)
ODD: Final = (
    "order",
    "group",
    "user",
    "key",
    "index",
    "exclude",
    "first name",
    "e-mail",
    "größe",
    "check_in",
    "primary_contact",
)


@dataclass(slots=True)
class Script:
    dialect: str
    name: str
    text: str
    columns: dict[str, list[str]] = field(default_factory=dict)  # of every table that can be read

    @property
    def count(self) -> int:
        return sum(map(len, self.columns.values()))


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a dialect spells a script; `rows`, `noise`, `broken` are pieces between the tables."""

    name: str
    quote: str  # "{}" around a name
    types: tuple[str, ...]
    head: str
    end: str  # after a statement
    tail: tuple[str, ...]  # after the closing parenthesis
    options: tuple[str, ...]  # after a column's type
    rows: Callable[[str, random.Random], str]
    noise: tuple[str, ...]
    broken: tuple[str, ...] = ("CREATE TABLE broken (x int DEFAULT 'never closed, y int)", "CREATE TABLE broken (((")
    qualifiers: tuple[str, ...] = ("",)
    constraints: tuple[str, ...] = ("PRIMARY KEY ({0})", "CONSTRAINT c UNIQUE ({0}, {1})", "CHECK ({0} > 0)")


def scripts(count: int = 6, tables: int = 14, seed: int = 20) -> list[Script]:
    """`count` scripts of each dialect; the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable one
    return [
        _script(dialect, number, number / max(count - 1, 1), tables, chance)
        for dialect in DIALECTS
        for number in range(count)
    ]


def _script(dialect: Dialect, number: int, rough: float, tables: int, chance: random.Random) -> Script:
    script = Script(dialect.name, f"{dialect.name}_{number}.sql", "")
    pieces = [dialect.head] if number else []
    broken_at = chance.randrange(1, tables) if number % 3 == 2 else -1
    for index in range(tables):
        name = f"{chance.choice(NOUNS)}_{index}"
        columns = _columns(chance, rough)
        script.columns[name] = columns
        pieces.append(_table(dialect, name, columns, rough, chance))
        if chance.random() < rough * 0.8:
            pieces.append(dialect.rows(dialect.quote.format(name), chance))
        if chance.random() < rough * 0.6:
            pieces.append(chance.choice(dialect.noise))
        if index == broken_at:
            pieces.append(chance.choice(dialect.broken) + dialect.end)
        if chance.random() < 0.25:
            pieces.append(_later(dialect, name, columns))
    script.text = "\n".join(pieces) + "\n"
    return script


def _columns(chance: random.Random, rough: float) -> list[str]:
    names = chance.sample(PARTS, chance.randint(3, 9)) + chance.sample(ODD, chance.randint(0, round(rough * 2)))
    chance.shuffle(names)
    return names


def _spelled(dialect: Dialect, name: str) -> str:
    plain = name.isascii() and name.replace("_", "").isalnum() and name not in ODD
    return name if plain else dialect.quote.format(name)


def _table(dialect: Dialect, name: str, columns: list[str], rough: float, chance: random.Random) -> str:
    lines = [
        f"{_spelled(dialect, one)} {chance.choice(dialect.types)} {chance.choice(dialect.options)}".rstrip()
        for one in columns
    ]
    if dialect.constraints and chance.random() < 0.7:
        lines.append(chance.choice(dialect.constraints).format(*(_spelled(dialect, one) for one in columns)))
    if chance.random() < rough * 0.4:
        lines[0] = f"{lines[0]} /* the first, isn't it */"
    target = (chance.choice(dialect.qualifiers) if rough > 0.3 else "") + dialect.quote.format(name)
    return (
        f"CREATE TABLE {target} (\n  "
        + ",\n  ".join(lines)
        + f"\n) {chance.choice(dialect.tail)}".rstrip()
        + dialect.end
    )


def _later(dialect: Dialect, name: str, columns: list[str]) -> str:
    columns.append("added_later")
    column = "" if dialect.name in {"tsql", "oracle"} else "COLUMN "
    return f"ALTER TABLE {dialect.quote.format(name)} ADD {column}added_later {dialect.types[0]}{dialect.end}"


# ---------------------------------------------------------------- rows of data


def _inserts(
    table: str, chance: random.Random, *, quote: str = "''", end: str = ";", words: str = "INSERT INTO"
) -> str:
    return "\n".join(
        f"{words} {table} VALUES ({n}, 'O{quote}Neil; CREATE TABLE no_{n} (a int)', NULL){end}"
        for n in range(chance.randint(3, 40))
    )


def _mysql_rows(table: str, chance: random.Random) -> str:
    rows = ",".join(f"({n},'it\\'s; \\\\ (','x')" for n in range(chance.randint(20, 200)))
    return f"LOCK TABLES {table} WRITE;\nINSERT INTO {table} VALUES {rows};\nUNLOCK TABLES;"


def _copy(table: str, chance: random.Random) -> str:
    rows = "\n".join(f"{n}\tit's; (open\t\\N" for n in range(chance.randint(5, 60)))
    return f"COPY public.{table} FROM stdin;\n{rows}\n\\.\n"


def _standard(table: str, chance: random.Random) -> str:
    return _inserts(table, chance)


def _batches(table: str, chance: random.Random) -> str:
    return _inserts(table, chance, end="", words="INSERT") + "\nGO"


def _escaped(table: str, chance: random.Random) -> str:
    return _inserts(table, chance, quote="\\'")


DIALECTS: Final = (
    Dialect(
        "postgres",
        '"{}"',
        ("integer", "character varying(255)", "timestamp with time zone", "text[]", "numeric(10,2)", "public.citext"),
        "--\n-- PostgreSQL database dump\n--\n\\connect shop\nSET client_encoding = 'UTF8';",
        ";",
        ("", "WITH (fillfactor=70)", "PARTITION BY RANGE (id)"),
        ("NOT NULL", "DEFAULT 'a;b('::character varying", "", "DEFAULT nextval('s'::regclass) NOT NULL"),
        _copy,
        (
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  CREATE TABLE no (a int);\nEND;\n$$;",
            "\\echo it's done",
            "COMMENT ON SCHEMA public IS 'standard; schema';",
        ),
        qualifiers=("public.", ""),
    ),
    Dialect(
        "mysql",
        "`{}`",
        ("int(11) unsigned", "varchar(255) COLLATE utf8mb4_bin", "enum('a','b,c')", "longtext", "decimal(10,2)"),
        "-- MySQL dump 10.13\n/*!40101 SET NAMES utf8 */;",
        ";",
        ("ENGINE=InnoDB COMMENT='all; of it'", "ENGINE=MyISAM\n/*!50100 PARTITION BY HASH (id) */"),
        ("NOT NULL", "DEFAULT 'it\\'s; (' COMMENT 'so, so'", "DEFAULT NULL", "NOT NULL /*!80023 INVISIBLE */"),
        _mysql_rows,
        (
            "DELIMITER ;;\nCREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN SET NEW.a = ';'; END ;;\nDELIMITER ;",
            "/*!50001 DROP VIEW IF EXISTS v*/;",
        ),
        constraints=("PRIMARY KEY ({0})", "KEY `k` ({0},{1})", "UNIQUE KEY `u` ({1}(10))", "FULLTEXT KEY `f` ({1})"),
    ),
    Dialect(
        "sqlite",
        '"{}"',
        ("INTEGER", "TEXT", "", "NUMERIC", "DATETIME"),
        "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;",
        ";",
        ("", "WITHOUT ROWID"),
        ("", "NOT NULL", "DEFAULT (datetime('now'))", "COLLATE NOCASE"),
        _standard,
        ("CREATE TRIGGER g AFTER INSERT ON x BEGIN\n UPDATE x SET a = ';';\nEND;", ".headers on", "ANALYZE x;"),
    ),
    Dialect(
        "tsql",
        "[{}]",
        ("[int]", "[nvarchar](max)", "[datetime2](7)", "[uniqueidentifier]", "decimal(10, 2)"),
        "USE [shop]\nGO\nSET ANSI_NULLS ON\nGO\nSET QUOTED_IDENTIFIER ON\nGO",
        "\nGO",
        ("ON [PRIMARY]", "ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]"),
        ("NULL", "NOT NULL", "MASKED WITH (FUNCTION = 'default()') NULL", "CONSTRAINT [df] DEFAULT ((0)) NOT NULL"),
        _batches,
        (
            "CREATE PROCEDURE p AS\nBEGIN\n  CREATE TABLE #t (a int)\nEND\nGO",
            "EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'who''s; it'\nGO",
            "PRINT 'don''t'\nGO",
        ),
        qualifiers=("[dbo].", "dbo.", "[$(Db)].[dbo]."),
        constraints=("CONSTRAINT [pk] PRIMARY KEY CLUSTERED \n(\n{0} ASC\n) ON [PRIMARY]", "INDEX ix ({1})"),
    ),
    Dialect(
        "oracle",
        '"{}"',
        ("NUMBER(10,0)", "VARCHAR2(100 CHAR)", "TIMESTAMP (6) WITH LOCAL TIME ZONE", "CLOB", "DATE"),
        "REM the shop's tables\nSET DEFINE OFF\nPROMPT it's being made",
        "\n/",
        ("TABLESPACE USERS PCTFREE 10", "SEGMENT CREATION DEFERRED NOCOMPRESS LOGGING", ""),
        ("NOT NULL ENABLE", "DEFAULT q'[it's; (]'", "DEFAULT SYSDATE", ""),
        lambda table, chance: _inserts(table, chance, words="Insert into"),
        (
            "CREATE OR REPLACE PACKAGE BODY p IS\n  PROCEDURE q IS BEGIN NULL; END;\nEND p;\n/",
            "SHOW ERRORS",
            "CREATE SEQUENCE s START WITH 1 NOCACHE;",
        ),
        qualifiers=("&own..", "HR.", ""),
        constraints=("CONSTRAINT pk PRIMARY KEY ({0}) USING INDEX ENABLE", "SUPPLEMENTAL LOG DATA (ALL) COLUMNS"),
    ),
    Dialect(
        "bigquery",
        "`{}`",
        ("INT64", "STRING", "ARRAY<STRUCT<a STRING, b ARRAY<INT64>>>", "TIMESTAMP", "BIGNUMERIC"),
        "-- BigQuery\nDECLARE x STRING DEFAULT 'it\\'s';",
        ";",
        ('PARTITION BY DATE(created_at) OPTIONS(description="all; of it")', "CLUSTER BY id", ""),
        ("NOT NULL", "OPTIONS(description='so, \\'so\\'')", "", "DEFAULT CURRENT_TIMESTAMP()"),
        _escaped,
        ("CREATE TEMP FUNCTION f(x INT64) AS (x + 1);", "{% if env == 'dev' %}\nSELECT 1;\n{% endif %}"),
        qualifiers=("{{ dataset }}.", "`my-proj`.ds.", "${PROJECT}.ds."),
        constraints=("PRIMARY KEY ({0}) NOT ENFORCED",),
    ),
    Dialect(
        "snowflake",
        '"{}"',
        ("NUMBER(38,0)", "VARCHAR(16777216)", "VARIANT", "TIMESTAMP_NTZ(9)", "BOOLEAN"),
        "USE DATABASE SHOP;\nUSE SCHEMA PUBLIC;",
        ";",
        ("CLUSTER BY (ID) COPY GRANTS COMMENT='all; of it'", "DATA_RETENTION_TIME_IN_DAYS = 1", ""),
        ("NOT NULL", "WITH MASKING POLICY s.m USING (a, b)", "AUTOINCREMENT START 1 INCREMENT 1", "COMMENT 'so, so'"),
        _standard,
        (
            'CREATE PROCEDURE p() RETURNS STRING LANGUAGE JAVASCRIPT AS\n$$\n var s = "it\'s";\n$$;',
            "COPY INTO t FROM @stage/x FILE_FORMAT = (TYPE = CSV);",
        ),
        qualifiers=("DB.PUBLIC.", ""),
    ),
    Dialect(
        "redshift",
        '"{}"',
        ("bigint ENCODE az64", "varchar(256) ENCODE lzo", "super", "timestamp", "numeric(10,2)"),
        "-- Redshift\nSET search_path TO shop;",
        ";",
        ("DISTSTYLE KEY DISTKEY (id) COMPOUND SORTKEY (id)", "DISTSTYLE ALL", "BACKUP NO"),
        ("NOT NULL", "DEFAULT 'a;b'", ""),
        _standard,
        ("COPY t FROM 's3://b/k' IAM_ROLE 'arn:aws:iam::0:role/R' CSV;", "UNLOAD ('select ''x''') TO 's3://b/u';"),
        qualifiers=("shop.", ""),
    ),
    Dialect(
        "spark",
        "`{}`",
        ("BIGINT", "STRING", "STRUCT<a: INT, b: ARRAY<STRING>>", "MAP<STRING, INT>", "TIMESTAMP"),
        "-- Databricks notebook source\n-- MAGIC %md it's a title\n\n-- COMMAND ----------",
        ";\n\n-- COMMAND ----------\n",
        ("USING DELTA\nPARTITIONED BY (id)\nTBLPROPERTIES ('a'='b;c')", "USING PARQUET LOCATION 's3://b/x'", ""),
        ("COMMENT 'so; so'", "NOT NULL", ""),
        _escaped,
        ("OPTIMIZE t ZORDER BY (id);", "SET spark.sql.shuffle.partitions = 10;"),
        qualifiers=("main.shop.", "${db}.", ""),
        constraints=("CONSTRAINT pk PRIMARY KEY ({0})",),
    ),
    Dialect(
        "duckdb",
        '"{}"',
        ("HUGEINT", "VARCHAR", "STRUCT(a INTEGER, b VARCHAR[])", "MAP(VARCHAR, INTEGER)", "DECIMAL(18,3)[]"),
        "CREATE SCHEMA shop;\nCREATE TYPE mood AS ENUM ('sad; or', 'ok');",
        ";",
        ("",),
        ("NOT NULL", "DEFAULT 'a;b'", "", "CHECK (1 > 0)"),
        _standard,
        ("COPY t FROM 't.parquet' (FORMAT 'parquet');", "INSTALL httpfs;\nLOAD httpfs;", "CREATE MACRO f(a) AS a + 1;"),
        qualifiers=("shop.", "main.", ""),
    ),
)


def dump(path: str, size: int) -> int:
    """Writes a MySQL dump of about `size` bytes, nearly all rows. Returns how many columns it defines."""
    columns = 0
    row = "({},'Name it\\'s {}; CREATE TABLE no (a int)','user{}@example.org',NULL,'2024-01-01 00:00:00')"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - a path of a temporary file
        file.write("-- MySQL dump 10.13\n")
        while file.tell() < size:
            table = columns // 5
            file.write(
                f"CREATE TABLE `t{table}` (\n `id` int NOT NULL,\n `name` text,\n"
                " `mail` text,\n `x` int,\n `at` datetime\n);\n"
            )
            columns += 5
            for start in range(0, 40_000, 4_000):
                rows = ",".join(row.format(n, n, n) for n in range(start, start + 4_000))
                file.write(f"INSERT INTO `t{table}` VALUES {rows};\n")  # noqa: S608 - to a file
    return columns
