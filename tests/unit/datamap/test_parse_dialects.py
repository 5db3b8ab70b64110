# ruff: noqa: E501 - scripts are kept as they are written
"""What scripts of each SQL dialect really hold: options, quotes, templates and tool lines around the columns."""

from __future__ import annotations

from typing import Final

import pytest

from datamap.parsers import ddl
from datamap.parsers.source import Source

Case = tuple[str, str, dict[str, list[str]]]

POSTGRES: Final[list[Case]] = [
    (
        "a column called exclude",
        "CREATE TABLE t (exclude integer DEFAULT '0' NOT NULL, b int);",
        {"t": ["exclude", "b"]},
    ),
    (
        "escape strings",
        "CREATE TABLE t (a text DEFAULT E'it\\'s; (', b int);\nCREATE TABLE u (c int);",
        {"t": ["a", "b"], "u": ["c"]},
    ),
    (
        "old functions in single quotes",
        "CREATE OR REPLACE FUNCTION f (VARCHAR) RETURNS text AS '\n DECLARE\n  x ALIAS FOR $1;\n BEGIN\n  IF x = '''' THEN\n"
        "   RETURN NULL;\n  END IF;\n END;\n' LANGUAGE 'plpgsql';\n/*\n * Table of 'codes'\n */\nCREATE TABLE codes (a int);",
        {"codes": ["a"]},
    ),
    (
        "tables made in a block",
        "DO $$\nBEGIN\n  IF NOT EXISTS (SELECT 1) THEN\n    CREATE TABLE app.t (a int, b text);\n  END IF;\nEND\n$$;\n"
        "CREATE TABLE u (c int);",
        {"t": ["a", "b"], "u": ["c"]},
    ),
    (
        "typed tables and unlogged",
        "CREATE UNLOGGED TABLE IF NOT EXISTS s.t (a int GENERATED ALWAYS AS IDENTITY);",
        {"t": ["a"]},
    ),
    (
        "foreign tables",
        "CREATE FOREIGN TABLE t (a int OPTIONS (column_name 'A') NOT NULL, b text) SERVER s OPTIONS (x 'y');",
        {"t": ["a", "b"]},
    ),
    (
        "exclusion, generated columns and domains",
        "CREATE DOMAIN mail AS citext CHECK (VALUE ~ '^[^@]+@[^;]+$');\nCREATE TABLE t (a mail, during tstzrange, "
        "full_name text GENERATED ALWAYS AS (first || ' ' || last) STORED, EXCLUDE USING gist (room WITH =, during WITH &&));",
        {"t": ["a", "during", "full_name"]},
    ),
    (
        "partitions of partitions",
        "CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);\nCREATE TABLE m_2024 PARTITION OF m FOR VALUES FROM "
        "('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (id);\nCREATE TABLE m_2024_1 PARTITION OF m_2024 FOR VALUES IN (1);",
        {"m": ["id", "at"]},
    ),
    (
        "several heirs with columns of their own",
        "CREATE TABLE a (x int);\nCREATE TABLE b (y int) INHERITS (a);\nCREATE TABLE c (z int, CHECK (z > 0)) INHERITS (public.a);",
        {"a": ["x", "y", "z"]},
    ),
    (
        "a query for a table",
        "CREATE TABLE t (a int, b text);\nCREATE MATERIALIZED VIEW m AS SELECT a AS x, count(*) AS n FROM t GROUP BY 1 WITH NO DATA;\n"
        "CREATE TABLE u AS TABLE t WITH NO DATA;\nSELECT a AS k, b INTO v FROM t;",
        {"t": ["a", "b"], "m": ["x", "n"], "u": ["a", "b"], "v": ["k", "b"]},
    ),
    (
        "psql lines and copied rows",
        "\\set ON_ERROR_STOP on\n\\echo 'it''s'\nCREATE TABLE t (a int);\nCOPY public.t (a) FROM stdin WITH (FORMAT csv);\n"
        "1;CREATE TABLE fake (b int);\n\\.\n\\copy t FROM 'x.csv' csv\nCREATE TABLE u (c int);",
        {"t": ["a"], "u": ["c"]},
    ),
    (
        "changes after the fact",
        "CREATE TABLE t (a int, b int, c int);\nALTER TABLE t RENAME COLUMN a TO alpha;\nALTER TABLE IF EXISTS ONLY t DROP COLUMN b "
        "CASCADE, ADD d text NOT NULL DEFAULT '', ALTER COLUMN c TYPE bigint USING c::bigint;\nALTER TABLE t RENAME TO tt;\n"
        "DROP TABLE IF EXISTS gone;",
        {"tt": ["alpha", "c", "d"]},
    ),
    (
        "names with everything in them",
        'CREATE TABLE "a.b"."c d" ("e""f" int, "g,h" text, "i(j" int);',
        {"c d": ['e"f', "g,h", "i(j"]},
    ),
    (
        "types of several values",
        "CREATE TYPE public.place AS (street text, zip text);\nCREATE TABLE t (a int, home public.place, past place[]);\n"
        "CREATE TABLE u OF public.place;",
        {"t": ["a", "home.street", "home.zip", "past[].street", "past[].zip"], "u": ["street", "zip"]},
    ),
    (
        "names for what a query selects",
        "CREATE TABLE s (x int, y int);\nCREATE TABLE t (a, b) AS SELECT x, y FROM s;",
        {"s": ["x", "y"], "t": ["a", "b"]},
    ),
]

