"""Guesses the SQL dialect of a script from words only that dialect uses. Names are sqlglot's."""

from __future__ import annotations

import re
from typing import Final

#: What a person may choose.
DIALECTS: Final = (
    "postgres",
    "mysql",
    "sqlite",
    "tsql",
    "oracle",
    "bigquery",
    "snowflake",
    "redshift",
    "spark",
    "duckdb",
    "hive",
    "databricks",
    "trino",
    "presto",
    "clickhouse",
    "teradata",
    "athena",
    "doris",
    "starrocks",
)
_ALIASES: Final = {
    "postgresql": "postgres",
    "pg": "postgres",
    "mariadb": "mysql",
    "mssql": "tsql",
    "sqlserver": "tsql",
    "sql server": "tsql",
    "sparksql": "spark",
}
#: Dialects where a backslash escapes inside quotes.
BACKSLASH: Final = frozenset(
    {"mysql", "bigquery", "spark", "hive", "databricks", "clickhouse", "doris", "starrocks", "athena"}
)
#: Dialects where two slashes begin a comment.
SLASHES: Final = frozenset({"snowflake"})
_ESCAPED: Final = re.compile(rb"[^\\]\\'[A-Za-z]")
_ENDED: Final = re.compile(rb"[^\\]\\'\s*[,)]")
_LOOKED_AT: Final = 400_000  # bytes; headers and the first tables say it

