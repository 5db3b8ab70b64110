"""Facts of the register: what nobody said stays unknown, and every fact can be read aloud."""

from __future__ import annotations

from typing import Any

import pytest

from core.models import DataCopy, Known, Project, Purpose, Recipient
from pia.facts import as_json, from_json, gather, values
from pia.frameworks.vocabulary import FACTS, Kind
from pia.wording import fact_text, sentence
from tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db


def known(project: Project) -> dict[str, Any]:
    return values(gather(Project.objects.get(pk=project.pk)))


def test_an_empty_record_denies_nothing() -> None:
    facts = known(ProjectFactory())
    assert not [key for key, value in facts.items() if value is False]
    assert not facts.keys() & {"transfers", "data.special", "recipients.count", "people.children", "copies.count"}


@pytest.mark.parametrize(
    ("said", "fact", "value"),
    [
        ({"scraped": Known.NO}, "source.scraped", False),
        ({"oversight": "none"}, "decision.automated", True),
        ({"oversight": "human_on_request"}, "decision.automated", True),
        ({"oversight": "human_reviews"}, "decision.automated", False),
        ({"sector": "employment"}, "people.employees", True),
        ({"people_categories": ["applicants"]}, "people.employees", True),
        ({"people_categories": ["customers"]}, "people.employees", False),
        ({"people_categories": ["children"]}, "people.children", True),
        ({"people_categories": ["customers"], "vulnerable": Known.NO}, "people.children", False),
        ({"existing_data": Known.YES}, "compatibility.assessed", False),
        ({"existing_data": Known.YES, "compatibility": "Close enough."}, "compatibility.assessed", True),
    ],
)
def test_what_the_record_says_is_a_fact(said: dict[str, Any], fact: str, value: bool) -> None:  # noqa: FBT001
    assert known(ProjectFactory(**said))[fact] is value


def test_students_may_or_may_not_be_children() -> None:
    assert "people.children" not in known(ProjectFactory(people_categories=["students"], vulnerable=Known.NO))


def test_a_purpose_without_a_basis_leaves_open_whether_consent_is_one() -> None:
    project = ProjectFactory()
    Purpose.objects.create(project=project, name="Train")
    assert "basis.consent" not in known(project)
    assert known(project)["purposes.without_basis"] == 1


@pytest.mark.parametrize(
    ("tool", "assessed", "without_tool", "without_assessment"),
    [("scc", False, 0, 1), ("scc", True, 0, 0), ("adequacy", False, 0, 0), ("", False, 1, 1)],
)
def test_a_transfer_needs_a_tool_and_some_tools_an_assessment(
    tool: str,
    assessed: bool,  # noqa: FBT001
    without_tool: int,
    without_assessment: int,
) -> None:
    project = ProjectFactory()
    Recipient.objects.create(
        project=project, name="Cloud", country="US", transfer_tool=tool, transfer_assessed=assessed
    )
    facts = known(project)
    assert facts["recipients.third_countries"] == ("US",)
    assert (facts["transfers.without_tool"], facts["transfers.without_assessment"]) == (
        without_tool,
        without_assessment,
    )


def test_a_recipient_without_a_country_leaves_transfers_open() -> None:
    project = ProjectFactory()
    Recipient.objects.create(project=project, name="Somebody")
    assert "transfers" not in known(project)


def test_a_copy_kept_longer_than_needed_is_counted() -> None:
    project = ProjectFactory()
    DataCopy.objects.create(project=project, kind="raw", retention_days=90, justified_days=30, erasure="delete")
    facts = known(project)
    assert (facts["copies.excess"], facts["copies.without_retention"], facts["copies.without_erasure"]) == (1, 0, 0)


def test_every_fact_survives_json_and_cites_the_record() -> None:
    facts = gather(ProjectFactory(people_categories=["customers"], people_count=3))
    assert all(from_json(as_json(fact)) == fact for fact in facts.values())
    assert {source.kind for fact in facts.values() for source in fact.sources} == {"register"}


SAMPLES: dict[Kind, list[Any]] = {
    Kind.FLAG: [True, False],
    Kind.COUNT: [0, 1, 40_000],
    Kind.SHARE: [0.0, 0.004, 0.384, 1.0],
    Kind.TEXT: ["", "controller", "something new"],
    Kind.LIST: [(), ("health", "customers", "NEW_ENTITY")],
}


@pytest.mark.parametrize("key", list(FACTS))
def test_every_fact_of_the_vocabulary_has_its_sentence(key: str) -> None:
    for value in SAMPLES[FACTS[key]]:
        text = sentence(key, value)
        assert text.endswith(".")
        assert "%" not in text.replace("\u00a0%", "")


def test_shares_read_as_percentages() -> None:
    assert sentence("text.share_identified", 0.384).startswith("38\u00a0%")
    assert sentence("lab.uniqueness", 0.004).startswith("0.4\u00a0%")


def test_a_people_count_reads_with_its_thousands() -> None:
    assert (
        fact_text(gather(ProjectFactory(people_count=40_000))["people.count"]) == "About 40,000 people are concerned."
    )
