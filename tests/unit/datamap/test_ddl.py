"""SQL DDL: dialects, dumps, templates, and what an unreadable statement costs."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamap.parsers import ddl
from datamap.parsers.source import Source
from datamap.parsers.types import Entity, Schema, Unreadable


def parse(sql: str, dialect: str = "") -> Schema:
    return ddl.parse(Source(sql.encode(), dialect=dialect))


def tables(sql: str, dialect: str = "") -> dict[str, list[str]]:
    return {entity.name: [field.path for field in entity.fields] for entity in parse(sql, dialect).entities}


def only(sql: str, dialect: str = "") -> Entity:
    (entity,) = parse(sql, dialect).entities
    return entity


POSTGRES = """--
-- PostgreSQL database dump
--
\\connect shop
SET statement_timeout = 0;
CREATE TABLE public.users (
    id integer NOT NULL,
    email character varying(255) DEFAULT 'a;b(c'::character varying,
    "order" jsonb,
    tags text[],
    created timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.users OWNER TO postgres;
COMMENT ON COLUMN public.users.email IS 'Where we write to; it''s checked';
COPY public.users (id, email) FROM stdin;
1\tCREATE TABLE fake (x int);
2\t'unclosed
\\.
CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  CREATE TABLE inside (a int);
  RETURN NEW;
END;
$$;
CREATE TABLE public.logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE public.logs_2024 PARTITION OF public.logs FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE public.logs_2025 (id bigint, at date NOT NULL);
ALTER TABLE ONLY public.logs ATTACH PARTITION public.logs_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE cities (name text, population float);
CREATE TABLE capitals (state char(2)) INHERITS (cities);
ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
ALTER TABLE public.users ADD COLUMN phone text, ADD COLUMN IF NOT EXISTS iban varchar(34);
ALTER TABLE public.users ADD CONSTRAINT fk FOREIGN KEY (iban) REFERENCES accounts(iban);
"""


def test_a_pg_dump_gives_its_tables_without_data_routines_or_partitions() -> None:
    found = tables(POSTGRES)
    assert found == {
        "users": ["id", "email", "order", "tags", "created", "phone", "iban"],
        "logs": ["id", "at"],
        "cities": ["name", "population", "state"],
    }


def test_later_statements_add_keys_and_comments() -> None:
    users = parse(POSTGRES).entities[0]
    by_path = {field.path: field for field in users.fields}
    assert (by_path["id"].key, by_path["id"].nullable) == ("primary", False)
    assert by_path["email"].description == "Where we write to; it's checked"
    assert (by_path["iban"].key, by_path["iban"].references) == ("foreign", "accounts.iban")
    assert by_path["created"].nullable is False


MYSQL = """-- MySQL dump 10.13
/*!40101 SET NAMES utf8 */;
DROP TABLE IF EXISTS `user`;
CREATE TABLE `user` (
  `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
  `name` varchar(80) COLLATE utf8_bin DEFAULT 'it\\'s; here' COMMENT 'Full name',
  `kind` enum('a','b,c') NOT NULL,
  `key` varchar(3),
  PRIMARY KEY (`id`), UNIQUE KEY `u` (`name`), KEY `k` (`kind`,`key`),
  CONSTRAINT `c` FOREIGN KEY (`kind`) REFERENCES `kinds` (`code`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8 COMMENT='People';
INSERT INTO `user` VALUES (1,'a\\';CREATE TABLE x (y int);','b','c');
DELIMITER ;;
CREATE TRIGGER t BEFORE INSERT ON user FOR EACH ROW BEGIN SET NEW.name = ';'; END ;;
DELIMITER ;
CREATE TABLE `after` (`a` int);
ALTER TABLE `after` ADD `b` text AFTER `a`, CHANGE `a` `c` bigint, DROP COLUMN `b`;
"""


def test_a_mysql_dump_with_backslashes_and_delimiters() -> None:
    schema = parse(MYSQL)
    assert schema.dialect == "mysql"
    assert tables(MYSQL) == {"user": ["id", "name", "kind", "key"], "after": ["c"]}
    name = schema.entities[0].fields[1]
    assert (name.description, name.key) == ("Full name", "unique")


TSQL = """SET ANSI_NULLS ON
GO
CREATE TABLE [dbo].[People](
	[Id] [int] IDENTITY(1,1) NOT NULL,
	[Full Name] [nvarchar](max) NULL,
	[Total] AS ([Id] * 2) PERSISTED,
 CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([Id] ASC) WITH (PAD_INDEX = OFF) ON [PRIMARY]
) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]
GO
CREATE PROCEDURE p AS
BEGIN
  CREATE TABLE #tmp (a int)
END
GO
INSERT [dbo].[People] ([Full Name]) VALUES (N'x')
CREATE TABLE dbo.Second (a int, b uniqueidentifier)
CREATE TABLE dbo.Third (c money)
GO
ALTER TABLE [dbo].[People] WITH CHECK ADD CONSTRAINT [FK] FOREIGN KEY([Id]) REFERENCES [dbo].[Second] ([a])
GO
ALTER TABLE dbo.Third ADD d int NULL, e nvarchar(10) NOT NULL
GO
"""


def test_sql_server_scripts_need_no_semicolons() -> None:
    assert tables(TSQL) == {"People": ["Id", "Full Name", "Total"], "Second": ["a", "b"], "Third": ["c", "d", "e"]}
    assert parse(TSQL).dialect == "tsql"


def test_sql_server_describes_and_renames_by_procedures() -> None:
    script = """CREATE TABLE dbo.T (a int, b int)
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Who''s; it', @level0type=N'SCHEMA',@level0name=N'dbo',
 @level1type=N'TABLE',@level1name=N'T', @level2type=N'COLUMN',@level2name=N'a'
EXEC sys.sp_addextendedproperty N'MS_Description', N'by place'
EXECUTE sp_addextendedproperty @name=N'MS_Description', @value=N'All', @level0name=N'dbo', @level1name=N'T'
GO
EXEC sp_rename 'dbo.T.b', 'bb', 'COLUMN';
EXEC sp_rename 'dbo.T', 'TT'
GO
"""
    table = only(script)
    assert (table.name, table.description) == ("TT", "All")
    assert [(field.path, field.description) for field in table.fields] == [("a", "Who's; it"), ("bb", "")]


def test_a_view_over_its_own_subqueries_of_known_tables_is_derived() -> None:
    schema = parse("CREATE TABLE t (a int);\nCREATE VIEW v AS WITH x AS (SELECT a FROM t) SELECT a AS b FROM x;")
    assert [(entity.name, entity.derived) for entity in schema.entities] == [("t", False), ("v", True)]


ORACLE = """REM a script
PROMPT making tables
SET DEFINE OFF
CREATE TABLE HR.EMPLOYEES
   ( "EMPLOYEE_ID" NUMBER(6,0) CONSTRAINT nn NOT NULL ENABLE,
     "EMAIL" VARCHAR2(25 CHAR),
     HIRED DATE DEFAULT SYSDATE,
     CONSTRAINT "PK" PRIMARY KEY ("EMPLOYEE_ID") USING INDEX TABLESPACE "USERS" ENABLE
   ) SEGMENT CREATION IMMEDIATE TABLESPACE "USERS"
/
CREATE OR REPLACE PACKAGE BODY pkg IS
  PROCEDURE x IS BEGIN NULL; END;
END pkg;
/
CREATE GLOBAL TEMPORARY TABLE t2 (a CLOB) ON COMMIT DELETE ROWS;
COMMENT ON TABLE HR.EMPLOYEES IS 'Staff';
ALTER TABLE HR.EMPLOYEES ADD (SALARY NUMBER, "NOTE" VARCHAR2(10));
"""


def test_an_oracle_script_ends_statements_with_a_slash() -> None:
    assert tables(ORACLE) == {"EMPLOYEES": ["EMPLOYEE_ID", "EMAIL", "HIRED", "SALARY", "NOTE"], "t2": ["a"]}
    assert parse(ORACLE).entities[0].description == "Staff"
    assert parse(ORACLE).dialect == "oracle"


@pytest.mark.parametrize(
    ("dialect", "sql", "columns"),
    [
        (
            "sqlite",
            "PRAGMA foreign_keys=OFF;\nCREATE TABLE t(a, b INTEGER PRIMARY KEY AUTOINCREMENT, 'c d' "
            "TEXT, [e] BLOB) WITHOUT ROWID;",
            ["a", "b", "c d", "e"],
        ),
        (
            "bigquery",
            "CREATE OR REPLACE TABLE `p-1.ds.t` (id INT64 NOT NULL OPTIONS(description='x, y'), a "
            "STRUCT<street STRING, geo STRUCT<lat FLOAT64>>, items ARRAY<STRUCT<sku STRING>>) "
            "PARTITION BY DATE(ts) OPTIONS(labels=[('a','b')]);",
            ["id", "a.street", "a.geo.lat", "items[].sku"],
        ),
        (
            "snowflake",
            "CREATE OR REPLACE TRANSIENT TABLE DB.S.T (ID NUMBER(38,0) NOT NULL AUTOINCREMENT, V "
            "VARIANT COMMENT 'c', AT TIMESTAMP_NTZ(9)) CLUSTER BY (ID) COPY GRANTS;",
            ["ID", "V", "AT"],
        ),
        (
            "redshift",
            "CREATE TABLE s.t (id bigint ENCODE az64 DISTKEY, email varchar(256) ENCODE lzo) "
            "DISTSTYLE KEY SORTKEY (id);",
            ["id", "email"],
        ),
        (
            "spark",
            "CREATE TABLE IF NOT EXISTS db.t (id BIGINT COMMENT 'k', p STRUCT<a: INT, b: STRING>) "
            "USING DELTA PARTITIONED BY (day STRING) TBLPROPERTIES ('x'='y')",
            ["id", "p.a", "p.b"],
        ),
        (
            "duckdb",
            "CREATE TABLE t (a HUGEINT, b STRUCT(x INTEGER, y VARCHAR), c VARCHAR[]);",
            ["a", "b.x", "b.y", "c"],
        ),
    ],
)
def test_each_dialect_is_recognised_and_read(dialect: str, sql: str, columns: list[str]) -> None:
    schema = parse(sql)
    assert schema.dialect == dialect
    assert [field.path for field in schema.entities[0].fields][: len(columns)] == columns


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE @cdm.person (id int);",
        "CREATE TABLE {{ target.schema }}.person (id int);",
        "CREATE TABLE ${db}.${schema}.person (id int);",
        "CREATE TABLE &owner..person (id int);",
        "CREATE TABLE :schema.person (id int);",
        "CREATE TABLE $(db).dbo.person (id int);",
        "{% if x %}\nCREATE TABLE person (id int);\n{% endif %}",
    ],
)
def test_template_placeholders_are_no_names(sql: str) -> None:
    assert tables(sql) == {"person": ["id"]}


def test_an_unknown_type_or_option_costs_nothing() -> None:
    sql = (
        "CREATE TABLE t (a weird.type(1, 2) SOMETHING ODD, b int ~~ !!, c varchar(3) DEFAULT ')', "
        "PRIMARY KEY (a)) FANCY (x, y);"
    )
    assert tables(sql) == {"t": ["a", "b", "c"]}


def test_an_unreadable_statement_costs_one_table_and_is_reported_by_line() -> None:
    schema = parse("CREATE TABLE a (x int);\n\nCREATE TABLE broken;\nCREATE TABLE b (y int);")
    assert [entity.name for entity in schema.entities] == ["a", "b"]
    assert [(part.line, part.reason, part.name) for part in schema.unparsed] == [(3, "no_columns", "broken")]


def test_a_quote_that_never_closes_does_not_take_the_file_with_it() -> None:
    schema = parse("CREATE TABLE a (x int);\nCREATE TABLE b (y int DEFAULT 'oops);\nCREATE TABLE c (z int);\n")
    assert "a" in {entity.name for entity in schema.entities}


def test_views_over_known_tables_are_derived_and_others_are_not() -> None:
    schema = parse(
        "CREATE TABLE t (a int, b text);\nCREATE VIEW v AS SELECT a, b AS c FROM t;\nCREATE VIEW w "
        "(p, q) AS SELECT x, y FROM elsewhere;\nCREATE VIEW s AS SELECT * FROM t;"
    )
    found = {entity.name: entity for entity in schema.entities}
    assert found["v"].derived and [field.path for field in found["v"].fields] == ["a", "c"]
    assert not found["w"].derived and [field.path for field in found["w"].fields] == ["p", "q"]
    assert [field.path for field in found["s"].fields] == ["a", "b"]


def test_create_table_as_and_like_copy_what_they_name() -> None:
    sql = (
        "CREATE TABLE t (a int, b text);\nCREATE TABLE u AS SELECT a, upper(b) AS bb FROM t;\nCREATE "
        "TABLE w (LIKE t INCLUDING ALL);"
    )
    assert tables(sql) == {"t": ["a", "b"], "u": ["a", "bb"], "w": ["a", "b"]}


def test_equal_names_in_two_schemas_stay_two_tables() -> None:
    assert set(tables("CREATE TABLE sales.address (a int); CREATE TABLE hr.address (b int);")) == {
        "sales.address",
        "hr.address",
    }


def test_deep_nesting_is_no_recursion_error() -> None:
    schema = parse("CREATE TABLE a (x int DEFAULT " + "(" * 20_000 + "1" + ")" * 20_000 + ");\nCREATE TABLE b (y int);")
    assert "b" in {entity.name for entity in schema.entities}


def test_a_script_without_tables_says_so() -> None:
    with pytest.raises(Unreadable) as caught:
        parse("SELECT 1;")
    assert caught.value.code == "no_tables"


@pytest.mark.parametrize(
    ("name", "dialect"),
    [
        ("OMOPCDM_redshift_5.4_ddl.sql", "redshift"),
        ("schema.sql_server.sql", "tsql"),
        ("bigquery-tables.sql", "bigquery"),
        ("northwind.pgsql", "postgres"),
        ("a.sql", ""),
    ],
)
def test_a_script_that_could_be_any_dialect_goes_by_its_file_name(name: str, dialect: str) -> None:
    assert ddl.parse(Source(b"CREATE TABLE a (b integer);", name)).dialect == dialect


def test_an_unknown_dialect_is_refused() -> None:
    with pytest.raises(Unreadable, match="unknown_dialect"):
        parse("CREATE TABLE a (b int)", "klingon")


names = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True).map(lambda name: name + "_c")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(names, min_size=1, max_size=12, unique=True),
    st.sampled_from(["{}", '"{}"', "`{}`"]),
    st.text("'abc;(),-\n", max_size=12),
)
def test_columns_come_back_in_order_whatever_the_quotes_and_defaults(
    columns: list[str], quote: str, default: str
) -> None:
    literal = "'" + default.replace("'", "''") + "'"
    body = ",\n".join(f"{quote.format(name)} varchar(10) DEFAULT {literal}" for name in columns)
    sql = f"CREATE TABLE {quote.format('tbl')} (\n{body}\n);\nCREATE TABLE nxt (z int);"
    found = tables(sql, "postgres")
    assert found["tbl"] == columns
    assert found["nxt"] == ["z"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(Unreadable):
        parse("CREATE TABLE " + text)