MYSQL: Final[list[Case]] = [
    (
        "a comment for a prefix",
        "CREATE TABLE /*_*/user (\n  user_id INT UNSIGNED /* its number, no? */ NOT NULL, -- the key, of course\n"
        "  user_name VARBINARY(255) # who, what\n  , `index` int, key_part int, KEY k (user_id)\n) /*$wgDBTableOptions*/;",
        {"user": ["user_id", "user_name", "index", "key_part"]},
    ),
    (
        "spatial, fulltext and json keys",
        "CREATE TABLE t (a POINT NOT NULL SRID 4326, b JSON, c VARCHAR(9) GENERATED ALWAYS AS (json_unquote(b->'$.x')) VIRTUAL,"
        " d SET('x','y;z'), SPATIAL INDEX (a), FULLTEXT KEY f (c), UNIQUE KEY `u` (`c`(10)), CHECK (json_valid(`b`)));",
        {"t": ["a", "b", "c", "d"]},
    ),
    (
        "executable comments",
        "/*!40101 SET @saved_cs_client = @@character_set_client */;\nCREATE TABLE `t` (\n `a` int /*!80023 INVISIBLE */,\n `b` text\n)"
        " ENGINE=InnoDB\n/*!50100 PARTITION BY RANGE (a)\n(PARTITION p0 VALUES LESS THAN (10) ENGINE = InnoDB) */;\n"
        "/*!50001 CREATE VIEW `v` AS SELECT 1 AS `x`*/;",
        {"t": ["a", "b"], "v": ["x"]},
    ),
    (
        "like, select and temporary",
        "CREATE TABLE a (x int, y int);\nCREATE TABLE b LIKE a;\nCREATE TABLE c SELECT x AS z FROM a;\n"
        "CREATE TABLE d (extra int) SELECT y FROM a;",
        {"a": ["x", "y"], "b": ["x", "y"], "c": ["z"], "d": ["extra", "y"]},
    ),
    (
        "alterations in one line",
        "CREATE TABLE t (a int);\nALTER TABLE `t` ADD COLUMN `b` int(11) NOT NULL AFTER `a`, ADD `c` varchar(5), ADD INDEX (b), "
        "ADD PRIMARY KEY (a), MODIFY `c` text, ADD (d int, e int), CHANGE b bb int;\nRENAME TABLE t TO tt;",
        {"tt": ["a", "bb", "c", "d", "e"]},
    ),
    (
        "a stored program and its delimiters",
        "DELIMITER $$\nCREATE DEFINER=`root`@`%` PROCEDURE p()\nBEGIN\n CREATE TEMPORARY TABLE tmp (q int);\n SELECT 'a$b';\nEND$$\n"
        "DELIMITER ;\nCREATE TABLE t (a int);\ndelimiter //\nCREATE TABLE u (b int)//\ndelimiter ;\nCREATE TABLE w (c int);",
        {"t": ["a"], "u": ["b"], "w": ["c"]},
    ),
    (
        "phpMyAdmin adds keys at the end",
        "-- phpMyAdmin SQL Dump\nCREATE TABLE `t` (`id` int NOT NULL, `m` varchar(9) DEFAULT 'a\\'b' COMMENT 'x; y') ENGINE=MyISAM;\n"
        "INSERT INTO `t` (`id`, `m`) VALUES\n(1, 'it\\'s; CREATE TABLE no (a int);'),\n(2, 'b');\nALTER TABLE `t`\n  ADD PRIMARY KEY (`id`),\n"
        "  MODIFY `id` int NOT NULL AUTO_INCREMENT;",
        {"t": ["id", "m"]},
    ),
]

