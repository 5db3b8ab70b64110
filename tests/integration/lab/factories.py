"""A scanned sample, kept encrypted, for the lab's tests."""

from __future__ import annotations

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core import storage
from core.models import Project, User
from datamap.models import Dataset, Finding
from tests.factories import ProjectFactory

#: 40 people: three who stand alone by town, job and year of birth, the rest in groups of look-alikes.
ROWS = [
    *[("Lyon", "nurse", "1980")] * 15,
    *[("Lyon", "clerk", "1990")] * 20,
    *[("Porto", "clerk", "1975")] * 2,
    ("Porto", "pilot", "1961"),
    ("Gdynia", "nurse", "1980"),
    ("Gdynia", "clerk", "1955"),
]
CSV = "city,job,birth_year,email\n" + "".join(
    f"{city},{job},{year},canary{n}@example.org\n" for n, (city, job, year) in enumerate(ROWS)
)
QUASI = ("city", "job", "birth_year")


class FindingFactory(DjangoModelFactory[Finding]):
    class Meta:
        model = Finding

    position = factory.Sequence(lambda n: n)
    identifying = "quasi"
    category = "identity"
    found_identifying = factory.SelfAttribute("identifying")
    found_category = factory.SelfAttribute("category")
    confidence = 0.9
    share = 1.0
    low = 0.9
    high = 1.0
    distinct = 4


def scanned(project: Project | None = None, *, csv: str = CSV, actor: User | None = None) -> Dataset:
    """A dataset whose file is kept and whose three quasi-identifiers and one direct identifier were found."""
    stored = storage.keep_bytes(name="customers.csv", data=csv.encode(), retention=storage.Retention(days=7))
    dataset = Dataset.objects.create(
        project=project or ProjectFactory(),
        name="customers.csv",
        sha256=stored.sha256,
        size=stored.size,
        file=stored,
        format="csv",
        rows=len(ROWS),
        sampled=len(ROWS),
        scanned_at=timezone.now(),
        created_by=actor,
    )
    for column in QUASI:
        FindingFactory(dataset=dataset, column=column)
    FindingFactory(dataset=dataset, column="email", identifying="direct", category="contact", distinct=len(ROWS))
    return dataset
