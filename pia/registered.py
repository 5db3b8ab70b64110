"""What assessments add to pages of the ground floor: the step, the navigation, work that waits, search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import permissions, registry
from core.registry import NavItem, SearchHit, Step, StepName, StepState, WorkItem
from pia.models import Answer, AnswerStatus, Assessment, SectionAssignment
from pia.wording import section_title
from pia.workflow import State

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.models import Project, User


def assess_state(user: User, project: Project) -> StepState:
    """Where the newest assessment stands, in two queries."""
    newest = Assessment.objects.filter(project=project).defer("frozen").order_by("-number").first()
    if newest is None:
        return StepState("todo", _("not started"), reverse("pia:assess", args=[project.pk]))
    answered = Answer.objects.filter(assessment=newest).exclude(status=AnswerStatus.UNANSWERED).count()
    state: StepName = "doing" if newest.state == State.DRAFT else "done"
    return StepState(state, _("%(n)s answered") % {"n": answered}, newest.get_absolute_url())


def waiting(user: User) -> Iterator[WorkItem]:
    """Sections assigned to this person, and what needs a second person's agreement."""
    yield from _assigned(user)
    yield from _to_agree(user)


def _assigned(user: User) -> Iterator[WorkItem]:
    drafts = Assessment.objects.for_user(user).filter(state=State.DRAFT)
    rows = SectionAssignment.objects.filter(assignee=user, assessment__in=drafts)
    for row in rows.select_related("assessment__project__team").order_by("at"):
        url = f"{row.assessment.get_absolute_url()}?part={row.section}"
        text = _("Answer section %(number)s, %(title)s") % {"number": row.section, "title": section_title(row.section)}
        yield WorkItem(text=text, url=url, project=row.assessment.project, kind=_("Questions"))


def _to_agree(user: User) -> Iterator[WorkItem]:
    open_answers = (
        Answer.objects.for_user(user)
        .filter(assessment__state=State.DRAFT, status=AnswerStatus.NOT_APPLICABLE)
        .exclude(text="")
        .exclude(author=user)
        .exclude(approval__answer_version=F("version"))
        .with_pack()
        .select_related("assessment__project__team")
    )
    for answer in open_answers[:50]:
        if permissions.can_write(user, answer.assessment.project):
            url = f"{answer.assessment.get_absolute_url()}?question={answer}"
            text = _("Agree that %(item)s does not apply, or object") % {"item": f"{answer.pack.short} {answer.item}"}
            yield WorkItem(text=text, url=url, project=answer.assessment.project, kind=_("Second opinion"))


def answer_hits(user: User, text: str) -> Iterator[SearchHit]:
    """Answers that hold the words, in the newest versions."""
    found = (
        Answer.objects.for_user(user)
        .filter(text__icontains=text)
        .exclude(assessment__state__in=(State.SUPERSEDED, State.ARCHIVED))
    )
    for answer in _light(found).order_by("-edited_at")[:10]:
        yield SearchHit(
            text=f"{answer.pack.short} {answer.item}",
            url=f"{answer.assessment.get_absolute_url()}?question={answer}",
            kind=_("Answer"),
            detail=str(answer.assessment),
        )


def _light(found: QuerySet[Answer]) -> QuerySet[Answer]:
    return found.with_pack().select_related("assessment__project").defer("assessment__frozen")  # type: ignore[attr-defined,no-any-return]


def register() -> None:
    registry.register_step(Step(key="assess", order=5, label=gettext_lazy("Assess"), state=assess_state))
    registry.register_work("answers", waiting)
    registry.register_search("answers", answer_hits)
    registry.register_nav(
        NavItem(
            key="frameworks",
            order=65,
            label=gettext_lazy("Frameworks"),
            url_name="pia:frameworks",
            icon="books",
            show=lambda user: bool(user.all_roles),
        )
    )
