"""What real JSON documents describe beside their plain properties: names elsewhere, alternatives, operations, keys."""

from __future__ import annotations

import json
from typing import Any

import pytest

from datamap.parsers import avro, croissant, ddl, json_schema, openapi
from datamap.parsers.source import Source
from datamap.parsers.types import Schema, Unreadable

ADDRESS = {"type": "record", "name": "Addr", "namespace": "x", "fields": [{"name": "street", "type": "string"}]}


def _source(document: Any, name: str = "a.json") -> Source:
    return Source((document if isinstance(document, str) else json.dumps(document)).encode(), name)


def _paths(schema: Schema, entity: int = 0) -> list[str]:
    return [field.path for field in schema.entities[entity].fields]


@pytest.mark.parametrize("name", ["Addr", "x.Addr"])
def test_avro_finds_a_record_by_its_full_name(name: str) -> None:
    fields = [{"name": "home", "type": ADDRESS}, {"name": "work", "type": ["null", name]}]
    schema = avro.parse(_source({"type": "record", "name": "P", "namespace": "x", "fields": fields}))
    assert _paths(schema) == ["home.street", "work.street"]


def test_avro_records_of_two_namespaces_may_share_a_name() -> None:
    other = {**ADDRESS, "namespace": "y", "fields": [{"name": "zip", "type": "string"}]}
    uses = [{"name": name, "type": type_} for name, type_ in (("a", ADDRESS), ("b", other), ("c", "y.Addr"))]
    schema = avro.parse(_source({"type": "record", "name": "z.P", "fields": uses}))
    assert _paths(schema) == ["a.street", "b.zip", "c.zip"]


def test_avro_unions_keep_the_fields_of_every_record() -> None:
    mail = {"type": "record", "name": "Mail", "fields": [{"name": "address", "type": "string"}]}
    union = ["null", "string", ADDRESS, {"type": "array", "items": mail}]
    schema = avro.parse(_source({"type": "record", "name": "P", "fields": [{"name": "to", "type": union}]}))
    assert [(one.path, one.type, one.nullable) for one in schema.entities[0].fields] == [
        ("to", "string", True),
        ("to.street", "string", False),
        ("to[].address", "string", False),
    ]


def test_avro_a_record_without_fields_is_a_field_itself() -> None:
    empty = {"type": "record", "name": "Any", "fields": []}
    schema = avro.parse(_source({"type": "record", "name": "P", "fields": [{"name": "rest", "type": empty}]}))
    assert _paths(schema) == ["rest"]


@pytest.mark.parametrize("key", ["dependentSchemas", "dependencies"])
def test_json_schema_properties_that_depend_on_others_count(key: str) -> None:
    document = {
        "properties": {"card": {"type": "string"}},
        key: {"card": {"properties": {"iban": {"type": "string"}}}, "b": {"$ref": "#/$defs/bill"}},
        "$defs": {"bill": {"properties": {"street": {"type": "string"}}}},
    }
    assert _paths(json_schema.parse(_source(document))) == ["card", "iban", "street"]


def test_json_schema_lists_that_contain_and_what_is_left_over() -> None:
    document = {
        "properties": {"list": {"type": "array", "contains": {"properties": {"mail": {"type": "string"}}}}},
        "unevaluatedProperties": {"type": "integer"},
    }
    assert _paths(json_schema.parse(_source(document))) == ["list[].mail", "*"]


@pytest.mark.parametrize("reference", ["root.json#/$defs/a", "https://x.example/root.json#/$defs/a", "/parts/a"])
def test_json_schema_references_by_its_own_identifier_are_local(reference: str) -> None:
    part = {"$id": "/parts/a", "properties": {"mail": {"type": "string"}}}
    document = {"$id": "https://x.example/root.json", "properties": {"b": {"$ref": reference}}, "$defs": {"a": part}}
    schema = json_schema.parse(_source(document))
    assert _paths(schema) == ["b.mail"]
    assert not schema.unparsed


OPERATIONS = {
    "openapi": "3.0.3",
    "components": {
        "schemas": {"Pet": {"properties": {"name": {"type": "string"}}}},
        "parameters": {"who": {"name": "email", "in": "query", "required": True, "schema": {"type": "string"}}},
        "requestBodies": {"new": {"content": {"application/json": {"schema": {"properties": {"ssn": {}}}}}}},
    },
    "paths": {
        "/u/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
            "post": {
                "parameters": [{"$ref": "#/components/parameters/who"}],
                "requestBody": {"$ref": "#/components/requestBodies/new"},
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}
                },
            },
        }
    },
}


