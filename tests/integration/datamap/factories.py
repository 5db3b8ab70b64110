"""Samples without a file, for tests of what was found in them."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from datamap.models import Dataset, Finding
from tests.factories import ProjectFactory


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
