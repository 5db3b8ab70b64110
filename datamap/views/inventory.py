"""The inventory: every field of every store, filtered, paged, exported."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core import audit
from core.tables import csv_cell
from core.web import AuthedRequest, project_view
from datamap.events import Event
from datamap.models import CategoryChoice
from datamap.selectors.flows import graph_of
from datamap.selectors.inventory import inventory_of, rows_of

if TYPE_CHECKING:
    from django.http import QueryDict

    from core.models import Project
    from datamap.selectors.inventory import Item, Row

PAGE: Final = 100
VIEWS: Final = ("personal", "special", "all")


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the inventory is asked for."""

    show: str
    store: str
    category: str
    text: str

    @classmethod
    def of(cls, query: QueryDict) -> Filter:
        show = query.get("show", "")
        return cls(
            show if show in VIEWS else "personal",
            query.get("store", ""),
            query.get("category", ""),
            query.get("q", "").strip().lower()[:200],
        )

    def keeps(self, item: Item) -> bool:
        return (
            (self.show == "all" or (item.special if self.show == "special" else item.is_personal))
            and (not self.store or item.store_id == self.store)
            and (not self.category or item.category == self.category)
            and (not self.text or self.text in f"{item.store} {item.entity}.{item.path}".lower())
        )


@project_view
@require_GET
def inventory_page(request: AuthedRequest, project: Project) -> HttpResponse:
    items, chosen = inventory_of(project), Filter.of(request.GET)
    page = Paginator([item for item in items if chosen.keeps(item)], PAGE).get_page(request.GET.get("page"))
    context = {
        "project": project,
        "rows": rows_of(project, graph_of(project), list(page)),
        "page": page,
        "filter": chosen,
        "total": len(items),
        "personal": sum(item.is_personal for item in items),
        "special": sum(item.special for item in items),
        "stores": sorted({(item.store_id, item.store) for item in items}, key=lambda pair: pair[1]),
        "category_choices": CategoryChoice.choices,
    }
    return render(request, "datamap/inventory.html", context)


@project_view
@require_GET
def inventory_csv(request: AuthedRequest, project: Project) -> HttpResponse:
    """The rows of the page as it is filtered, all of them."""
    chosen = Filter.of(request.GET)
    rows = rows_of(project, graph_of(project), [item for item in inventory_of(project) if chosen.keeps(item)])
    audit.note(actor=request.user, event=Event.INVENTORY_EXPORTED, subject=project, project=project, rows=len(rows))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="inventory-{project.number}-{timezone.localdate()}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(_titles())
    for row in rows:
        writer.writerow([csv_cell(value) for value in _cells(row)])
    return response


def _titles() -> list[str]:
    return [
        _("Store"),
        _("Table"),
        _("Field"),
        _("Type"),
        _("Category"),
        _("Identifies"),
        _("Special (Art. 9, 10)"),
        _("Decided by a person"),
        _("Data subjects"),
        _("Purposes"),
        _("Lawful basis"),
        _("Kept for (days)"),
        _("Recipients"),
        _("Countries"),
    ]


def _cells(row: Row) -> list[object]:
    item, context = row.item, row.context
    return [
        item.store,
        item.entity,
        item.path,
        item.type,
        item.category_label,
        item.identifying_label,
        _("yes") if item.special else "",
        _("yes") if item.decided else "",
        "; ".join(context.subjects),
        "; ".join(context.purposes),
        "; ".join(context.bases),
        "" if context.retention_days is None else context.retention_days,
        "; ".join(context.recipients),
        "; ".join(context.countries),
    ]
