"""What risks and the workflow put into the registry: the step Decide, panels, work items, search hits, navigation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import permissions, registry
from core.registry import NavItem, Panel, SearchHit, Step, StepState, WorkItem
from pia import risk_words
from pia.models import Assessment, Risk
from pia.risk.values import Band
from pia.selectors import measures
from pia.selectors import workflow as selectors
from pia.selectors.risks import headline, listed
from pia.workflow import Outcome, State

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from core.models import Project, User
    from core.registry import StepName


def register() -> None:
    """Called once the app is ready."""
    registry.register_step(Step(key="decide", order=6, label=gettext_lazy("Decide"), state=decide_state))
    registry.register_panel(Panel(key="risk", order=10, template="pia/risk_panel.html", context=panel))
    registry.register_nav(
        NavItem(
            key="portfolio",
            order=20,
            label=gettext_lazy("Portfolio"),
            url_name="pia:portfolio",
            icon="layout-dashboard",
            show=_sees_portfolio,
        )
    )
    registry.register_work("workflow", waiting_moves)
    registry.register_work("measures", waiting_measures)
    registry.register_search("risks", hits)


def _sees_portfolio(user: User) -> bool:
    return bool(user.all_roles)


_STEPS: Final[dict[State, tuple[StepName, StrOrPromise]]] = {
    State.DRAFT: ("todo", gettext_lazy("waits for readiness")),
    State.IN_REVIEW: ("doing", gettext_lazy("waits for advice")),
    State.ADVISED: ("doing", gettext_lazy("waits for the decision")),
    State.DECIDED: ("done", gettext_lazy("decided")),
    State.ACTIVE: ("done", gettext_lazy("active")),
    State.STALE: ("blocked", gettext_lazy("approval is stale")),
}


def decide_state(user: User, project: Project) -> StepState:
    """Where the newest version stands."""
    assessment = selectors.current(project)
    if assessment is None:
        return StepState(
            state="todo", summary=_("no assessment yet"), url=reverse("pia:project_decide", args=[project.pk])
        )
    name, summary = _STEPS[State(assessment.state)]
    before = selectors.in_force(project)
    if before is not None and before.pk != assessment.pk:
        numbers = {"old": before.number, "state": before.get_state_display(), "new": assessment.number}
        summary = _("v%(old)d %(state)s · v%(new)d under way") % numbers
    decision = selectors.said(assessment).decision if assessment.state == State.DECIDED else None
    if decision is not None:
        summary = Outcome(decision.outcome).label
        name = "done" if decision.approves else "blocked"
    return StepState(
        state=name,
        summary=summary,
        url=reverse("pia:decide", args=[project.pk, assessment.pk]),
    )


def panel(user: User, project: Project) -> dict[str, Any]:
    """The headline risk of a project, and why its approval is stale, for its page."""
    assessment = selectors.current(project)
    if assessment is None:
        return {"project": project, "assessment": None}
    rows = listed(assessment)
    return {
        "project": project,
        "assessment": assessment,
        "rows": rows[:3],
        "count": len(rows),
        "headline": headline(rows),
        "target": headline(rows, "residual"),
        "high_count": sum(row.current_band == Band.HIGH for row in rows),
        "causes": selectors.open_causes(project),
    }


def waiting_moves(user: User) -> Iterator[WorkItem]:
    """Reviews, advice and decisions that are this person's next move."""
    states = (State.IN_REVIEW, State.ADVISED, State.DECIDED, State.STALE)
    rows = Assessment.objects.for_user(user).filter(state__in=states).prefetch_related("decisions")
    for assessment in rows.defer("frozen").select_related("views"):
        text = _next_for(user, assessment)
        if text:
            project = assessment.project
            url = reverse("pia:decide", args=[project.pk, assessment.pk])
            yield WorkItem(text=text, url=url, project=project, kind=_("Workflow"), due=assessment.review_due_on)


def _next_for(user: User, assessment: Assessment) -> str:
    project = assessment.project
    if assessment.state == State.IN_REVIEW:
        views = getattr(assessment, "views", None)
        if permissions.can_review(user, project) and (views is None or not views.complete):
            return _("Review, and record the data subjects' views")
        return _("Give your advice") if permissions.can_advise(user, project) else ""
    if assessment.state == State.ADVISED:
        return _("Decide") if permissions.can_decide(user, project) else ""
    if not permissions.can_review(user, project):
        return ""
    if assessment.state == State.STALE:
        return _("The approval went stale: reaffirm it, or start a new version")
    decision = next((d for d in assessment.decisions.all() if d.version_sha256 == assessment.version_sha256), None)
    if decision is None:
        return ""
    if decision.outcome == Outcome.CONSULT and decision.answered_on is None:
        return _("Consult the authority, and record its answer")
    return _("Go live, once the conditions are met") if decision.approves else ""


def waiting_measures(user: User) -> Iterator[WorkItem]:
    """Commitments of this person."""
    for measure in measures.due_for(user):
        project = measure.assessment.project
        title = measure.title or str(risk_words.MEASURES[measure.kind])
        yield WorkItem(
            text=_("Overdue: %(measure)s") % {"measure": title} if measure.is_overdue else title,
            url=reverse("pia:measure", args=[project.pk, measure.assessment_id, measure.pk]),
            project=project,
            kind=_("Measure"),
            due=measure.due,
        )


def hits(user: User, text: str) -> Iterator[SearchHit]:
    """Risks by a person's words on them."""
    found = Risk.objects.for_user(user).listed().exclude(assessment__state__in=(State.SUPERSEDED, State.ARCHIVED))
    rows = found.filter(title__icontains=text) | found.filter(description__icontains=text)
    for risk in rows.select_related("assessment__project")[:20]:
        project = risk.assessment.project
        yield SearchHit(
            text=risk.title or risk_words.title_of(risk.kind, risk.threat),
            url=reverse("pia:risk", args=[project.pk, risk.assessment_id, risk.pk]),
            kind=_("Risk"),
            detail=project.name,
        )
