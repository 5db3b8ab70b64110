"""GraphQL type definitions and introspection results."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from datamap.parsers import detect, graphql
from datamap.parsers.source import Source
from datamap.parsers.types import Schema, Unreadable

SDL = '''
extend type User { phone: String }
"""Who
signs in"""
type User implements Node & Named @key(fields: "id") {
  "Of ours"
  id: ID!
  emails(first: Int = 3, after: String): [String!]!
  "# not a comment"
  friends: [[User]]
  kind: Kind
}
interface Node { id: ID! }
input UserInput { name: String = "x { y: Z }" age: Int! }
union Found = User | Post
enum Kind { A B }
scalar Date
directive @key(fields: String!) on OBJECT
type Post { author: User!, found: Found }
type Root { me: User }
type Mutation { drop(id: ID!): Boolean }
schema { query: Root mutation: Mutation }
'''


def parse(text: str, name: str = "a.graphql") -> Schema:
    return graphql.parse(Source(text.encode(), name))


def test_types_inputs_and_interfaces_are_entities_and_operations_are_not() -> None:
    schema = parse(SDL)
    assert {entity.name: [field.path for field in entity.fields] for entity in schema.entities} == {
        "User": ["phone", "id", "emails[]", "friends[][]", "kind"],
        "Node": ["id"],
        "UserInput": ["name", "age"],
        "Post": ["author", "found"],
    }
    assert [entity.kind for entity in schema.entities] == ["record", "record", "input", "record"]


def test_descriptions_types_and_references_are_kept() -> None:
    user, _, inputs, post = parse(SDL).entities
    found = {field.path: field for field in user.fields}
    assert user.description == "Who signs in"
    assert (found["id"].type, found["id"].nullable, found["id"].description) == ("ID", False, "Of ours")
    assert (found["emails[]"].type, found["emails[]"].nullable) == ("String", False)
    assert (found["friends[][]"].references, post.fields[0].references) == ("User", "User")
    assert [field.nullable for field in inputs.fields] == [True, False]


def test_operations_are_read_where_there_is_nothing_else() -> None:
    assert [entity.name for entity in parse("type Query { email: String }").entities] == ["Query"]


def introspection() -> dict[str, Any]:
    def named(name: str, kind: str = "SCALAR") -> dict[str, Any]:
        return {"kind": kind, "name": name, "ofType": None}

    def wrapped(kind: str, inner: dict[str, Any]) -> dict[str, Any]:
        return {"kind": kind, "name": None, "ofType": inner}

    return {
        "__schema": {
            "queryType": {"name": "Root"},
            "types": [
                {"kind": "OBJECT", "name": "Root", "fields": [{"name": "me", "type": named("User", "OBJECT")}]},
                {"kind": "OBJECT", "name": "__Type", "fields": [{"name": "name", "type": named("String")}]},
                {"kind": "SCALAR", "name": "String", "fields": None},
                {
                    "kind": "OBJECT",
                    "name": "User",
                    "description": "Who",
                    "fields": [
                        {
                            "name": "emails",
                            "description": "All",
                            "type": wrapped("NON_NULL", wrapped("LIST", wrapped("NON_NULL", named("String")))),
                        },
                        {"name": "boss", "type": named("User", "OBJECT")},
                    ],
                },
                {"kind": "INPUT_OBJECT", "name": "In", "inputFields": [{"name": "a", "type": named("Int")}]},
            ],
        }
    }


@pytest.mark.parametrize("enclosed", [True, False])
def test_the_answer_to_an_introspection_query_reads_the_same(enclosed: Any) -> None:
    document = {"data": introspection()} if enclosed else introspection()
    source = Source(json.dumps(document).encode(), "schema.json")
    assert detect.detect(source) is graphql
    user, inputs = graphql.parse(source).entities
    assert [(field.path, field.type, field.nullable) for field in user.fields] == [
        ("emails[]", "String", False),
        ("boss", "User", True),
    ]
    assert (user.fields[0].description, user.fields[1].references) == ("All", "User")
    assert (inputs.name, inputs.kind) == ("In", "input")


def test_a_mistake_names_its_line_and_column() -> None:
    with pytest.raises(Unreadable) as caught:
        parse("type A {\n  a: @\n}")
    assert (caught.value.code, caught.value.line, caught.value.column) == ("graphql", 2, 6)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("type A { a: " + "[" * 100_000, "too_deep"),
        ("scalar X", "no_tables"),
        ("query { me { email } }", "no_tables"),
        ("", "graphql"),
        ("type A { a: Int = " + "9" * 1_000_000 + " }", "graphql"),
    ],
)
def test_hostile_or_empty_files_get_a_reason(text: str, code: str) -> None:
    with pytest.raises(Unreadable, match=code):
        parse(text)


def test_a_file_without_its_suffix_is_recognised() -> None:
    assert detect.detect(Source(SDL.encode(), "upload")) is graphql
    assert detect.detect(Source(b"type Query {\n  a: Int\n}\n", "schema.txt")) is graphql


BROKEN: Final = """type A implements B, C {
  # Where we write to
  # every month
  mail: String! # not this
  name: String
}
type Empty {
}
type Odd {
  x: = 1
}
\"\"\"Last\"\"\"
type D { type: String, e: A }
"""


def test_a_mistake_costs_its_definition_and_comments_describe() -> None:
    schema = graphql.parse(Source(BROKEN.encode(), "a.graphql"))
    assert [(one.name, one.line, one.description) for one in schema.entities] == [("A", 1, ""), ("D", 12, "Last")]
    assert [(one.path, one.description) for one in schema.entities[0].fields] == [
        ("mail", "Where we write to every month"),
        ("name", ""),
    ]
    assert schema.entities[1].fields[1].references == "A"
    assert [(one.line, one.name) for one in schema.unparsed] == [(9, "Odd")]