_SIGNS: Final[dict[str, tuple[tuple[int, str], ...]]] = {
    "postgres": (
        (6, r"PostgreSQL database dump"),
        (4, r"ALTER TABLE ONLY\b"),
        (3, r"FROM stdin;"),
        (2, r"::\s*\w+"),
        (2, r"\bcharacter varying\b"),
        (2, r"\bnextval\("),
        (2, r"\b(big|small)?serial\b"),
        (2, r"\bjsonb\b"),
        (2, r"\btimestamptz\b|\bwith(out)? time zone\b"),
        (2, r"\bOWNER TO\b"),
        (1, r"\bbytea\b|\buuid\b|\btext\[\]"),
        (1, r"\bINHERITS\s*\("),
        (2, r"PARTITION OF\b"),
        (1, r"\$\$"),
        (1, r"CREATE EXTENSION"),
        (1, r"CREATE TYPE \S+ AS \("),
        (1, r"\bpublic\."),
        (1, r"USING (btree|gin|gist)"),
        (1, r"^\s*COMMENT ON (TABLE|COLUMN)\b"),
    ),
    "mysql": (
        (6, r"-- (MySQL|MariaDB) dump"),
        (4, r"\bENGINE\s*=\s*\w+"),
        (3, r"\bAUTO_INCREMENT\b"),
        (3, r"/\*!\d{5}"),
        (2, r"\bUNSIGNED\b"),
        (1, r"`\w+`"),
        (2, r"\bCHARSET\s*="),
        (2, r"\b(tiny|medium|long)(text|blob|int)\b"),
        (1, r"\bUNLOCK TABLES\b"),
        (1, r"\bint\(\d+\)"),
        (2, r"\benum\s*\("),
        (1, r"^\s*DELIMITER\b"),
        (2, r"\bON UPDATE CURRENT_TIMESTAMP"),
    ),
    "tsql": (
        (4, r"^\s*GO\s*$"),
        (2, r"\bNVARCHAR\b|\bNCHAR\b"),
        (3, r"\[dbo\]|\bdbo\."),
        (3, r"\bIDENTITY\s*\(\s*\d+\s*,\s*\d+\s*\)"),
        (2, r"\bUNIQUEIDENTIFIER\b"),
        (2, r"\b(NON)?CLUSTERED\b"),
        (2, r"\[\w+\]\s+\[\w+\]"),
        (1, r"\bDATETIME2\b|\bSMALLDATETIME\b|\bDATETIMEOFFSET\b"),
        (2, r"SET (ANSI_NULLS|QUOTED_IDENTIFIER)"),
        (1, r"\bVARCHAR\s*\(\s*MAX\s*\)"),
        (2, r"sp_addextendedproperty"),
    ),
    "oracle": (
        (4, r"\bVARCHAR2\b|\bNVARCHAR2\b"),
        (3, r"\bNUMBER\s*\(\s*\d+\s*(,\s*-?\d+\s*)?\)"),
        (2, r"^\s*/\s*$"),
        (1, r"\bCLOB\b"),
        (2, r"\bTABLESPACE\b"),
        (1, r"\bSYSDATE\b"),
        (2, r"\bENABLE VALIDATE\b|\bUSING INDEX\b"),
        (2, r"^\s*(PROMPT|REM|SPOOL)\b"),
    ),
    "sqlite": (
        (4, r"\bAUTOINCREMENT\b"),
        (4, r"^\s*PRAGMA\b"),
        (3, r"\bWITHOUT ROWID\b"),
        (1, r"INTEGER\s+(NOT NULL\s+)?PRIMARY KEY"),  # standard SQL has it, too
        (2, r"BEGIN TRANSACTION;"),
        (1, r"\bUSING fts[345]\b"),
        (1, r"sqlite_sequence"),
    ),
    "bigquery": (
        (4, r"\bINT64\b|\bFLOAT64\b|\bBIGNUMERIC\b"),
        (3, r"\bSTRUCT\s*<"),
        (2, r"\bOPTIONS\s*\("),
        (2, r"`[\w-]+\.[\w-]+\.[\w-]+`"),
        (1, r"\bARRAY\s*<"),
        (1, r"\bBYTES\b|\bGEOGRAPHY\b"),
    ),
    "snowflake": (
        (3, r"\bVARIANT\b"),
        (3, r"\bTIMESTAMP_(NTZ|LTZ|TZ)\b"),
        (3, r"\bNUMBER\s*\(\s*38\s*,\s*\d+\s*\)"),
        (2, r"\bCREATE (OR REPLACE )?TRANSIENT\b"),
        (3, r"\bCOPY GRANTS\b|\bMASKING POLICY\b|\bFILE FORMAT\b"),
        (1, r"\bCREATE OR REPLACE TABLE\b"),
        (1, r"\bVARCHAR\(16777216\)"),
    ),
    "redshift": (
        (4, r"\bDISTKEY\b|\bSORTKEY\b|\bDISTSTYLE\b"),
        (3, r"\bENCODE \w+"),
        (1, r"\bSUPER\b"),
        (2, r"\bCREDENTIALS\b|\bIAM_ROLE\b"),
    ),
    "spark": (
        (4, r"\bUSING\s+(DELTA|PARQUET|ORC|CSV|JSON|ICEBERG)\b"),
        (3, r"\bTBLPROPERTIES\b"),
        (3, r"\bPARTITIONED BY\b"),
        (3, r"\bSTORED AS\b|\bROW FORMAT\b"),
        (2, r"\bSTRUCT\s*<\s*\w+\s*:"),
        (1, r"\bSTRING\b"),
        (2, r"LOCATION\s+'(s3|dbfs|hdfs|abfss)"),
    ),
    "duckdb": (
        (4, r"\bHUGEINT\b|\bUINTEGER\b|\bUBIGINT\b|\bUTINYINT\b"),
        (3, r"\bSTRUCT\s*\("),
        (2, r"\bVARCHAR\[\]"),
        (3, r"\bread_(csv|parquet|json)"),
        (2, r"\bMAP\s*\("),
        (1, r"\bDOUBLE\b"),
    ),
}
#: What a script calls itself in its first lines.
_TITLES: Final = {
    "postgres": r"postgres|pgsql|\bpg(?:[_.-]|dump)",
    "mysql": r"mysql|mariadb|phpmyadmin",
    "tsql": r"sql[ _-]?server|mssql|t-?sql\b|\bsynapse",
    "oracle": r"oracle",
    "sqlite": r"sqlite",
    "bigquery": r"big[ _-]?query",
    "snowflake": r"snowflake",
    "redshift": r"redshift",
    "spark": r"spark|databricks|\bhive\b",
    "duckdb": r"duckdb",
}
_TITLE_BYTES: Final = 1_500
_COMPILED: Final = {
    name: tuple((weight, re.compile(pattern, re.IGNORECASE | re.MULTILINE)) for weight, pattern in signs)
    for name, signs in _SIGNS.items()
}


def known(name: str) -> str:
    """sqlglot's name for what a person wrote, or "" where there is no such dialect."""
    lowered = name.strip().lower()
    lowered = _ALIASES.get(lowered, lowered)
    return lowered if lowered in DIALECTS else ""


def detect(data: bytes, file_name: str = "") -> str:
    """The likeliest dialect, or "" where nothing speaks for any (sqlglot's own union of dialects is used then)."""
    head = data[:_LOOKED_AT].decode("utf-8", "replace")
    scores = {
        name: sum(weight for weight, pattern in signs if pattern.search(head)) for name, signs in _COMPILED.items()
    }
    for name, pattern in _TITLES.items():
        scores[name] += 3 * bool(re.search(pattern, head[:_TITLE_BYTES], re.IGNORECASE))
        scores[name] += 3 * bool(re.search(pattern, file_name, re.IGNORECASE))
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= 2 else ""


def escapes_with_backslash(data: bytes) -> bool:
    """Whether 'it\\'s' is written more often than 'C:\\' in the first bytes; some tools do so for every database."""
    head = data[:_LOOKED_AT]
    return len(_ESCAPED.findall(head)) > len(_ENDED.findall(head))