SQLITE: Final[list[Case]] = [
    (
        "a dump by .dump",
        "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t(id INTEGER PRIMARY KEY, name, UNIQUE(name));\n"
        "INSERT INTO t VALUES(1,'a;\nCREATE TABLE no(x);');\nCREATE TRIGGER g AFTER INSERT ON t BEGIN\n UPDATE t SET name = ';';\nEND;\n"
        "CREATE TABLE IF NOT EXISTS \"u\" (a DATETIME DEFAULT (datetime('now')), b REFERENCES t(id) ON DELETE CASCADE) STRICT;\nCOMMIT;",
        {"t": ["id", "name"], "u": ["a", "b"]},
    ),
    (
        "virtual tables",
        "CREATE VIRTUAL TABLE mail USING fts5(subject, body, tokenize = 'porter ascii');\nCREATE TABLE t (a);",
        {"mail": ["subject", "body"], "t": ["a"]},
    ),
    (
        "columns without a type, names in quotes of any kind",
        'CREATE TABLE "t" ([a b] TEXT, \'c\' INT, `d`, "e" NUMERIC, f, CONSTRAINT x PRIMARY KEY (f));',
        {"t": ["a b", "c", "d", "e", "f"]},
    ),
    (
        "a table rebuilt under its name",
        "CREATE TABLE new_t (a int, b int);\nINSERT INTO new_t SELECT * FROM t;\nDROP TABLE t;\nALTER TABLE new_t RENAME TO t;",
        {"t": ["a", "b"]},
    ),
]

TSQL: Final[list[Case]] = [
    (
        "made where missing, as Management Studio writes it",
        "USE [db]\nGO\nSET ANSI_NULLS ON\nGO\nIF NOT EXISTS (SELECT * FROM sys.objects WHERE object_id = OBJECT_ID(N'[dbo].[T]'))\nBEGIN\n"
        "CREATE TABLE [dbo].[T](\n\t[Id] [int] IDENTITY(1,1) NOT FOR REPLICATION NOT NULL,\n\t[E Mail] [nvarchar](50) COLLATE Latin1_General_CI_AS NULL,\n"
        " CONSTRAINT [PK_T] PRIMARY KEY CLUSTERED \n(\n\t[Id] ASC\n)WITH (PAD_INDEX  = OFF) ON [PRIMARY]\n) ON [PRIMARY]\nEND\nGO\n"
        "EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'Who''s; it' , @level0type=N'SCHEMA',@level0name=N'dbo',"
        " @level1type=N'TABLE',@level1name=N'T', @level2type=N'COLUMN',@level2name=N'E Mail'\nGO\n",
        {"T": ["Id", "E Mail"]},
    ),
    (
        "no end to any statement",
        "CREATE TABLE a (x int)\nCREATE TABLE b (y int)\nINSERT INTO b VALUES (1)\nCREATE INDEX i ON b (y)\nCREATE TABLE c (z int)",
        {"a": ["x"], "b": ["y"], "c": ["z"]},
    ),
    (
        "temporal, masked, computed and sparse columns",
        "CREATE TABLE dbo.T (Id int PRIMARY KEY, Mail varchar(9) MASKED WITH (FUNCTION = 'email()') NULL, Total AS (Price * Qty), "
        "S datetime2 GENERATED ALWAYS AS ROW START HIDDEN, E datetime2 GENERATED ALWAYS AS ROW END, X xml COLUMN_SET FOR ALL_SPARSE_COLUMNS,"
        " PERIOD FOR SYSTEM_TIME (S, E), INDEX IX (Mail)) WITH (SYSTEM_VERSIONING = ON);",
        {"T": ["Id", "Mail", "Total", "S", "E", "X"]},
    ),
    (
        "a query into a table and views in batches",
        "CREATE TABLE t (a int, b int)\nGO\nSELECT a, b AS c INTO dbo.n FROM t\nGO\nCREATE VIEW dbo.v WITH SCHEMABINDING AS\nSELECT a FROM dbo.t\nGO",
        {"t": ["a", "b"], "n": ["a", "c"], "v": ["a"]},
    ),
    (
        "tables of a variable or a procedure are no tables",
        "CREATE PROCEDURE p AS\nBEGIN\n  DECLARE @t TABLE (a int)\n  CREATE TABLE #x (b int)\n  CREATE TABLE ##y (c int)\nEND\nGO\n"
        "CREATE TABLE [my schema].[real] (d int)\nGO",
        {"real": ["d"]},
    ),
    (
        "SQLCMD lines and variables",
        ":setvar DatabaseName \"X\"\n:on error exit\nUSE [$(DatabaseName)];\nGO\nPRINT 'don''t';\nCREATE TABLE [$(DatabaseName)].[dbo].[t] (a int);\nGO\n",
        {"t": ["a"]},
    ),
    (
        "indexes among columns, options before a query",
        "CREATE TABLE [dbo].[t] ([a] [int] MASKED WITH (FUNCTION = 'default()'), [b] [xml](CONTENT [s].[c]), INDEX [i] NONCLUSTERED ([a]),"
        " PERIOD FOR SYSTEM_TIME ([c], [d]))\nGO\n"
        "CREATE TABLE u WITH (DISTRIBUTION = HASH([a]), CLUSTERED COLUMNSTORE INDEX) AS SELECT a, b AS c FROM t;",
        {"t": ["a", "b"], "u": ["a", "c"]},
    ),
]

