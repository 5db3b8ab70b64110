"""Who may teach a team's scanner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from core.models import Role
from core.permissions import pair, roles_in

if TYPE_CHECKING:
    from core.models import Team, User


def check_can_teach(actor: User, team: Team) -> None:
    """Recognisers and word lists decide what is found, so those who answer for findings keep them."""
    if not roles_in(actor, team) & {Role.ENGINEER, Role.OFFICER}:
        raise PermissionDenied(_("Only engineers and privacy officers of the team change its recognisers."))


can_teach = pair(check_can_teach)
