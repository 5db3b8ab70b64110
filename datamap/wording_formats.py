"""Formats and dialects by the names people know them by. Names of products are not translated."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

NAMES: Final = {
    "sql": "SQL",
    "json-schema": "JSON Schema",
    "openapi": "OpenAPI",
    "avro": "Avro",
    "parquet": "Parquet",
    "arrow": "Arrow",
    "protobuf": "Protobuf",
    "dbt": "dbt",
    "graphql": "GraphQL",
    "frappe": "Frappe DocType",
    "fides": "Fides",
    "croissant": "Croissant",
    "postgres": "PostgreSQL",
    "postgresql": "PostgreSQL",
    "mysql": "MySQL",
    "sqlite": "SQLite",
    "tsql": "SQL Server",
    "mssql": "SQL Server",
    "oracle": "Oracle",
    "bigquery": "BigQuery",
    "snowflake": "Snowflake",
    "redshift": "Redshift",
    "spark": "Spark",
    "duckdb": "DuckDB",
    "hive": "Hive",
    "databricks": "Databricks",
    "trino": "Trino",
    "presto": "Presto",
}


def format_name(code: str) -> str:
    """The format as people write it."""
    return _("CSV header") if code == "csv" else NAMES.get(code, code)
