"""dbt manifests and catalogues of several versions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from datamap.parsers import dbt, detect
from datamap.parsers.source import Source
from datamap.parsers.types import Schema, Unreadable


def parse(document: Any) -> Schema:
    source = Source(json.dumps(document).encode(), "manifest.json")
    assert detect.detect(source) is dbt
    return dbt.parse(source)


def manifest(version: int = 12, **tests: Any) -> dict[str, Any]:
    return {
        "metadata": {"dbt_schema_version": f"https://schemas.getdbt.com/dbt/manifest/v{version}.json"},
        "nodes": {
            "model.shop.orders": {
                "resource_type": "model",
                "name": "orders",
                "schema": "mart",
                "description": "One row an order.",
                "config": {"materialized": "view"},
                "columns": {
                    "order_id": {"name": "order_id", "data_type": "bigint", "description": "Its number"},
                    "customer_id": {
                        "name": "customer_id",
                        "constraints": [
                            {"type": "not_null"},
                            {"type": "foreign_key", "to": "ref('customers')", "to_columns": ["id"]},
                        ],
                    },
                },
                "constraints": [{"type": "primary_key", "columns": ["order_id"]}],
            },
            "seed.shop.countries": {"resource_type": "seed", "name": "countries", "columns": {}},
            "snapshot.shop.orders_snap": {
                "resource_type": "snapshot",
                "name": "orders_snap",
                "columns": {"a": {"name": "a"}},
            },
            "analysis.shop.x": {"resource_type": "analysis", "name": "x", "columns": {"hidden": {"name": "hidden"}}},
            **tests,
        },
        "sources": {
            "source.shop.raw.orders": {
                "resource_type": "source",
                "name": "orders",
                "source_name": "raw",
                "columns": {"email": {"name": "email", "data_type": "text", "description": "Of the buyer"}},
            }
        },
        "macros": {},
    }


def test_a_manifest_gives_models_sources_and_snapshots() -> None:
    schema = parse(manifest())
    assert schema.dialect == "manifest v12"
    assert {entity.name: [field.path for field in entity.fields] for entity in schema.entities} == {
        "mart.orders": ["order_id", "customer_id"],
        "orders_snap": ["a"],
        "raw.orders": ["email"],
    }
    assert [(part.reason, part.name) for part in schema.unparsed] == [("no_columns", "countries")]
    orders = schema.entities[0]
    assert (orders.description, orders.kind) == ("One row an order.", "view")
    assert (orders.fields[0].key, orders.fields[0].type, orders.fields[0].description) == (
        "primary",
        "bigint",
        "Its number",
    )
    assert (orders.fields[1].nullable, orders.fields[1].references) == (False, "customers.id")


@pytest.mark.parametrize(
    "where",
    [
        {"attached_node": "model.shop.orders"},
        {"depends_on": {"nodes": ["model.shop.customers", "model.shop.orders"]}},
    ],
)
def test_tests_tell_keys_and_references_in_every_version(where: dict[str, Any]) -> None:
    def test(name: str, **kwargs: str) -> dict[str, Any]:
        given = {"column_name": "order_id", "model": "{{ get_where_subquery(ref('orders')) }}", **kwargs}
        return {"resource_type": "test", "test_metadata": {"name": name, "kwargs": given}, **where}

    def fields(**tests: Any) -> Any:
        return parse(manifest(4, **tests)).entities[0].fields

    assert fields(**{"test.a": test("unique"), "test.b": test("not_null")})[0].nullable is False
    related = test("relationships", column_name="customer_id", to="ref('customers')", field="id")
    del related["test_metadata"]["kwargs"]["model"]
    assert fields(**{"test.a": related})[1].references == "customers.id"


def test_unique_and_not_null_together_are_a_key() -> None:
    document = manifest()
    document["nodes"]["model.shop.orders"]["constraints"] = []
    for name in ("unique", "not_null"):
        document["nodes"][f"test.{name}"] = {
            "resource_type": "test",
            "attached_node": "model.shop.orders",
            "test_metadata": {"name": name, "kwargs": {"column_name": "order_id"}},
        }
    assert parse(document).entities[0].fields[0].key == "primary"


def test_a_catalogue_gives_what_the_warehouse_holds() -> None:
    schema = parse(
        {
            "metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/catalog/v1.json"},
            "nodes": {
                "model.shop.orders": {
                    "metadata": {"type": "VIEW", "schema": "MART", "name": "ORDERS", "comment": "all of them"},
                    "columns": {"ID": {"type": "NUMBER", "index": 1, "name": "ID", "comment": "key"}},
                    "stats": {},
                }
            },
            "sources": {},
            "errors": None,
        }
    )
    (entity,) = schema.entities
    assert (schema.dialect, entity.name, entity.kind, entity.description) == (
        "catalog v1",
        "ORDERS",
        "view",
        "all of them",
    )
    assert (entity.fields[0].path, entity.fields[0].type, entity.fields[0].description) == ("ID", "NUMBER", "key")


@pytest.mark.parametrize("odd", [{}, {"nodes": {"model.a": 3}}, {"nodes": {"model.a": {"columns": [1], "name": 7}}}])
def test_a_manifest_without_columns_says_so(odd: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        dbt.parse(Source(json.dumps(odd).encode()))


PROPERTIES = """
version: 2
models: # of the shop
  - name: customers
    description: "{{ doc('customers') }}"
    config: {materialized: view}
    columns:
      - name: customer_id
        data_type: bigint
        data_tests: [unique, not_null]
      - name: email
        description: Where we write to
        tests:
          - not_null:
              config: {severity: warn}
      - name: region_id
        data_tests:
          - relationships:
              arguments: {to: "ref('regions')", field: id}
  - name: later
sources:
  - name: raw
    tables:
      - name: orders
        columns:
          - name: who
            tests:
              - relationships: {to: "source('raw', 'people')", field: id}
              - accepted_values: {values: [1]}
"""


def test_the_yaml_beside_models_gives_their_columns_and_keys() -> None:
    source = Source(PROPERTIES.encode(), "schema.yml")
    assert dbt.sniff(source)
    schema = dbt.parse(source)
    assert [(one.namespace, one.name, one.kind) for one in schema.entities] == [
        ("", "customers", "view"),
        ("raw", "orders", "table"),
    ]
    assert [(one.path, one.type, one.nullable, one.key, one.references) for one in schema.entities[0].fields] == [
        ("customer_id", "bigint", False, "primary", ""),
        ("email", "", False, "", ""),
        ("region_id", "", None, "foreign", "regions.id"),
    ]
    assert schema.entities[0].fields[1].description == "Where we write to"
    assert schema.entities[1].fields[0].references == "people.id"
    assert [one.name for one in schema.unparsed] == ["later"]


def test_other_yaml_is_no_dbt_project() -> None:
    assert not dbt.sniff(Source(b"services:\n  web:\n    image: x\nmodels: none\n", "compose.yaml"))
