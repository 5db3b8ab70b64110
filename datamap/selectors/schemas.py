"""The reads of schemas: lists, one version's fields, what changed between two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count, OuterRef, Q, Subquery

from datamap.drift import Column, Diff, compare
from datamap.models import FIELD_OPEN, PERSONAL, CategoryChoice, IdentifyingChoice, Schema, SchemaField, SchemaVersion
from datamap.renames import Said, settle

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.models import Project, User

#: What a person may ask for, and the fields that are it.
VIEWS: Final[Mapping[str, Q]] = {
    "open": FIELD_OPEN,
    "identifying": PERSONAL,
    "direct": Q(identifying=IdentifyingChoice.DIRECT),
    "quasi": Q(identifying=IdentifyingChoice.QUASI),
    "special": Q(special=True),
    "decided": Q(decided_at__isnull=False),
    "all": Q(),
}


def schemas_of(user: User, project: Project) -> QuerySet[Schema]:
    """A project's schemas with counts of their current version; `latest_id` is the newest upload, readable or not."""
    newest = SchemaVersion.objects.filter(schema=OuterRef("pk")).order_by("-number")
    found: QuerySet[Schema] = (
        Schema.objects.for_user(user)
        .filter(project=project)
        .select_related("current", "current__created_by", "project")
        .order_by("name")
        .annotate(
            latest_id=Subquery(newest.values("pk")[:1]),
            fields_total=Count("current__fields"),
            personal_fields=Count(
                "current__fields", filter=~Q(current__fields__category="none", current__fields__identifying="none")
            ),
            special_fields=Count("current__fields", filter=Q(current__fields__special=True)),
            open_fields=Count(
                "current__fields",
                filter=Q(current__fields__decided_at__isnull=True)
                & ~Q(current__fields__category="none", current__fields__identifying="none"),
            ),
        )
    )
    return found


def latest_versions(schemas: list[Schema]) -> dict[object, SchemaVersion]:
    """The newest upload of each schema with its job, by schema."""
    ids = [schema.latest_id for schema in schemas]  # type: ignore[attr-defined]
    rows = SchemaVersion.objects.filter(pk__in=ids).select_related("job", "created_by")
    return {version.schema_id: version for version in rows}


def schema_for(user: User) -> QuerySet[Schema]:
    found: QuerySet[Schema] = Schema.objects.for_user(user).select_related("project", "current", "created_by")
    return found


def field_for(user: User) -> QuerySet[SchemaField]:
    found: QuerySet[SchemaField] = SchemaField.objects.for_user(user).select_related(
        "version__schema__project", "decided_by"
    )
    return found


def fields_in(version: SchemaVersion) -> QuerySet[SchemaField]:
    """All fields of a version, in the file's order."""
    rows: QuerySet[SchemaField] = SchemaField.objects.filter(version=version).select_related("decided_by")
    return rows


@dataclass(frozen=True, slots=True)
class Asked:
    """Which fields a page shows."""

    view: str = "all"
    text: str = ""
    table: str = ""
    category: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], *, default: str = "all") -> Asked:
        """From an address; what is not known there is passed over."""
        view, category = query.get("show", ""), query.get("category", "")
        return cls(
            view=view if view in VIEWS else default,
            text=query.get("q", "").strip()[:200],
            table=query.get("table", "")[:400],
            category=category if category in CategoryChoice.values else "",
        )

    def rows(self, version: SchemaVersion) -> QuerySet[SchemaField]:
        rows = fields_in(version).filter(VIEWS[self.view])
        if self.table:
            rows = rows.filter(entity=self.table)
        if self.category:
            rows = rows.filter(category=self.category)
        named = Q(path__icontains=self.text) | Q(entity__icontains=self.text) | Q(description__icontains=self.text)
        return rows.filter(named) if self.text else rows


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers over a version's fields."""

    fields: int
    open: int
    personal: int
    direct: int
    quasi: int
    special: int
    decided: int
    tables: int
    views: int

    @property
    def counts(self) -> dict[str, int]:
        """By the names of the views."""
        return {
            "open": self.open,
            "identifying": self.personal,
            "direct": self.direct,
            "quasi": self.quasi,
            "special": self.special,
            "decided": self.decided,
            "all": self.fields,
        }


def summary_of(version: SchemaVersion) -> Summary:
    counts = SchemaField.objects.filter(version=version).aggregate(
        fields=Count("pk"),
        open=Count("pk", filter=FIELD_OPEN),
        personal=Count("pk", filter=PERSONAL),
        direct=Count("pk", filter=Q(identifying=IdentifyingChoice.DIRECT)),
        quasi=Count("pk", filter=Q(identifying=IdentifyingChoice.QUASI)),
        special=Count("pk", filter=Q(special=True)),
        decided=Count("pk", filter=Q(decided_at__isnull=False)),
    )
    views = sum(bool(entity["derived"]) for entity in version.entities)
    return Summary(**counts, tables=len(version.entities) - views, views=views)


def entities_of(version: SchemaVersion) -> list[dict[str, object]]:
    """The tables of a version with how many fields and how many of them personal, in the file's order."""
    rows = (
        SchemaField.objects.filter(version=version)
        .values("entity")
        .annotate(total=Count("pk"), personal=Count("pk", filter=PERSONAL))
    )
    counts = {row["entity"]: row for row in rows.order_by()}
    found = [(entity, counts.get(entity["name"])) for entity in version.entities]
    return [
        {**entity, "total": row["total"] if row else 0, "personal": row["personal"] if row else 0}
        for entity, row in found
    ]


def previous_of(version: SchemaVersion) -> SchemaVersion | None:
    """The readable version before this one."""
    found: SchemaVersion | None = (
        SchemaVersion.objects.filter(schema=version.schema_id, number__lt=version.number, parsed_at__isnull=False)
        .order_by("-number")
        .first()
    )
    return found


def columns_of(version: SchemaVersion | None) -> list[Column]:
    """A version's fields as the comparison sees them."""
    if version is None:
        return []
    rows = SchemaField.objects.filter(version=version).order_by("position")
    said = rows.annotate(decided=Q(decided_at__isnull=False))
    return [Column(*row) for row in said.values_list("entity", "path", "type", "category", "identifying", "decided")]


def diff_to_previous(version: SchemaVersion) -> Diff | None:
    """What changed since the version before; None for the first."""
    before = previous_of(version)
    if before is None:
        return None
    return settle(compare(columns_of(before), columns_of(version)), map(Said.from_json, version.renames))


def categories_of(version: SchemaVersion) -> list[tuple[str, int]]:
    """The categories of a version's fields with how many have each, commonest first."""
    rows = SchemaField.objects.filter(version=version).exclude(category=CategoryChoice.NONE)
    return list(rows.values_list("category").annotate(total=Count("pk")).order_by("-total", "category"))


def tables_like(version: SchemaVersion, text: str) -> list[dict[str, object]]:
    """The tables whose name has `text` in it, with their counts."""
    wanted = text.lower()
    return [entity for entity in entities_of(version) if entity["total"] and wanted in str(entity["name"]).lower()]
