"""Frappe DocTypes: one, several, with child tables and custom fields."""

from __future__ import annotations

import json
from typing import Any

import pytest

from datamap.parsers import detect, frappe
from datamap.parsers.source import Source
from datamap.parsers.types import Schema, Unreadable

CUSTOMER: dict[str, Any] = {
    "doctype": "DocType",
    "name": "Customer",
    "module": "Selling",
    "description": "Who buys",
    "fields": [
        {"fieldname": "basic", "fieldtype": "Section Break", "label": "Basic"},
        {"fieldname": "email_id", "fieldtype": "Data", "label": "Email", "options": "Email", "reqd": 1, "unique": 1},
        {"fieldname": "territory", "fieldtype": "Link", "options": "Territory", "description": "Where"},
        {"fieldname": "col", "fieldtype": "Column Break"},
        {"fieldname": "tab", "fieldtype": "Tab Break"},
        {"fieldname": "go", "fieldtype": "Button"},
        {"fieldname": "help", "fieldtype": "HTML"},
        {"fieldname": "gender", "fieldtype": "Select", "options": "Male\nFemale", "length": 20},
        {"fieldname": "contacts", "fieldtype": "Table", "options": "Customer Contact"},
        {"fieldname": "others", "fieldtype": "Table MultiSelect", "options": "Elsewhere"},
        {"fieldtype": "Data", "label": "without a name"},
        {"fieldname": "party", "fieldtype": "Dynamic Link", "options": "party_type"},
    ],
    "permissions": [{"role": "System Manager"}],
}
CONTACT: dict[str, Any] = {
    "doctype": "DocType",
    "name": "Customer Contact",
    "istable": 1,
    "fields": [{"fieldname": "phone", "fieldtype": "Phone"}],
}
CUSTOM: dict[str, Any] = {
    "doctype": "Custom Field",
    "name": "Customer-iban",
    "dt": "Customer",
    "fieldname": "iban",
    "fieldtype": "Data",
}


def parse(document: Any) -> Schema:
    source = Source(json.dumps(document).encode(), "customer.json")
    assert detect.detect(source) is frappe
    return frappe.parse(source)


def test_a_doctype_gives_its_fields_without_its_layout() -> None:
    (customer,) = parse(CUSTOMER).entities
    assert (customer.name, customer.description, customer.namespace) == ("Customer", "Who buys", "Selling")
    assert [field.path for field in customer.fields] == [
        "email_id",
        "territory",
        "gender",
        "contacts[]",
        "others[]",
        "party",
    ]
    email, territory, gender, contacts, *_ = customer.fields
    assert (email.key, email.nullable, email.description, email.type) == ("unique", False, "Email", "Data(email)")
    assert (territory.key, territory.references, territory.description) == ("foreign", "Territory", "Where")
    assert (gender.type, gender.nullable) == ("Select(20)", True)
    assert contacts.references == "Customer Contact"


@pytest.mark.parametrize("around", [lambda docs: docs, lambda docs: {"docs": docs}])
def test_a_list_joins_child_tables_and_custom_fields(around: Any) -> None:
    customer, contact = parse(around([CUSTOM, CUSTOMER, CONTACT])).entities
    paths = [field.path for field in customer.fields]
    assert "contacts[].phone" in paths and "iban" in paths
    assert (contact.kind, contact.fields[0].path) == ("child table", "phone")


def test_child_tables_of_each_other_end() -> None:
    one = {"name": "A", "fields": [{"fieldname": "b", "fieldtype": "Table", "options": "B"}]}
    two = {"name": "B", "fields": [{"fieldname": "a", "fieldtype": "Table", "options": "A"}]}
    assert [field.path for field in parse([one, two]).entities[0].fields] == ["b[].a[]"]


def test_a_doctype_of_layout_only_says_so() -> None:
    with pytest.raises(Unreadable, match="no_tables"):
        parse({"name": "X", "fields": [{"fieldname": "a", "fieldtype": "Section Break"}]})
