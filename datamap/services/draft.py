"""A first data map from what is known: the register, the schemas, the samples. People edit it from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.audit import change
from core.choices import PeopleCategory
from core.models import CopyKind, Project, RecipientKind, Training, User
from core.permissions import check_can_write
from datamap.events import Event
from datamap.models import Boundary, BoundaryKind, DataElement, Dataset, ElementKind, Flow, Protection, Schema, Stage
from datamap.selectors.inventory import inventory_of
from datamap.signals import flow_changed

if TYPE_CHECKING:
    from core.models import DataCopy, Recipient
    from datamap.selectors.inventory import Item

NAMED_FIELDS = 40  # of one flow; more are counted, not listed


def draft_map(*, actor: User, project: Project) -> int:
    """Add what the register, schemas and samples tell and the map does not show yet; touch nothing that is there.

    Returns how many elements and flows were added. Raises PermissionDenied.
    """
    check_can_write(actor, project)
    with change(actor=actor, event=Event.MAP_DRAFTED, project=project) as log:
        Project.objects.select_for_update(of=("self",)).get(pk=project.pk)  # two clicks draft one map
        draft = _Draft(project)
        draft.run()
        log.about(project, elements=draft.elements_added, flows=draft.flows_added)
        if draft.elements_added or draft.flows_added:
            flow_changed.send(sender=Flow, project=project)
    return draft.elements_added + draft.flows_added


class _Draft:
    """Remembers what exists by origin, so that a second draft adds only what is new."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.elements_added = self.flows_added = 0
        drafted = DataElement.objects.filter(project=project).exclude(origin="")
        self.known: dict[str, DataElement] = {element.origin: element for element in drafted}
        self.flows = set(Flow.objects.filter(project=project).exclude(origin="").values_list("origin", flat=True))
        self.items = inventory_of(project)
        self.purpose = project.purposes.first()
        team = project.team
        self.ours = self._boundary(team.controller or team.name, BoundaryKind.ORGANISATION, is_ours=True)

    def run(self) -> None:
        people = self._people()
        stores = self._stores()
        training, model, use = self._model()
        for store in stores:
            for group in people:
                self._flow(group, store, _("Collected data"), Stage.COLLECTION, self._of(store))
            if training:
                self._flow(store, training, _("Training data"), Stage.TRAINING, self._of(store))
        if training:
            self._flow(training, model, _("Learned parameters"), Stage.TRAINING, [])
        self._flow(model, use, _("Model output"), Stage.USE, [])
        everything = self.items[:]
        for group in people:
            self._flow(group, use, _("Input"), Stage.USE, everything)
            if self.project.decisions:
                self._flow(use, group, _("Decision or result"), Stage.USE, [])
        self._copies(stores, training or use, model, use)
        for recipient in self.project.recipients.all():
            self._recipient(recipient, use, everything)

    def _people(self) -> list[DataElement]:
        named = [key for key in self.project.people_categories if key in PeopleCategory.values]
        if not named:
            return [self._element("people", ElementKind.SUBJECTS, _("People the data is about"))]
        return [self._element(f"people:{key}", ElementKind.SUBJECTS, str(PeopleCategory(key).label)) for key in named]

    def _stores(self) -> list[DataElement]:
        """One for each schema, and for each sample that no schema's table stands for."""
        stores = []
        tables = {item.entity.lower() for item in self.items if item.source == "schema"}
        for schema in Schema.objects.filter(project=self.project, current__isnull=False):
            stores.append(
                self._element(f"schema:{schema.pk}", ElementKind.STORE, _stem(schema.name), self.ours, schema=schema)
            )
        for dataset in Dataset.objects.filter(project=self.project, scanned_at__isnull=False):
            if _stem(dataset.name).lower() not in tables:
                stores.append(
                    self._element(
                        f"dataset:{dataset.pk}", ElementKind.STORE, _stem(dataset.name), self.ours, dataset=dataset
                    )
                )
        return stores

    def _model(self) -> tuple[DataElement | None, DataElement, DataElement]:
        name = self.project.model_family or self.project.base_model or _("Model")
        model = self._element("model", ElementKind.MODEL, name, self.ours)
        use = self._element("use", ElementKind.PROCESS, _("Use of the model"), self.ours)
        if self.project.training == Training.API_ONLY:
            return None, model, use
        label = _("Federated training") if self.project.training == Training.FEDERATED else _("Training")
        return self._element("training", ElementKind.PROCESS, label, self.ours), model, use

    def _copies(self, stores: list[DataElement], training: DataElement, model: DataElement, use: DataElement) -> None:
        """Raw data and weights are what stores and model stand for already; other copies are stores of their own."""
        for copy in self.project.copies.all():
            if copy.kind == CopyKind.RAW and stores:
                self._retain(stores, copy)
                continue
            if copy.kind == CopyKind.WEIGHTS:
                continue
            name = f"{copy.get_kind_display()} ({copy.where})" if copy.where else str(copy.get_kind_display())
            kept = self._element(
                f"copy:{copy.pk}",
                ElementKind.STORE,
                name[:160],
                self.ours,
                copy=copy,
                retention_days=copy.retention_days,
            )
            sources = {
                CopyKind.LOGS: use,
                CopyKind.CHECKPOINTS: model,
                CopyKind.FEATURES: training,
                CopyKind.EMBEDDINGS: training,
            }
            source = sources.get(CopyKind(copy.kind), stores[0] if stores else use)
            self._flow(source, kept, str(copy.get_kind_display()), Stage.STORAGE, self._of(source))

    def _retain(self, stores: list[DataElement], copy: DataCopy) -> None:
        for store in stores:
            if store.retention_days is None and copy.retention_days is not None:
                store.retention_days, store.copy = copy.retention_days, copy
                store.save(update_fields=["retention_days", "copy"])

    def _recipient(self, recipient: Recipient, use: DataElement, items: list[Item]) -> None:
        boundary = self._boundary(recipient.name, BoundaryKind.ORGANISATION, country=recipient.country)
        element = self._element(
            f"recipient:{recipient.pk}", ElementKind.RECIPIENT, recipient.name, boundary, recipient=recipient
        )
        processors = (RecipientKind.PROCESSOR, RecipientKind.SUB_PROCESSOR)
        label = _("Data processed for us") if recipient.kind in processors else _("Data shared")
        self._flow(use, element, label, Stage.SHARING, items)

    def _boundary(self, name: str, kind: BoundaryKind, *, is_ours: bool = False, country: str = "") -> Boundary:
        boundary: Boundary = Boundary.objects.get_or_create(
            project=self.project, name=name[:160], defaults={"kind": kind, "is_ours": is_ours, "country": country}
        )[0]
        return boundary

    def _element(
        self, origin: str, kind: ElementKind, name: str, boundary: Boundary | None = None, **links: Any
    ) -> DataElement:
        if origin not in self.known:
            self.known[origin] = DataElement.objects.create(
                project=self.project, origin=origin, kind=kind, name=name[:160], boundary=boundary, **links
            )
            self.elements_added += 1
        return self.known[origin]

    def _flow(self, source: DataElement, target: DataElement, name: str, stage: Stage, items: list[Item]) -> None:
        origin = f"{source.origin}>{target.origin}"[:160]
        if origin in self.flows or not source.origin or not target.origin:
            return
        self.flows.add(origin)
        personal = [item for item in items if item.is_personal]
        Flow.objects.create(
            project=self.project,
            source=source,
            target=target,
            name=name[:160],
            stage=stage,
            origin=origin,
            purpose=self.purpose,
            protection=Protection.UNKNOWN,
            fields=[f"{item.entity}.{item.path}" for item in personal[:NAMED_FIELDS]],
            categories=sorted({item.category for item in personal if item.category != "none"}),
        )
        self.flows_added += 1

    def _of(self, store: DataElement) -> list[Item]:
        ids = {str(store.schema_id), str(store.dataset_id)}
        return [item for item in self.items if item.store_id in ids]


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0] or name