ORACLE: Final[list[Case]] = [
    (
        "exported by SQL Developer",
        "--------------------------------------------------------\n--  DDL for Table EMP\n--------------------------------------------------------\n\n"
        '  CREATE TABLE "HR"."EMP" SHARING=METADATA \n   (\t"ID" NUMBER(*,0), \n\t"NAME" VARCHAR2(100 BYTE) COLLATE "USING_NLS_COMP", \n'
        '\t"DOC" XMLTYPE, "AT" TIMESTAMP (6) WITH LOCAL TIME ZONE DEFAULT systimestamp, "SPAN" INTERVAL DAY (2) TO SECOND (6)\n'
        '   )  DEFAULT COLLATION "USING_NLS_COMP" SEGMENT CREATION DEFERRED \n  PCTFREE 10 XMLTYPE COLUMN "DOC" STORE AS BASICFILE CLOB\n  TABLESPACE "USERS" ;\n'
        '   COMMENT ON COLUMN "HR"."EMP"."NAME" IS \'its name\';\nREM INSERTING into HR.EMP\nSET DEFINE OFF;\n'
        "Insert into HR.EMP (ID,NAME) values (1,'O''Neil');\n",
        {"EMP": ["ID", "NAME", "DOC", "AT", "SPAN"]},
    ),
    (
        "alternative quotes and substitution",
        "DEFINE tbs = users\nCREATE TABLE &own..t (a VARCHAR2(9) DEFAULT q'[it's; (]', b DATE) TABLESPACE &tbs;\nCREATE TABLE u (c NUMBER);",
        {"t": ["a", "b"], "u": ["c"]},
    ),
    (
        "made in a block",
        "BEGIN\n  EXECUTE IMMEDIATE 'CREATE TABLE t (a NUMBER, b VARCHAR2(9) DEFAULT ''x'')';\nEXCEPTION WHEN OTHERS THEN NULL;\nEND;\n/\n"
        "CREATE TABLE u (c NUMBER)\n/\n",
        {"t": ["a", "b"], "u": ["c"]},
    ),
    (
        "leading commas, external and partitioned tables",
        "CREATE TABLE t\n    ( a    NUMBER(6)\n    , b    VARCHAR2(20)\n\t, CONSTRAINT c_nn CHECK (b > 0)\n    , PARTITION_NO NUMBER\n    ) PARTITION BY RANGE (a)"
        " (PARTITION p1 VALUES LESS THAN (10), PARTITION p2 VALUES LESS THAN (MAXVALUE));\n"
        "CREATE TABLE e (x NUMBER) ORGANIZATION EXTERNAL (TYPE ORACLE_LOADER ACCESS PARAMETERS (FIELDS (x CHAR(9))));",
        {"t": ["a", "b", "PARTITION_NO"], "e": ["x"]},
    ),
    (
        "packages pass by, object types are written out",
        "CREATE OR REPLACE TYPE addr AS OBJECT (street VARCHAR2(9), city VARCHAR2(9));\n/\nCREATE OR REPLACE EDITIONABLE PACKAGE p AS\n"
        "  TYPE r IS RECORD (x NUMBER);\n  PROCEDURE q;\nEND p;\n/\nCREATE OR REPLACE TRIGGER g BEFORE INSERT ON t FOR EACH ROW\nBEGIN\n  :new.a := 1;\nEND;\n/\n"
        "CREATE TABLE t (a NUMBER GENERATED BY DEFAULT ON NULL AS IDENTITY, b addr) NESTED TABLE b STORE AS nt;",
        {"t": ["a", "b.street", "b.city"]},
    ),
    (
        "SQL*Plus lines",
        "SET ECHO ON\nSPOOL x.log\nPROMPT it's made\nWHENEVER SQLERROR EXIT SQL.SQLCODE\n@@other.sql\nCONNECT hr/hr\nCREATE TABLE t (a NUMBER);\nSHOW ERRORS\n"
        "ACCEPT pass CHAR PROMPT 'Pass: ' HIDE\nCREATE TABLE u (b NUMBER);\nEXIT",
        {"t": ["a"], "u": ["b"]},
    ),
]