def test_openapi_operations_add_what_no_component_names() -> None:
    schema = openapi.parse(_source(OPERATIONS))
    assert {one.name: [(f.path, f.type, f.nullable) for f in one.fields] for one in schema.entities} == {
        "Pet": [("name", "string", True)],
        "POST /u/{id} request": [("ssn", "any", True)],
        "/u/{id} parameters": [("id", "integer", False), ("email", "string", False)],
    }


def test_swagger_2_parameters_have_their_type_themselves() -> None:
    form = {"name": "mail", "in": "formData", "type": "string", "format": "email", "description": "Where to"}
    schema = openapi.parse(_source({"swagger": "2.0", "paths": {"/u": {"post": {"parameters": [form]}}}}))
    (field,) = schema.entities[0].fields
    assert (field.path, field.type, field.description) == ("mail", "string(email)", "Where to")


def test_a_yaml_tag_before_what_it_cannot_mean_is_no_crash() -> None:
    with pytest.raises(Unreadable) as caught:
        openapi.parse(_source("openapi: 3.0.0\ninfo: !!bool x\npaths: !!null {}\n", "a.yaml"))
    assert caught.value.code in {"no_tables", "yaml"}


def test_a_table_whose_brackets_never_close_is_reported() -> None:
    schema = ddl.parse(_source("CREATE TABLE t (a int, b frob(( , c text);\nCREATE TABLE u (d int);", "a.sql"))
    assert [(one.line, one.reason, one.name) for one in schema.unparsed] == [(1, "unterminated", "t")]
    assert _paths(schema, 1) == ["d"]


def test_croissant_keys_references_and_single_values() -> None:
    people = {"@id": "people", "key": {"@id": "people/id"}, "field": [{"@id": "people/id", "dataType": "sc:Integer"}]}
    field = {"@id": "orders/who", "dataType": ["sc:Integer"], "references": {"field": {"@id": "people/id"}}}
    orders = {"@id": "orders", "field": {**field, "isArray": True}}
    schema = croissant.parse(_source({"@context": {}, "recordSet": [people, orders]}))
    assert [(one.path, one.key, one.references) for entity in schema.entities for one in entity.fields] == [
        ("id", "primary", ""),
        ("who[]", "foreign", "people.id"),
    ]


def test_croissant_records_of_another_set_are_a_list() -> None:
    inner = [{"@id": "movies/ratings/user_id", "name": "user_id"}]
    field = {"@id": "movies/ratings", "name": "movies/ratings", "dataType": "cr:RecordSet", "subField": inner}
    schema = croissant.parse(_source({"@context": {}, "recordSet": [{"@id": "movies", "field": [field]}]}))
    assert _paths(schema) == ["ratings[].user_id"]


def test_openapi_leaves_operations_out_rather_than_nothing() -> None:
    body: dict[str, Any] = {
        "content": {"application/json": {"schema": {"properties": {f"f{n}": {} for n in range(700)}}}}
    }
    paths = {f"/p{number}": {"post": {"requestBody": body}} for number in range(100)}
    schema = openapi.parse(_source({**OPERATIONS, "paths": paths}))
    assert [one.name for one in schema.entities] == ["Pet"]
    assert [one.reason for one in schema.unparsed] == ["operations_left_out"]


def test_an_address_that_is_none_is_no_crash() -> None:
    document = {"$id": "http://[x", "properties": {"a": {"$ref": "http://[y#/b"}}}
    assert [one.reason for one in json_schema.parse(_source(document)).unparsed] == ["remote_ref"]


def test_croissant_names_without_an_object_and_what_a_value_means() -> None:
    fields = [
        {"name": "key", "dataType": "sc:Integer"},
        {"name": "c1", "dataType": ["sc:Text", "https://schema.org/email"]},
    ]
    orders = [{"name": "who", "references": {"field": "people/key"}}]
    sets = [{"name": "people", "key": "key", "field": fields}, {"name": "orders", "field": orders}]
    schema = croissant.parse(_source({"@context": {}, "recordSet": sets}))
    assert [(one.key, one.type, one.references) for entity in schema.entities for one in entity.fields] == [
        ("primary", "Integer", ""),
        ("", "Text|email", ""),
        ("foreign", "", "people.key"),
    ]
