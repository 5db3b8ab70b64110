"""What the screening adds to pages of the ground floor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import permissions, registry
from core.registry import Panel, WorkItem
from pia.models.screening import Screening, ScreeningRebuttal
from pia.selectors.screening import screening_for

if TYPE_CHECKING:
    from core.models import Project, User


def screening_panel(user: User, project: Project) -> dict[str, Any]:
    """The card on the project page: the result so far and where to go on."""
    return {
        "project": project,
        "shown": screening_for(user, project),
        "can_write": permissions.can_write(user, project),
    }


def screening_work(user: User) -> Iterator[WorkItem]:
    """Rebuttals that wait for the data protection officer's view, and screenings somebody began and left."""
    waiting = ScreeningRebuttal.objects.filter(viewed_at=None, withdrawn_at=None).exclude(by=user)
    for rebuttal in waiting.filter(screening__in=Screening.objects.for_user(user)).select_related("screening__project"):
        project = rebuttal.screening.project
        if permissions.can_advise(user, project):
            text = _("Give your view on the rebuttal: %(project)s") % {"project": project}
            yield _item(text, project, "pia:screening_summary")
    begun = Screening.objects.for_user(user).filter(completed_at=None, answers__author=user)
    for screening in begun.select_related("project").distinct():
        text = _("Finish the screening: %(project)s") % {"project": screening.project}
        yield _item(text, screening.project, "pia:screening")


def _item(text: str, project: Project, page: str) -> WorkItem:
    return WorkItem(text=text, url=reverse(page, args=[project.pk]), project=project, kind=_("Screening"))


def register() -> None:
    registry.register_panel(
        Panel(key="screening", order=10, template="pia/screening_panel.html", context=screening_panel)
    )
    registry.register_work("screening", screening_work)