BIGQUERY: Final[list[Case]] = [
    (
        "nested and described",
        'CREATE TABLE IF NOT EXISTS `my-proj.ds.t`\n(\n  id INT64 NOT NULL OPTIONS(description="the user\'s id, or so"),\n'
        "  addr ARRAY<STRUCT<street STRING OPTIONS(description='x'), geo STRUCT<lat FLOAT64, lon FLOAT64>>>,\n  tags ARRAY<STRING>,\n  at TIMESTAMP DEFAULT CURRENT_TIMESTAMP(),\n"
        '  PRIMARY KEY (id) NOT ENFORCED\n)\nPARTITION BY DATE(at)\nCLUSTER BY id\nOPTIONS(description="""Long;\ntext""", labels=[("a", "b")]);',
        {"t": ["id", "addr[].street", "addr[].geo.lat", "addr[].geo.lon", "tags", "at"]},
    ),
    (
        "external and templated",
        "CREATE OR REPLACE EXTERNAL TABLE `${PROJECT}.${DATASET}.t` (a STRING, b INT64) WITH PARTITION COLUMNS (day DATE) OPTIONS (format='CSV', uris=['gs://x/*']);\n"
        "CREATE TABLE {{ params.dataset }}.u (c STRING);\nCREATE SNAPSHOT TABLE ds.s CLONE ds.u;",
        {"t": ["a", "b", "day"], "u": ["c"], "s": ["c"]},
    ),
    (
        "a query as a table",
        "CREATE TABLE ds.t (a INT64, b STRING);\nCREATE OR REPLACE TABLE ds.u PARTITION BY d OPTIONS(expiration_timestamp=NULL) AS\n"
        "SELECT * EXCEPT (b), CURRENT_DATE() AS d FROM ds.t;\nCREATE VIEW ds.v (x OPTIONS(description='the x')) AS SELECT a FROM ds.t;",
        {"t": ["a", "b"], "u": ["a", "d"], "v": ["x"]},
    ),
    (
        "copies, and structures that are added",
        "CREATE TABLE `p-1.d.t` (a INT64, m ARRAY<STRUCT<x STRING OPTIONS(description='one, two'), y BOOL NOT NULL>>);\n"
        "CREATE TABLE d.u COPY d.t;\nALTER TABLE d.t ADD COLUMN s STRUCT<z INT64>, ADD COLUMN IF NOT EXISTS w DATE;",
        {"t": ["a", "m[].x", "m[].y", "s.z", "w"], "u": ["a", "m[].x", "m[].y"]},
    ),
]

SNOWFLAKE: Final[list[Case]] = [
    (
        "by GET_DDL",
        "create or replace TRANSIENT TABLE DB.PUBLIC.\"My Table\" cluster by (ID)(\n\tID NUMBER(38,0) NOT NULL autoincrement start 1 increment 1 noorder COMMENT 'it''s',\n"
        "\tV VARIANT,\n\tMAIL VARCHAR(16777216) WITH MASKING POLICY DB.S.MASK USING (MAIL, ID) WITH TAG (DB.S.PII='mail, home'),\n\tAT TIMESTAMP_NTZ(9) DEFAULT CURRENT_TIMESTAMP(),\n"
        "\tprimary key (ID),\n\tforeign key (V) references DB.PUBLIC.OTHER(ID) not enforced\n)COMMENT='people; all'\n;",
        {"My Table": ["ID", "V", "MAIL", "AT"]},
    ),
    (
        "external, dynamic and hybrid tables",
        "CREATE EXTERNAL TABLE t (a DATE AS TO_DATE(value:c1::string), b VARCHAR AS (value:c2::varchar)) LOCATION=@stage/x/ FILE_FORMAT=(TYPE=PARQUET);\n"
        "CREATE HYBRID TABLE u (c INT PRIMARY KEY, INDEX i (c));\nCREATE OR REPLACE DYNAMIC TABLE d TARGET_LAG='1 minute' WAREHOUSE=w AS SELECT c AS x FROM u;\n"
        "CREATE ICEBERG TABLE i (k INT, o OBJECT(x INT, y VARCHAR), m MAP(VARCHAR, INT), l ARRAY(INT)) CATALOG='SNOWFLAKE';",
        {"t": ["a", "b"], "u": ["c"], "d": ["x"], "i": ["k", "o.x", "o.y", "m", "l"]},
    ),
    (
        "procedures in dollars, clones and likes",
        'CREATE TABLE a (x INT, y VARCHAR);\nCREATE OR REPLACE PROCEDURE p() RETURNS STRING LANGUAGE JAVASCRIPT AS\n$$\n  var s = "CREATE TABLE no (z int)"; // it\'s\n$$;\n'
        "CREATE TABLE b CLONE a;\nCREATE TABLE c LIKE a;\nALTER TABLE a ADD COLUMN z BOOLEAN, w DATE;\nCREATE OR REPLACE VIEW v COPY GRANTS AS SELECT x FROM a;",
        {"a": ["x", "y", "z", "w"], "b": ["x", "y"], "c": ["x", "y"], "v": ["x"]},
    ),
    (
        "slashes before comments, names in strings, options before columns",
        "// don't run\ncreate table identifier('d.s.t') (a int, // the key\n  b string // who's that\n);\n"
        "create or replace TABLE u cluster by LINEAR(A, to_date(B))(\n\tA NUMBER(38,0),\n\tB VARCHAR(9) WITH MASKING POLICY p USING (B, A)\n);\n"
        "put file:///tmp/x.csv @st; create dynamic table v target_lag = '1 hour' warehouse = w as select max(a) as top from t;",
        {"t": ["a", "b"], "u": ["A", "B"], "v": ["top"]},
    ),
]

