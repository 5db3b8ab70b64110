"""Samples and schemas without a file, for tests of what was found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from datamap.models import Dataset, Finding, Schema, SchemaField, SchemaVersion
from tests.factories import ProjectFactory

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.models import Project


class DatasetFactory(DjangoModelFactory[Dataset]):
    class Meta:
        model = Dataset

    project = factory.SubFactory(ProjectFactory)
    name = factory.Sequence(lambda n: f"sample{'x' * (n % 7)}.csv")
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    size = 1_000


class FindingFactory(DjangoModelFactory[Finding]):
    """An e-mail column that nobody decided yet."""

    class Meta:
        model = Finding

    dataset = factory.SubFactory(DatasetFactory)
    position = factory.Sequence(lambda n: n)
    column = factory.Sequence(lambda n: f"column_{n}")
    type = "varchar"
    identifying = "direct"
    category = "contact"
    entity = "EMAIL_ADDRESS"
    found_identifying = factory.SelfAttribute("identifying")
    found_category = factory.SelfAttribute("category")
    found_entity = factory.SelfAttribute("entity")
    confidence = 0.9
    share = 0.5
    low = 0.45
    high = 0.55
    distinct = 7
    why = factory.List([{"code": "lexicon.word", "params": {"word": "email"}}])
    examples = factory.List(["a***@b***.com"])


#: What a few names hold: category and class.
_HOLDS = {
    "email": ("contact", "direct"),
    "home_town": ("location", "quasi"),
    "hometown": ("location", "quasi"),
}


def schema_of(project: Project, tables: Mapping[str, Sequence[str]], *, schema: Schema | None = None) -> Schema:
    """A schema with these tables and fields as its current version; the next one of `schema` if that is given."""
    made = schema or Schema.objects.create(project=project, name=f"schema-{len(tables)}.sql")
    number = made.versions.count() + 1
    version = SchemaVersion.objects.create(
        schema=made,
        number=number,
        file_name=made.name,
        sha256=f"{number:064x}",
        size=1,
        format="sql",
        dialect="postgres",
        parsed_at=timezone.now(),
        entities=[{"name": name, "kind": "table", "line": 1, "derived": False, "description": ""} for name in tables],
    )
    named = [(entity, path) for entity, paths in tables.items() for path in paths]
    SchemaField.objects.bulk_create(_field(version, place, entity, path) for place, (entity, path) in enumerate(named))
    made.current = version
    made.save()
    return made


def _field(version: SchemaVersion, place: int, entity: str, path: str) -> SchemaField:
    category, identifying = _HOLDS.get(path, ("none", "none"))
    return SchemaField(
        version=version,
        position=place,
        entity=entity,
        path=path,
        type="text",
        category=category,
        identifying=identifying,
        found_category=category,
        found_identifying=identifying,
        confidence=0.9,
        why=[{"code": "lexicon.word", "params": {"word": path[:40]}}],
    )
