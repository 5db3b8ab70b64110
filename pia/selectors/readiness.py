"""The readiness check: every gap of an assessment, each with the place where it is closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pia.frameworks.coverage import Status
from pia.frameworks.pack import Weight
from pia.models import AnswerStatus
from pia.selectors import risks
from pia.selectors.answers import Entry, entries
from pia.selectors.screening import screening_gaps

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from pia.models import Assessment


class GapKind(StrEnum):
    """What is missing, the most serious first."""

    SCREENING = "screening"
    GATE = "gate"
    APPROVAL = "approval"
    WORDS = "words"
    DISAGREES = "disagrees"
    RISK = "risk"
    UNANSWERED = "unanswered"
    UNMET = "unmet"
    OPTIONAL = "optional"


LABELS: Final[dict[str, StrOrPromise]] = {
    GapKind.SCREENING: gettext_lazy("Screening"),
    GapKind.GATE: gettext_lazy("Lawfulness that is unmet: it blocks approval"),
    GapKind.APPROVAL: gettext_lazy("“Not applicable” waits for a second person"),
    GapKind.WORDS: gettext_lazy("Judged, but without a word or a source"),
    GapKind.DISAGREES: gettext_lazy("A cited fact has changed"),
    GapKind.RISK: gettext_lazy("Risks"),
    GapKind.UNANSWERED: gettext_lazy("Must be answered"),
    GapKind.UNMET: gettext_lazy("Not met, though it must be: shown, and not hidden by submitting"),
    GapKind.OPTIONAL: gettext_lazy("Unanswered, but not a must"),
}
#: Beside a number, in the margin.
SHORT: Final[dict[str, StrOrPromise]] = {
    GapKind.SCREENING: gettext_lazy("screening"),
    GapKind.GATE: gettext_lazy("lawfulness"),
    GapKind.APPROVAL: gettext_lazy("to agree"),
    GapKind.WORDS: gettext_lazy("without words"),
    GapKind.DISAGREES: gettext_lazy("disagree with a fact"),
    GapKind.RISK: gettext_lazy("risks"),
    GapKind.UNANSWERED: gettext_lazy("unanswered"),
    GapKind.UNMET: gettext_lazy("unmet"),
    GapKind.OPTIONAL: gettext_lazy("optional"),
}
#: What has to be closed before submission. The rest is shown to whoever reviews.
BLOCKING: Final = frozenset({GapKind.APPROVAL, GapKind.WORDS, GapKind.DISAGREES, GapKind.UNANSWERED})


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing, as a link."""

    kind: str
    text: str
    url: str
    blocking: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Gaps of one kind."""

    kind: str
    label: StrOrPromise
    gaps: tuple[Gap, ...]
    blocking: bool

    @property
    def short(self) -> StrOrPromise:
        return SHORT.get(self.kind, self.kind)


@dataclass(frozen=True, slots=True)
class Readiness:
    """All gaps; `ready` says whether any of them stands in the way of submission."""

    gaps: tuple[Gap, ...]

    @property
    def blocking(self) -> tuple[Gap, ...]:
        return tuple(gap for gap in self.gaps if gap.blocking)

    @property
    def ready(self) -> bool:
        return not self.blocking

    @property
    def groups(self) -> list[Group]:
        kinds = dict.fromkeys(gap.kind for gap in self.gaps)
        found = []
        for kind in kinds:
            gaps = tuple(gap for gap in self.gaps if gap.kind == kind)
            found.append(Group(kind, LABELS.get(kind, kind), gaps, any(gap.blocking for gap in gaps)))
        return found


def readiness(assessment: Assessment, found: Iterable[Entry] | None = None) -> Readiness:
    """Every gap, the most serious kind first, in reading order within a kind."""
    order = list(GapKind)
    answers = entries(assessment) if found is None else found
    gaps = [gap for entry in answers for gap in _gaps(entry)]
    gaps = [*_screening(assessment), *gaps, *risks.gaps(assessment)]
    return Readiness(tuple(sorted(gaps, key=lambda gap: order.index(GapKind(gap.kind)))))


def _screening(assessment: Assessment) -> list[Gap]:
    found = screening_gaps(assessment.project)
    return [Gap(GapKind.SCREENING, gap.text, gap.url, blocking=gap.blocking, detail=gap.detail) for gap in found]


def question_url(entry: Entry) -> str:
    assessment = entry.answer.assessment
    place = reverse("pia:assessment", args=[assessment.project_id, assessment.pk])
    return f"{place}?question={entry.key}"


def _gaps(entry: Entry) -> Iterator[Gap]:
    if entry.disagrees:
        yield _gap(GapKind.DISAGREES, entry, next(cited.now for cited in entry.cited if cited.disagrees))
    if not entry.verdict.applies:
        return
    if entry.awaits_approval:
        yield _gap(GapKind.APPROVAL, entry, "" if entry.answer.text.strip() else _("The reason is missing, too."))
    elif entry.verdict.status is Status.UNANSWERED:
        yield _gap(GapKind.UNANSWERED if entry.item.weight is Weight.MUST else GapKind.OPTIONAL, entry)
    elif not entry.answer.text.strip() and not entry.cited:
        yield _gap(GapKind.WORDS, entry)
    if entry.answer.status == AnswerStatus.UNMET and entry.item.gate:
        yield _gap(GapKind.GATE, entry)
    elif entry.verdict.is_gap and entry.verdict.status is not Status.UNANSWERED:
        yield _gap(GapKind.UNMET, entry)


def _gap(kind: GapKind, entry: Entry, detail: str = "") -> Gap:
    return Gap(
        kind=kind,
        text=f"{entry.badge}: {entry.item.title}",
        url=question_url(entry),
        blocking=kind in BLOCKING,
        detail=detail or entry.item.question,
    )
