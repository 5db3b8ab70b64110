"""Protocol Buffers: messages, what they contain, and what can't be read."""

from __future__ import annotations

import pytest

from datamap.parsers import protobuf
from datamap.parsers.source import Source
from datamap.parsers.types import Entity, Schema, Unreadable

BOOK = """// Licence text that is far from anything.

syntax = "proto3";
package tutorial.v1;
import "google/protobuf/timestamp.proto";
import public 'other.proto';
option java_package = "com.example; message Fake { string x = 1; }";

/* Someone we know.
 * With a second line. */
message Person {
  option deprecated = true;
  reserved 2, 15, 9 to 11;
  reserved "foo", "bar";
  string name = 1 [json_name = "n;{", (validate.rules).string = { min_len: 1 }]; // Full name
  // Where to write to.
  repeated string email = 3;
  enum Kind { HOME = 0; WORK = 1; }
  message Phone {
    string number = 1;
    Kind kind = 2;
  }
  repeated Phone phones = 4;
  map<string, Phone> by_label = 5;
  oneof contact {
    string chat = 6;
    Address postal = 7;
  }
  google.protobuf.Timestamp last_updated = 8;
  Person boss = 12;
  optional .tutorial.v1.Address home = 13;
  int32 message = 14;
  map<int32, string> notes = 16;
}

message Address { string street = 1; }
service People { rpc Get (Person) returns (stream Address) { option (x) = { get: "/a;" }; } }
message Empty {}
"""


def parse(text: str, name: str = "a.proto") -> Schema:
    return protobuf.parse(Source(text.encode(), name))


def paths(entity: Entity) -> list[str]:
    return [field.path for field in entity.fields]


def test_messages_nest_and_refer_to_each_other() -> None:
    schema = parse(BOOK)
    assert [(entity.name, entity.namespace) for entity in schema.entities] == [
        ("Person", "tutorial.v1"),
        ("Address", "tutorial.v1"),
    ]
    assert schema.dialect == "proto3"
    assert paths(schema.entities[0]) == [
        "name",
        "email[]",
        "phones[].number",
        "phones[].kind",
        "by_label.*.number",
        "by_label.*.kind",
        "chat",
        "postal.street",
        "last_updated",
        "boss",
        "home.street",
        "message",
        "notes.*",
    ]


def test_descriptions_types_and_references_are_kept() -> None:
    person = parse(BOOK).entities[0]
    found = {field.path: field for field in person.fields}
    assert person.description == "Someone we know. With a second line."
    assert (found["name"].description, found["email[]"].description) == ("Full name", "Where to write to.")
    assert (found["phones[].kind"].type, found["notes.*"].type) == ("Kind", "string")
    assert (found["boss"].type, found["boss"].references) == ("Person", "Person")
    assert found["last_updated"].type == "google.protobuf.Timestamp"


def test_imports_are_named_and_never_opened() -> None:
    found = [(part.line, part.reason, part.name) for part in parse(BOOK).unparsed]
    assert found == [
        (5, "import_not_read", "google/protobuf/timestamp.proto"),
        (6, "import_not_read", "other.proto"),
    ]


def test_proto2_has_groups_extensions_and_required_fields() -> None:
    schema = parse(
        """syntax = "proto2";
        message Search {
          required string query = 1 [default = "a\\"b;"];
          repeated group Result = 2 { required string url = 3; optional float score = -4; }
          extensions 100 to max;
          optional group One = 9 { optional bytes raw = 1; }
        }
        extend Search { optional string note = 126; }"""
    )
    (search,) = schema.entities
    assert paths(search) == ["query", "result[].url", "result[].score", "one.raw", "note"]
    assert [field.nullable for field in search.fields][:1] == [False]


def test_what_cannot_be_read_costs_its_own_declaration() -> None:
    schema = parse(
        "message A {\n  string a = 1;\n  string = ;\n  int32 b = 2;\n}\nmessage {\n}\nmessage B { bool c = 1; }"
    )
    assert [(entity.name, paths(entity)) for entity in schema.entities] == [("A", ["a", "b"]), ("B", ["c"])]
    assert [(part.line, part.reason) for part in schema.unparsed] == [(3, "field_not_read"), (6, "not_read")]


def test_a_message_that_never_ends_is_reported_by_line() -> None:
    schema = parse("\nmessage A {\n  string a = 1;\n")
    assert paths(schema.entities[0]) == ["a"]
    assert [(part.line, part.reason, part.name) for part in schema.unparsed] == [(2, "unterminated", "A")]


def test_messages_that_unfold_without_end_stay_folded() -> None:
    text = "".join(f"message M{n} {{ {' '.join(f'M{n + 1} f{i} = {i + 1};' for i in range(9))} }}\n" for n in range(30))
    schema = parse(text + "message M30 { string leaf = 1; }")
    assert len(schema.entities) == 31
    assert all(len(entity.fields) <= 2_100 for entity in schema.entities)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("message A { " * 3000, "too_deep"),
        ("syntax = 'proto3';", "no_tables"),
        ("message A { oneof x { " * 500, "too_deep"),
        ("/* never ends", "no_tables"),
    ],
)
def test_hostile_or_empty_files_get_a_reason(text: str, code: str) -> None:
    with pytest.raises(Unreadable, match=code):
        parse(text)


def test_a_field_number_of_a_million_digits_costs_nothing() -> None:
    assert paths(parse("message A { string a = " + "9" * 1_000_000 + "; }").entities[0]) == ["a"]


def test_a_file_without_its_suffix_is_recognised() -> None:
    assert protobuf.sniff(Source(BOOK.encode(), "upload"))
    assert not protobuf.sniff(Source(b"CREATE TABLE message (a int);", "upload"))


def test_a_type_may_be_written_over_several_lines() -> None:
    text = 'syntax = "proto3"; message M { acme.KindEnum\n  .Kind\n  kind = 1; string mail = 2; }'
    schema = protobuf.parse(Source(text.encode(), "m.proto"))
    assert [(field.path, field.type) for field in schema.entities[0].fields] == [
        ("kind", "acme.KindEnum.Kind"),
        ("mail", "string"),
    ]
    assert not schema.unparsed


def test_messages_may_say_who_sees_them() -> None:
    inside = "local message In { string mail = 1; } In in = 1; local enum E { A = 0; }"
    text = f'edition = "2024"; export message M {{ {inside} }}'
    schema = protobuf.parse(Source(text.encode(), "m.proto"))
    assert [field.path for field in schema.entities[0].fields] == ["in.mail"]
    assert not schema.unparsed
