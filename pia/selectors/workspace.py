"""The assessment's workspace: where the reader is, what is around it, and how far everything has got."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count

from core import permissions
from core.models import Membership, User
from pia import facts as gathered
from pia.frameworks.sections import CHAPTERS
from pia.models import AnswerStatus, Assessment, Comment, FrameworkPack, SectionAssignment
from pia.selectors.answers import Entry, entries
from pia.selectors.readiness import Readiness, readiness
from pia.wording import section_title

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

EDPB: Final = "edpb"


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-section, or a heading of a framework, with its questions."""

    id: str
    title: str
    entries: tuple[Entry, ...]
    assignee: User | None = None

    @property
    def total(self) -> int:
        return sum(entry.verdict.applies for entry in self.entries)

    @property
    def done(self) -> int:
        return sum(entry.verdict.applies and entry.answered for entry in self.entries)

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 100


@dataclass(frozen=True, slots=True)
class Chapter:
    """Parts under one heading."""

    id: str
    title: str
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts)

    @property
    def done(self) -> int:
        return sum(part.done for part in self.parts)

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 100

    @property
    def is_done(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything the three columns show."""

    assessment: Assessment
    view: str
    audience: str
    packs: tuple[FrameworkPack, ...]
    chapters: tuple[Chapter, ...]
    chapter: Chapter
    part: Part
    focus: Entry | None
    readiness: Readiness
    comments: tuple[Comment, ...]
    reusable: tuple[Entry, ...]

    @property
    def total(self) -> int:
        return sum(chapter.total for chapter in self.chapters)

    @property
    def done(self) -> int:
        return sum(chapter.done for chapter in self.chapters)

    @property
    def place(self) -> int:
        """The focused question's number among those of its part."""
        return next((n for n, entry in enumerate(self.part.entries, 1) if entry == self.focus), 1)

    @property
    def following(self) -> Entry | None:
        """The next unanswered question after the focused one, going round to the first."""
        everything = [entry for chapter in self.chapters for part in chapter.parts for entry in part.entries]
        start = everything.index(self.focus) + 1 if self.focus in everything else 0
        ordered = everything[start:] + everything[:start]
        return next((entry for entry in ordered if not entry.answered and entry != self.focus), None)


def assessments_for(user: User) -> QuerySet[Assessment]:
    found: QuerySet[Assessment] = Assessment.objects.for_user(user).select_related("created_by", "based_on")
    return found


def workspace(
    assessment: Assessment, *, view: str = EDPB, part: str = "", question: str = "", audience: str = "all"
) -> Workspace:
    """The workspace at a place: a question if one is named, else the part's first unanswered one."""
    everything = _everything(assessment)
    shown = [entry for entry in everything if audience != "engineer" or entry.item.audience == "engineer"]
    packs = tuple({entry.answer.pack.key: entry.answer.pack for entry in everything}.values())
    chapters = _chapters(assessment, view, packs, shown)
    chapter, place, focus = _place(chapters, part, question)
    return Workspace(
        assessment=assessment,
        view=view,
        audience=audience,
        packs=packs,
        chapters=chapters,
        chapter=chapter,
        part=place,
        focus=focus,
        readiness=readiness(assessment, everything),
        comments=tuple(focus.answer.comments.select_related("author")) if focus else (),
        reusable=tuple(_reusable(focus, everything)) if focus else (),
    )


def sections(assessment: Assessment, found: Iterable[Entry]) -> tuple[Chapter, ...]:
    """The EDPB template's chapters with their progress."""
    assignees = {
        row.section: row.assignee
        for row in SectionAssignment.objects.filter(assessment=assessment).select_related("assignee")
    }
    by_section: dict[str, list[Entry]] = {}
    for entry in found:
        by_section.setdefault(entry.item.section, []).append(entry)
    return tuple(
        Chapter(
            chapter,
            section_title(chapter),
            tuple(
                Part(number, section_title(number), tuple(by_section.get(number, ())), assignees.get(number))
                for number in parts
                if number in by_section
            ),
        )
        for chapter, parts in CHAPTERS.items()
    )


def people_who_answer(assessment: Assessment) -> list[User]:
    """Members of the team who may write answers, by name."""
    team = assessment.project.team_id
    members = Membership.objects.filter(team__in=[team]).select_related("user") | Membership.objects.filter(
        team=None
    ).select_related("user")
    people = {row.user for row in members if row.user.is_active and permissions.can_write(row.user, assessment.project)}
    return sorted(people, key=str)


def _everything(assessment: Assessment) -> list[Entry]:
    counts: dict[UUID, int] = dict(
        Comment.objects.filter(assessment=assessment, answer__isnull=False)
        .order_by()
        .values_list("answer")
        .annotate(n=Count("id"))
        .values_list("answer", "n")
    )
    return entries(assessment, gathered.facts_of(assessment), counts)


def _chapters(
    assessment: Assessment, view: str, packs: Sequence[FrameworkPack], shown: Sequence[Entry]
) -> tuple[Chapter, ...]:
    pack = next((pack for pack in packs if pack.key == view), None)
    if pack is None:
        return tuple(chapter for chapter in sections(assessment, shown) if chapter.parts)
    by_group: dict[str, list[Entry]] = {}
    order = {item.id: n for n, item in enumerate(pack.pack.items)}
    for entry in sorted((e for e in shown if e.answer.pack == pack), key=lambda e: order[e.item.id]):
        by_group.setdefault(entry.item.group, []).append(entry)
    return _framework_chapters(pack, by_group)


def _framework_chapters(pack: FrameworkPack, by_group: Mapping[str, Sequence[Entry]]) -> tuple[Chapter, ...]:
    groups = pack.pack.groups
    found = []
    for top in (group for group in groups if not group.parent):
        below = [group for group in groups if group.id == top.id or group.parent == top.id]
        parts = tuple(Part(g.id, g.title, tuple(by_group[g.id])) for g in below if g.id in by_group)
        if parts:
            found.append(Chapter(top.id, top.title, parts))
    return tuple(found)


def _place(chapters: Sequence[Chapter], part: str, question: str) -> tuple[Chapter, Part, Entry | None]:
    """Where to stand: at the question, at the part, or at the first part with something left to do."""
    spots = [(chapter, place) for chapter in chapters for place in chapter.parts]
    for chapter, place in spots:
        for entry in place.entries:
            if question and entry.key == question:
                return chapter, place, entry
    if not spots:
        empty = Part("", "", ())
        return Chapter("", "", (empty,)), empty, None
    named = [spot for spot in spots if part and spot[1].id == part]
    unfinished = [spot for spot in spots if spot[1].done < spot[1].total]
    chapter, place = (named or unfinished or spots)[0]
    waiting = [entry for entry in place.entries if not entry.answered]
    return chapter, place, (waiting or list(place.entries))[0]


def _reusable(focus: Entry, everything: Iterable[Entry]) -> Iterable[Entry]:
    """Questions that a crosswalk, read either way, says the same answer serves, and that have one."""
    for other in everything:
        linked = other.key in focus.item.crosswalk or focus.key in other.item.crosswalk
        if linked and other.answer.text.strip() and other.answer.status != AnswerStatus.UNANSWERED:
            yield other
