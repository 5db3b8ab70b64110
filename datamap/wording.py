"""What a person reads for the codes that the engines of this floor return."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from datamap.wording_scan import reason_text

_UNREADABLE: Final = {
    "empty": gettext_lazy("The file is empty."),
    "too_large": gettext_lazy("The file is larger than a schema may be."),
    "is_zip": gettext_lazy("This is a zip archive. Unpack it and upload the schema file inside."),
    "is_gzip": gettext_lazy("This is a gzip archive. Unpack it and upload the schema file inside."),
    "is_pdf": gettext_lazy("This is a PDF, not a schema."),
    "is_image": gettext_lazy("This is an image, not a schema."),
    "is_pg_custom_dump": gettext_lazy(
        "This is a PostgreSQL dump in custom format. Turn it into SQL with pg_restore --schema-only."
    ),
    "is_sqlite_file": gettext_lazy("This is an SQLite database file. Export its schema with sqlite3 FILE .schema."),
    "nul_bytes": gettext_lazy("The file holds NUL bytes, so it is no text."),
    "encoding": gettext_lazy("The text encoding could not be read. Save the file as UTF-8."),
    "json": gettext_lazy("The file is not valid JSON."),
    "yaml": gettext_lazy("The file is not valid YAML."),
    "too_deep": gettext_lazy("The file is nested too deeply."),
    "alias_bomb": gettext_lazy("The YAML repeats itself through too many aliases."),
    "too_many_fields": gettext_lazy("The schema has more fields than can be kept."),
    "header_too_long": gettext_lazy("The header line is too long."),
    "not_a_schema": gettext_lazy("This is JSON, but it does not describe fields."),
    "no_tables": gettext_lazy("No table or record is defined in this file."),
    "unknown_format": gettext_lazy(
        "The format was not recognised. Name it, or upload SQL, JSON Schema, OpenAPI, GraphQL, Avro, Parquet, Arrow,"
        " Protobuf, dbt, Frappe, CSV, Fides or Croissant."
    ),
    "other_format": gettext_lazy("The file is not of the format that was chosen."),
    "truncated": gettext_lazy("The end of the file is missing. It was probably cut off on its way."),
    "damaged": gettext_lazy("The part of the file that describes its columns is damaged."),
    "encrypted": gettext_lazy("The file's description of its columns is encrypted."),
    "feather_v1": gettext_lazy("This is Feather version 1. Write it again as Feather version 2, which is Arrow IPC."),
    "fides_no_dataset": gettext_lazy("This Fides manifest describes no dataset, so it has no fields."),
    "graphql": gettext_lazy("The file is not valid GraphQL."),
    "unknown_dialect": gettext_lazy("There is no such SQL dialect."),
    "internal": gettext_lazy("The file could not be read; this is a mistake of the program's."),
    "memory_limit": gettext_lazy("Reading the file needed more memory than is allowed."),
    "cpu_limit": gettext_lazy("Reading the file took longer than is allowed."),
    "time_limit": gettext_lazy("Reading the file took longer than is allowed."),
}
_UNPARSED: Final = {
    "no_name": gettext_lazy("The name of the table could not be read."),
    "no_columns": gettext_lazy("No columns could be read."),
    "unterminated": gettext_lazy("A quote, comment or bracket never ends, so something may be missing."),
    "too_long": gettext_lazy("The statement is too long to be a table's."),
    "view_not_read": gettext_lazy("The columns of this view could not be read."),
    "too_deep": gettext_lazy("The statement is nested too deeply."),
    "not_read": gettext_lazy("The declaration could not be read."),
    "field_not_read": gettext_lazy("A field could not be read."),
    "import_not_read": gettext_lazy("Imports another file; nothing is fetched."),
    "folded": gettext_lazy("Written out, its references would be too many fields: they stay references."),
    "operations_left_out": gettext_lazy(
        "With requests, answers and parameters there would be too many fields: only the named schemas were read."
    ),
    "remote_ref": gettext_lazy("Refers to another document; nothing is fetched."),
    "ref_not_found": gettext_lazy("Refers to something that is not in the document."),
}

_DRIFT: Final = {
    "drift.table": gettext_lazy("the same field, in a table that was called “%(old)s”"),
    "drift.object": gettext_lazy("the same field, in an object that was called “%(old)s”"),
    "drift.alike": gettext_lazy("the names are alike (%(percent)d %%) and the type is the same"),
}


def unreadable(
    code: str, line: int | None = None, params: Mapping[str, Any] | None = None, column: int | None = None
) -> str:
    """One sentence for a file that could not be read, with the place where it is known."""
    text = str(_UNREADABLE.get(code) or _("The file could not be read."))
    if line and column:
        return _("Line %(line)d, column %(column)d: %(text)s") % {"line": line, "column": column, "text": text}
    return _("Line %(line)d: %(text)s") % {"line": line, "text": text} if line else text


def unparsed(code: str) -> str:
    """One sentence for a statement that was left out."""
    return str(_UNPARSED.get(code) or _("Could not be read."))


def reason(code: str, params: Mapping[str, Any]) -> str:
    """Why a category is proposed for a field."""
    if code == "schema.format":
        return _("the file declares it as “%(format)s”") % params
    if code == "schema.stated":
        return _("the schema says %(category)s") % params
    if code == "schema.described":
        return _("its description says so")
    if code in _DRIFT:
        return str(_DRIFT[code]) % params
    return reason_text(code, params)