REDSHIFT: Final[list[Case]] = [
    (
        "keys, encodings and identity",
        "CREATE TABLE IF NOT EXISTS s.t (\n id BIGINT IDENTITY(0,1) ENCODE az64 DISTKEY,\n mail VARCHAR(256) ENCODE lzo NOT NULL, -- e-mail, of course\n doc SUPER,\n d DATE SORTKEY\n)\n"
        "DISTSTYLE KEY\nCOMPOUND SORTKEY (d, id)\n;\nCOPY s.t FROM 's3://b/p' IAM_ROLE 'arn:aws:iam::0:role/R' FORMAT AS CSV;\nCREATE TABLE u (k int);",
        {"t": ["id", "mail", "doc", "d"], "u": ["k"]},
    ),
    (
        "a query with its distribution in front",
        "CREATE TABLE a (x int, y int);\ncreate table dwh.b\n\tdiststyle all\n\tsortkey (x)\nas\n(\nselect x, y as z from a\n);",
        {"a": ["x", "y"], "b": ["x", "z"]},
    ),
    (
        "Spectrum",
        "CREATE EXTERNAL TABLE sp.t (a int, s struct<given:varchar(9), family:varchar(9)>) PARTITIONED BY (day char(10)) ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' STORED AS TEXTFILE LOCATION 's3://b/';",
        {"t": ["a", "s.given", "s.family", "day"]},
    ),
    (
        "external tables with table properties",
        "create external table s.t(a integer, n struct<x:varchar(9), y:varchar(9)>, o array<struct<z:timestamp>>)\n"
        "partitioned by (d date, c char(2)) stored as parquet location 's3://b/' table properties ('numRows'='1');",
        {"t": ["a", "n.x", "n.y", "o[].z", "d", "c"]},
    ),
]

SPARK: Final[list[Case]] = [
    (
        "partitions are columns",
        "CREATE TABLE IF NOT EXISTS db.t (\n  id BIGINT COMMENT 'the; key',\n  p STRUCT<name: STRING COMMENT 'x', tags: ARRAY<STRING>>,\n  m MAP<STRING, INT>\n)\nUSING PARQUET\n"
        "PARTITIONED BY (day STRING, hour INT)\nLOCATION 's3://b/x'\nTBLPROPERTIES ('a'='b;c');",
        {"t": ["id", "p.name", "p.tags", "m", "day", "hour"]},
    ),
    (
        "partitions that name columns",
        "CREATE TABLE t (id BIGINT, day DATE) USING DELTA PARTITIONED BY (day) CLUSTER BY (id);",
        {"t": ["id", "day"]},
    ),
    (
        "Hive",
        "CREATE EXTERNAL TABLE `db.t`(\n  `id` bigint COMMENT 'from deserializer',\n  `who` struct<`name`:string,`addr`:array<struct<zip:string>>>)\nPARTITIONED BY ( \n  `ds` string)\nROW FORMAT SERDE \n"
        "  'org.apache.hadoop.hive.serde2.OpenCSVSerde' \nWITH SERDEPROPERTIES ( \n  'quoteChar'='\\\"', \n  'separatorChar'=',') \nSTORED AS INPUTFORMAT \n  'x.y'\nTBLPROPERTIES (\n  'x'='y');",
        {"t": ["id", "who.name", "who.addr[].zip", "ds"]},
    ),
    (
        "a Databricks notebook",
        "-- Databricks notebook source\n-- MAGIC %md it's a title\n\n-- COMMAND ----------\n\nCREATE OR REFRESH STREAMING TABLE raw (a STRING, CONSTRAINT ok EXPECT (a IS NOT NULL));\n\n-- COMMAND ----------\n\n"
        "CREATE TABLE IF NOT EXISTS snap\nCOMMENT 'it'\nTBLPROPERTIES ('delta.enableDeletionVectors' = 'true')\nAS SELECT a, 1 AS b FROM raw;",
        {"raw": ["a"], "snap": ["a", "b"]},
    ),
    (
        "structures in maps, masks and comments inside of structures",
        "CREATE TABLE c.s.t (a STRUCT<x: STRING COMMENT 'one, two', y: STRING NOT NULL>, m MAP<STRING, STRUCT<z: INT>>,\n"
        "  n STRING MASK c.s.f USING COLUMNS (a)) USING DELTA;\nALTER TABLE t ADD COLUMNS (p STRUCT<q: INT> COMMENT 'x' AFTER n, r INT FIRST);",
        {"t": ["a.x", "a.y", "m.*.z", "n", "p.q", "r"]},
    ),
]

