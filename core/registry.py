"""What upper floors add to pages of the ground floor, without the ground floor knowing them.

Each app registers in its `apps.py`. Registration is idempotent by key; order is by the entry's own `order`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from enum import StrEnum

    from django_stubs_ext import StrOrPromise

    from core.models import Project, User

StepName = Literal["todo", "doing", "done", "blocked"]


@dataclass(frozen=True, slots=True)
class StepState:
    """Where a project stands at one step: a short summary, where to go, and what is missing."""

    state: StepName
    summary: StrOrPromise
    url: str
    missing: tuple[StrOrPromise, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    key: str
    order: int
    label: StrOrPromise
    state: Callable[[User, Project], StepState]


@dataclass(frozen=True, slots=True)
class WorkItem:
    """Something that waits for this person."""

    text: StrOrPromise
    url: str
    project: Project | None = None
    kind: StrOrPromise = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class SearchHit:
    text: str
    url: str
    kind: StrOrPromise
    detail: StrOrPromise = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A card on the project page: its template gets what `context` returns."""

    key: str
    order: int
    template: str
    context: Callable[[User, Project], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Insert:
    """A part that an upper floor adds to a page of a lower one, where it says `{% inserts "dataset" dataset %}`."""

    place: str
    key: str
    order: int
    template: str
    context: Callable[[User, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class NavItem:
    key: str
    order: int
    label: StrOrPromise
    url_name: str
    icon: str
    show: Callable[[User], bool]


@dataclass(frozen=True, slots=True)
class JobKind:
    name: str
    queue: str
    label: StrOrPromise
    max_attempts: int
    url: Callable[[Any], str] | None = None


_steps: Final[dict[str, Step]] = {}
_panels: Final[dict[str, Panel]] = {}
_inserts: Final[dict[tuple[str, str], Insert]] = {}
_nav: Final[dict[str, NavItem]] = {}
_kinds: Final[dict[str, JobKind]] = {}
_work: Final[dict[str, Callable[[User], Iterable[WorkItem]]]] = {}
_search: Final[dict[str, Callable[[User, str], Iterable[SearchHit]]]] = {}
_events: Final[dict[str, StrOrPromise]] = {}


def register_step(step: Step) -> None:
    _steps[step.key] = step


def register_panel(panel: Panel) -> None:
    _panels[panel.key] = panel


def register_insert(insert: Insert) -> None:
    _inserts[(insert.place, insert.key)] = insert


def register_nav(item: NavItem) -> None:
    _nav[item.key] = item


def register_job_kind(kind: JobKind) -> None:
    _kinds[kind.name] = kind


def register_work(key: str, provider: Callable[[User], Iterable[WorkItem]]) -> None:
    _work[key] = provider


def register_search(key: str, provider: Callable[[User, str], Iterable[SearchHit]]) -> None:
    _search[key] = provider


def register_events(events: type[StrEnum], labels: Mapping[str, StrOrPromise]) -> None:
    """Make an app's events known with the words a person reads; every member needs a label."""
    missing = [event for event in events if event not in labels]
    if missing:
        raise ValueError(f"events without a label: {missing}")
    _events.update({str(event): labels[event] for event in events})


def steps() -> list[Step]:
    return sorted(_steps.values(), key=lambda step: step.order)


def panels() -> list[Panel]:
    return sorted(_panels.values(), key=lambda panel: panel.order)


def inserts(place: str) -> list[Insert]:
    return sorted((i for i in _inserts.values() if i.place == place), key=lambda insert: insert.order)


def nav() -> list[NavItem]:
    return sorted(_nav.values(), key=lambda item: item.order)


def job_kind(name: str) -> JobKind:
    """Raises KeyError for a kind no app registered."""
    return _kinds[name]


def job_kinds() -> dict[str, JobKind]:
    return dict(_kinds)


def work_for(user: User) -> list[WorkItem]:
    items = [item for provider in _work.values() for item in provider(user)]
    return sorted(items, key=lambda item: (item.due is None, item.due or date.max))


def search(user: User, text: str) -> list[SearchHit]:
    return [hit for provider in _search.values() for hit in provider(user, text)]


def event_label(event: str) -> StrOrPromise:
    return _events.get(event, event)


def event_labels() -> dict[str, StrOrPromise]:
    return dict(_events)
