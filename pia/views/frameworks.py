"""The frameworks that are loaded, what each asks, and how much of each the newest assessments cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.web import AuthedRequest, signed_in
from pia.models import FrameworkPack
from pia.selectors.coverage import coverages
from pia.selectors.frameworks import current_packs
from pia.selectors.workspace import assessments_for

if TYPE_CHECKING:
    from core.models import User
    from pia.models import Assessment


@dataclass(frozen=True, slots=True)
class Row:
    """A framework with its counts."""

    pack: FrameworkPack

    @property
    def items(self) -> int:
        return len(self.pack.pack.items)

    @property
    def gates(self) -> int:
        return sum(item.gate for item in self.pack.pack.items)


@require_safe
@signed_in
def index(request: AuthedRequest) -> HttpResponse:
    page = Paginator(_newest(request.user), 5).get_page(request.GET.get("page"))
    projects = [(one.project, one, coverages(one)) for one in page]
    rows = [Row(pack) for pack in current_packs()]
    return render(request, "pia/frameworks.html", {"rows": rows, "projects": projects, "page": page})


@require_safe
@signed_in
def detail(request: AuthedRequest, key: str) -> HttpResponse:
    row = get_object_or_404(FrameworkPack.objects.filter(key=key).order_by("-loaded_at")[:1])
    return render(request, "pia/framework.html", {"row": row})


def _newest(user: User) -> list[Assessment]:
    """The newest assessment of each project the person sees, by name."""
    found = assessments_for(user).defer("frozen").order_by("project_id", "-number").distinct("project_id")
    return sorted(found, key=lambda one: one.project.name)