DUCKDB: Final[list[Case]] = [
    (
        "exported",
        "CREATE SCHEMA shop;\nCREATE TYPE mood AS ENUM ('sad', 'ok');\nCREATE TABLE shop.t(a BIGINT, b STRUCT(x INTEGER, y VARCHAR[]), c MAP(VARCHAR, INTEGER), d UNION(num INTEGER, str VARCHAR), e mood, "
        "f DECIMAL(18,3)[], g VARCHAR GENERATED ALWAYS AS (b.y[1]) VIRTUAL, PRIMARY KEY(a));\nCREATE SEQUENCE s START 1;\nCOPY shop.t FROM 't.parquet' (FORMAT 'parquet');",
        {"t": ["a", "b.x", "b.y", "c", "d", "e", "f", "g"]},
    ),
    (
        "made from files and macros",
        "INSTALL httpfs;\nLOAD httpfs;\nCREATE OR REPLACE TABLE t AS SELECT id AS user_id, mail FROM read_csv('x.csv', header=true);\nCREATE MACRO f(a) AS a + 1;\nATTACH 'x.db' AS y;\n"
        "CREATE TABLE u (k HUGEINT, j JSON);\nCREATE TABLE w AS FROM u;",
        {"t": ["user_id", "mail"], "u": ["k", "j"], "w": ["k", "j"]},
    ),
]

