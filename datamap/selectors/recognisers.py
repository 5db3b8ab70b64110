"""What a team taught its scanner: for its page, and for its scans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamap.models import TeamColumn, TeamRecogniser, TeamWord, WordList
from datamap.scanner.kinds import KINDS, Kind
from datamap.scanner.options import Options, Recogniser

if TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet

    from core.models import Team, User
    from datamap.models import Dataset


def recognisers_for(user: User, team: Team) -> QuerySet[TeamRecogniser]:
    found: QuerySet[TeamRecogniser] = (
        TeamRecogniser.objects.for_user(user).filter(team=team).select_related("team", "updated_by")
    )
    return found


def words_for(user: User, team: Team) -> QuerySet[TeamWord]:
    found: QuerySet[TeamWord] = TeamWord.objects.for_user(user).filter(team=team).select_related("team", "created_by")
    return found


def columns_for(user: User, team: Team) -> QuerySet[TeamColumn]:
    """What the team's people decided about columns, newest first."""
    found: QuerySet[TeamColumn] = (
        TeamColumn.objects.for_user(user).filter(team=team).select_related("team", "project", "decided_by")
    )
    return found


def entities_of(team: Team) -> dict[str, Kind]:
    """Entities that a word may be: those Candor knows of people, and the team's own."""
    own = {it.entity: Kind(it.identifying, it.category) for it in enabled_in(team.pk)}
    return {entity: kind for entity, kind in sorted((KINDS | own).items()) if kind.identifying != "none"}


def enabled_in(team_id: uuid.UUID, *, but: uuid.UUID | None = None) -> tuple[Recogniser, ...]:
    """The recognisers that a team's scans use, by name; `but` leaves one out."""
    rows = TeamRecogniser.objects.filter(team_id=team_id, enabled=True).exclude(pk=but)
    return tuple(row.as_recogniser() for row in rows)


def scan_options(dataset: Dataset) -> Options:
    """What a scan of this sample is told: its language, and all that its team taught."""
    team_id = dataset.project.team_id
    own = enabled_in(team_id)
    return Options(
        language=dataset.language, recognisers=own + word_recognisers(team_id, own), allow=allowed_in(team_id)
    )


def allowed_in(team_id: uuid.UUID) -> frozenset[str]:
    """Texts that name nobody, by this team's word."""
    return frozenset(TeamWord.objects.filter(team_id=team_id, list=WordList.ALLOW).values_list("text", flat=True))


def word_recognisers(team_id: uuid.UUID, own: tuple[Recogniser, ...]) -> tuple[Recogniser, ...]:
    """The words that are always found, as one recogniser for each entity."""
    lists: dict[str, list[str]] = {}
    for text, entity in TeamWord.objects.filter(team_id=team_id, list=WordList.DENY).values_list("text", "entity"):
        lists.setdefault(entity, []).append(text)
    kinds = KINDS | {it.entity: Kind(it.identifying, it.category) for it in own}
    return tuple(
        Recogniser(
            f"Words: {entity}", entity, kinds[entity].category, kinds[entity].identifying, deny_list=tuple(words)
        )
        for entity, words in sorted(lists.items())
        if entity in kinds  # else its recogniser was deleted or rests, and nobody knows what the entity means
    )
