"""Starting a new version from any old one: what people wrote is carried over, decisions are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import permissions
from core.models import Project
from pia.models import Assessment
from pia.policies import NotNow
from pia.services.assessments import start_assessment
from pia.workflow import State

if TYPE_CHECKING:
    from core.models import User

UNDER_WAY = (State.DRAFT, State.IN_REVIEW, State.ADVISED)


def new_version(*, actor: User, based_on: Assessment) -> Assessment:
    """A new draft that begins where another version ended. Raises PermissionDenied, and NotNow while one is open."""
    permissions.check_can_write(actor, based_on.project)
    with transaction.atomic():
        project = Project.objects.select_for_update(of=("self",)).get(pk=based_on.project_id)
        under_way = Assessment.objects.filter(project=project, state__in=UNDER_WAY).first()
        if under_way is not None:
            raise NotNow(_("Version %(number)d is still under way.") % {"number": under_way.number}, code="under_way")
        return start_assessment(actor=actor, project=project, based_on=based_on)