ODD: Final[list[Case]] = [
    (
        "a shell script around it",
        "#!/bin/sh\n# You won't get help if it's changed\nif [ \"$x\" -lt 1 ]; then\n  echo don't\nfi\npsql -f - <<END-OF-DATA\n\nCREATE TABLE t (a int);\nCREATE TABLE u (b int);\nEND-OF-DATA\n",
        {"t": ["a"], "u": ["b"]},
    ),
    (
        "a quote that is missing",
        "CREATE TABLE a (x int DEFAULT 'oops, y int);\n\nCREATE TABLE b (z text DEFAULT 'fine');\nCREATE TABLE c (w int);",
        {"a": ["x", "y"], "b": ["z"], "c": ["w"]},
    ),
    (
        "a parenthesis that is missing",
        "CREATE TABLE a (x int, y numeric(10;\nCREATE TABLE b (z int);\nCREATE TABLE c (w int));\n",
        {"a": ["x", "y"], "b": ["z"], "c": ["w"]},
    ),
    (
        "a statement without its end",
        "CREATE TABLE a (x int)\n\nCREATE TABLE b (y int);\nALTER TABLE b ADD z int\nALTER TABLE b ADD w int;",
        {"a": ["x"], "b": ["y", "z", "w"]},
    ),
    (
        "rows with backslashes in a file of no known dialect",
        "CREATE TABLE a (x text);\nINSERT INTO a VALUES ('it\\'s; one');\nINSERT INTO a VALUES ('two');\nCREATE TABLE b (y text);",
        {"a": ["x"], "b": ["y"]},
    ),
    (
        "indexes named like types, columns named like indexes",
        "CREATE TABLE t (a date, key date_idx (a), KEY date (a), index text_search using btree (a), key mytype NOT NULL, "
        '`index` x, check int CHECK (check > 0), sort money, UNIQUE INDEX u (a), SHARD KEY (a), FAMILY "p" (a), unique date);',
        {"t": ["a", "key", "index", "check", "sort", "unique"]},
    ),
    (
        "servers of other makers",
        "CREATE MULTISET TABLE db.t ,NO FALLBACK ,NO BEFORE JOURNAL\n(a INTEGER, b VARCHAR(9) CHARACTER SET LATIN NOT CASESPECIFIC)\n"
        "UNIQUE PRIMARY INDEX (a);\nCREATE TABLE u ON CLUSTER c (d UInt64, e LowCardinality(String), f Nested(g String), INDEX i d TYPE minmax"
        ' GRANULARITY 1) ENGINE = MergeTree ORDER BY d;\nCREATE COLUMN TABLE "S"."v" ("h" NVARCHAR(9) CS_STRING, "i" TIMESTAMP CS_LONGDATE);\n'
        "CREATE TABLE w (j int) WITH (DISTRIBUTION = HASH (j), CLUSTERED COLUMNSTORE INDEX);\nCREATE TABLE x (k int) DISTRIBUTE ON RANDOM;",
        {"t": ["a", "b"], "u": ["d", "e", "f"], "v": ["h", "i"], "w": ["j"], "x": ["k"]},
    ),
    (
        "migrations with both ways",
        "-- +goose Up\n-- +goose StatementBegin\nCREATE TABLE t (a int);\n-- +goose StatementEnd\nALTER TABLE t ADD COLUMN b int;\n"
        "-- +goose Down\nDROP TABLE t;\n--liquibase formatted sql\n--changeset me:1\nCREATE TABLE u (c int);\n--rollback DROP TABLE u;",
        {"t": ["a", "b"], "u": ["c"]},
    ),
    (
        "hints in comments and parameters for schemas",
        "--DDL for 5.4 on any server\n--HINT DISTRIBUTE ON KEY (person_id)\nCREATE TABLE @cdmDatabaseSchema.person (\n\t\t\tperson_id integer NOT NULL,"
        "\n\t\t\tbirth_datetime TIMESTAMP NULL );\n--HINT DISTRIBUTE ON RANDOM\nCREATE TABLE @cdmDatabaseSchema.note (note_text VARCHAR(MAX) NOT NULL );\n"
        "IF XACT_STATE() = 1 COMMIT; CREATE TABLE @cdmDatabaseSchema.death (death_date date NOT NULL ) WITH (DISTRIBUTION = HASH(person_id));",
        {"person": ["person_id", "birth_datetime"], "note": ["note_text"], "death": ["death_date"]},
    ),
    (
        "Windows line ends and tabs",
        "CREATE TABLE a (\r\n\tx int,\r\n\ty int\r\n);\r\nGO\r\nCREATE TABLE b (\r\n\tz int\r\n)\r\nGO\r\n",
        {"a": ["x", "y"], "b": ["z"]},
    ),
    (
        "templates in all places",
        "{% set db = 'x' %}\n{{ config(materialized='table') }}\nCREATE TABLE {{ env_var(\"DB\") }}.{{ table }} (a int, {% if x %}b int,{% endif %} c varchar({{ n }}));\n"
        "CREATE TABLE @{cdm}.u (d int);\nCREATE TABLE #{schema}.v (e int);\nCREATE TABLE <%= s %>.w (f int);\nCREATE TABLE %(s)s.x (g int);\nCREATE TABLE [schema].y (h int);",
        {"table": ["a", "b", "c"], "u": ["d"], "v": ["e"], "w": ["f"], "x": ["g"], "y": ["h"]},
    ),
]

CASES: Final = [
    pytest.param(dialect, sql, expected, id=f"{dialect}: {title}")
    for dialect, cases in {
        "postgres": POSTGRES,
        "mysql": MYSQL,
        "sqlite": SQLITE,
        "tsql": TSQL,
        "oracle": ORACLE,
        "bigquery": BIGQUERY,
        "snowflake": SNOWFLAKE,
        "redshift": REDSHIFT,
        "spark": SPARK,
        "duckdb": DUCKDB,
        "": ODD,
    }.items()
    for title, sql, expected in cases
]


@pytest.mark.parametrize(("dialect", "sql", "expected"), CASES)
@pytest.mark.parametrize("named", [True, False], ids=["named", "guessed"])
def test_every_column_is_found(dialect: str, sql: str, expected: dict[str, list[str]], *, named: bool) -> None:
    schema = ddl.parse(Source(sql.encode(), "a.sql", dialect if named else ""))
    assert {entity.name: [field.path for field in entity.fields] for entity in schema.entities} == expected
