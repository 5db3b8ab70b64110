"""What the data map adds to the ground floor's pages for schemas and flows: the Map step, search."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.models import UNFINISHED
from core.registry import SearchHit, StepState
from datamap.models import DataElement, Flow, Schema, SchemaField, SchemaVersion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.models import Project, User

HITS = 20


def map_state(user: User, project: Project) -> StepState:
    """Done once data is known and its flows are drawn; a sample tells of fields as well as a schema does."""
    busy = SchemaVersion.objects.filter(schema__project=project, job__state__in=UNFINISHED, parsed_at=None).exists()
    schemas = Schema.objects.filter(project=project, current__isnull=False).count()
    elements = DataElement.objects.filter(project=project).count()
    flows = Flow.objects.filter(project=project).count()
    url = reverse("datamap:map" if elements else "datamap:schemas", args=[project.pk])
    missing = []
    if not schemas:
        missing.append(_("Upload a schema"))
    if not flows:
        missing.append(_("Draw the flows"))
    if not schemas and not elements:
        return StepState(
            "doing" if busy else "todo", _("reading a schema") if busy else _("nothing yet"), url, tuple(missing)
        )
    parts = [
        ngettext("%(count)d schema", "%(count)d schemas", schemas) % {"count": schemas},
        ngettext("%(count)d flow", "%(count)d flows", flows) % {"count": flows},
    ]
    return StepState(
        "done" if flows and not busy else "doing", " · ".join(parts), url, tuple(missing) if not flows else ()
    )


def field_hits(user: User, text: str) -> Iterator[SearchHit]:
    """Schemas, their fields, and elements of the map by name, in the projects the person sees."""
    for schema in Schema.objects.for_user(user).filter(name__icontains=text).select_related("project")[:HITS]:
        yield SearchHit(schema.name, schema.get_absolute_url(), gettext_lazy("Schema"), schema.project.name)
    fields = (
        SchemaField.objects.for_user(user)
        .current()
        .filter(path__icontains=text)
        .select_related("version__schema__project")
    )
    for field in fields[:HITS]:
        schema = field.version.schema
        url = f"{schema.get_absolute_url()}?show=all&q={quote(field.path)}"
        yield SearchHit(str(field), url, gettext_lazy("Field of a schema"), f"{schema.project.name} · {schema.name}")
    for element in DataElement.objects.for_user(user).filter(name__icontains=text).select_related("project")[:HITS]:
        yield SearchHit(
            element.name,
            reverse("datamap:map", args=[element.project_id]),
            element.get_kind_display(),
            element.project.name,
        )
