"""Which format a file has. Order matters: the most telling first, a bare CSV header last."""

from __future__ import annotations

from types import ModuleType
from typing import Final

from datamap.parsers import (
    arrow,
    avro,
    croissant,
    dbt,
    ddl,
    delimited,
    fides,
    frappe,
    graphql,
    json_schema,
    openapi,
    parquet,
    protobuf,
)
from datamap.parsers.source import Source
from datamap.parsers.types import Schema, Unreadable

FORMATS: Final[dict[str, ModuleType]] = {
    module.FORMAT: module
    for module in (
        parquet,
        arrow,
        avro,
        croissant,
        openapi,
        dbt,
        graphql,
        frappe,
        json_schema,
        fides,
        protobuf,
        ddl,
        delimited,
    )
}
_ALIASES: Final = {
    "ddl": "sql",
    "jsonschema": "json-schema",
    "json_schema": "json-schema",
    "json": "json-schema",
    "tsv": "csv",
    "swagger": "openapi",
    "avsc": "avro",
    "proto": "protobuf",
    "feather": "arrow",
    "ipc": "arrow",
    "doctype": "frappe",
    "gql": "graphql",
}


def parse(source: Source, format_: str = "") -> Schema:
    """The schema of a file in the given format, or in the one it shows.

    Raises Unreadable: unknown_format, other_format, or what the format's parser raises.
    """
    if format_:
        module = FORMATS.get(_ALIASES.get(format_.lower(), format_.lower()))
        if module is None:
            raise Unreadable("unknown_format", params={"format": format_[:40]})
        if source.binary and source.binary != module.FORMAT or not source.binary and module in (parquet, arrow):
            raise Unreadable("other_format", params={"format": module.FORMAT})
    else:
        module = detect(source)
    schema: Schema = module.parse(source)
    return schema


def detect(source: Source) -> ModuleType:
    """The first format whose sniff() recognises the file. Raises Unreadable: unknown_format, json."""
    source.progress(5, "detecting")
    if source.binary:
        return FORMATS[source.binary]
    for module in FORMATS.values():
        if module.sniff(source):
            return module
    raise Unreadable("unknown_format")
