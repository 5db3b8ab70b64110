"""Headings, methods and grades of the report, in its language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    number: str
    title: str
    anchor: str
    sub: bool = False


def contents() -> list[Entry]:
    return [
        Entry("", _("On one page"), "one-page"),
        Entry("1", _("Systematic description"), "s1"),
        Entry("1.1", _("The project"), "s1-1", sub=True),
        Entry("1.2", _("Purposes and lawful basis"), "s1-2", sub=True),
        Entry("1.3", _("Recipients and transfers"), "s1-3", sub=True),
        Entry("1.4", _("Copies and how long they stay"), "s1-4", sub=True),
        Entry("1.5", _("Where the data flows"), "s1-5", sub=True),
        Entry("1.6", _("Inventory of personal data"), "s1-6", sub=True),
        Entry("1.7", _("What the scan found"), "s1-7", sub=True),
        Entry("1.8", _("How identifying the data is"), "s1-8", sub=True),
        Entry("2", _("Necessity and compliance"), "s2"),
        Entry("2.1", _("Coverage by framework"), "s2-1", sub=True),
        Entry("2.2", _("Lawfulness"), "s2-2", sub=True),
        Entry("2.3", _("Gaps"), "s2-3", sub=True),
        Entry("3", _("Risks to people"), "s3"),
        Entry("4", _("Action plan"), "s4"),
        Entry("5", _("Advice and views"), "s5"),
        Entry("6", _("Decision and seal"), "s6"),
        Entry("A", _("Every answer"), "a"),
        Entry("B", _("Evidence"), "b"),
        Entry("C", _("Methods, tools and hashes"), "c"),
    ]


def methods() -> list[dict[str, str]]:
    """How levels and shares were reached, so that a reader can redo them."""
    severity = _(
        "Ordinary prejudice 2; special, financial, precise location data, children or a significant decision 3;"
        " irreversible harm, liberty or safety 4. Vulnerable people and a significant decision add 1, at most 4."
    )
    likelihood = _(
        "Vulnerability plus capability: up to 4 gives 1, 5 gives 2, 6 gives 3, 7 and more give 4. Vulnerability"
        " starts at 4 and falls by 1 for each evidenced group of controls that acts on the scenario and its source."
    )
    level = _(
        "High if both are 3 or more, or severity is 4 and likelihood 2 or more; else medium if either is 3 or"
        " more; else low. The headline is the worst scenario."
    )
    coverage = _(
        "Weights: must 3, should 2, could 1. An item counts as tested, documented or asserted by its strongest"
        " evidence; partly met counts half. Evidenced is tested plus documented."
    )
    identifying = _(
        "Rows are grouped by the columns an outsider may know. k is the smallest group; average prosecutor risk"
        " is the number of groups divided by the number of rows."
    )
    hashes = _(
        "Hashes are SHA-256. The assessed version's is over the canonical JSON (RFC 8785) under “data” in the"
        " attached facts, so anybody can compute it again."
    )
    rows = (
        (_("Severity"), severity),
        (_("Likelihood"), likelihood),
        (_("Level"), level),
        (_("Coverage"), coverage),
        (_("Identifying"), identifying),
        (_("Hashes"), hashes),
    )
    return [{"label": label, "value": value} for label, value in rows]


def grades() -> dict[str, str]:
    return {
        "tested": _("tested"),
        "documented": _("documented"),
        "asserted": _("asserted"),
        "partial": _("partly"),
        "unmet": _("unmet"),
        "unanswered": _("unanswered"),
    }
