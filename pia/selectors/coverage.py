"""Coverage of each framework of an assessment, and the lawfulness it still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from pia.frameworks.coverage import Coverage, Share, Verdict, of_verdicts
from pia.models import FrameworkPack
from pia.selectors.answers import Entry, entries

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from pia.models import Assessment

LABELS: Final[dict[Share, StrOrPromise]] = {
    Share.TESTED: _("Met, tested"),
    Share.DOCUMENTED: _("Met, documented"),
    Share.ASSERTED: _("Met, asserted"),
    Share.PARTIAL: _("Partly met"),
    Share.UNMET: _("Unmet"),
    Share.UNANSWERED: _("Unanswered"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of the stacked bar, in percent of its width."""

    share: Share
    label: StrOrPromise
    percent: float
    start: float

    @property
    def x(self) -> str:
        """Where it begins, for an SVG attribute: never in the reader's number format."""
        return f"{self.start:.3f}"

    @property
    def w(self) -> str:
        return f"{self.percent:.3f}"


@dataclass(frozen=True, slots=True)
class PackCoverage:
    """Coverage of one framework; frameworks are never averaged."""

    pack: FrameworkPack
    coverage: Coverage

    @property
    def bars(self) -> list[Bar]:
        found, start = [], Fraction(0)
        for share in Share:
            width = self.coverage.shares[share] * 100
            found.append(Bar(share, LABELS[share], round(float(width), 1), round(float(start), 3)))
            start += width
        return found

    @property
    def evidenced_percent(self) -> float:
        return round(float(self.coverage.evidenced * 100), 1)


def coverages(assessment: Assessment, found: Iterable[Entry] | None = None) -> list[PackCoverage]:
    """One per framework, in the order of their titles."""
    by_pack: dict[FrameworkPack, list[Verdict]] = {}
    for entry in entries(assessment) if found is None else found:
        by_pack.setdefault(entry.answer.pack, []).append(entry.verdict)
    ordered: Mapping[FrameworkPack, list[Verdict]] = dict(sorted(by_pack.items(), key=lambda pair: pair[0].title))
    return [PackCoverage(pack, of_verdicts(pack.key, verdicts)) for pack, verdicts in ordered.items()]


def unmet_gates(assessment: Assessment) -> list[Verdict]:
    """Lawfulness that is unmet or unanswered: it blocks approval, whatever the shares."""
    return [verdict for one in coverages(assessment) for verdict in one.coverage.gate]
