"""Starting an assessment, and freezing it when it is submitted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import permissions
from core.audit import change
from core.errors import Refused
from core.models import Project
from pia.events import Event
from pia.models import Answer, AnswerEvidence, AnswerRevision, AnswerSource, AnswerStatus, Assessment, FrameworkPack
from pia.packs import digest
from pia.selectors.frameworks import default_packs
from pia.selectors.snapshot import live_data
from pia.services.carried import begin_risks
from pia.workflow import State

if TYPE_CHECKING:
    from core.models import User


class DraftExists(Refused):
    """A project has one draft at a time; `extra["assessment"]` is its id."""

    code = "draft_exists"


class NoPacks(Refused):
    """No framework is loaded, so there is nothing to ask."""

    code = "no_packs"


def start_assessment(
    *,
    actor: User,
    project: Project,
    packs: Sequence[FrameworkPack] | None = None,
    based_on: Assessment | None = None,
) -> Assessment:
    """Open a draft with every question of its packs; answers come along from `based_on`, and organisation-wide
    ones from the team's other projects, marked as carried over.

    Raises PermissionDenied, DraftExists, NoPacks.
    """
    permissions.check_can_write(actor, project)
    with change(actor=actor, event=Event.ASSESSMENT_STARTED, project=project) as log:
        Project.objects.select_for_update().get(pk=project.pk)  # two at once: the second waits and finds the draft
        _check_no_draft(project)
        chosen = list(packs) if packs else default_packs(project)
        if not chosen:
            raise NoPacks(_("No framework is loaded yet. Run “manage.py load_packs” first."))
        last = Assessment.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0
        assessment = Assessment.objects.create(
            project=project,
            number=last + 1,
            based_on=based_on,
            created_by=actor,
            language=(get_language() or "en")[:8],
        )
        assessment.packs.set(chosen)
        _make_answers(assessment, chosen, based_on)
        begin_risks(assessment=assessment)
        log.about(assessment, number=assessment.number, packs=[f"{pack.key} {pack.version}" for pack in chosen])
    return assessment


def freeze(assessment: Assessment) -> None:
    """Bind the version: keep its canonical data and their SHA-256. Called inside the move that submits it."""
    assessment.frozen = live_data(assessment)
    assessment.version_sha256 = digest(assessment.frozen)
    assessment.save(update_fields=["frozen", "version_sha256", "updated_at"])


def _check_no_draft(project: Project) -> None:
    draft = Assessment.objects.filter(project=project, state=State.DRAFT).first()
    if draft is not None:
        raise DraftExists(
            _("Version %(number)s is still a draft. Finish or archive it first.") % {"number": draft.number},
            assessment=str(draft.pk),
        )


def _make_answers(assessment: Assessment, packs: Iterable[FrameworkPack], based_on: Assessment | None) -> None:
    earlier = _earlier(assessment, based_on)
    answers = []
    for row in packs:
        for item in row.pack.items:
            before = earlier.get((row.key, item.id))
            answers.append(
                _carried(assessment, row, before) if before else Answer(assessment=assessment, pack=row, item=item.id)
            )
    Answer.objects.bulk_create(answers)
    carried = [(answer, earlier[(answer.pack.key, answer.item)]) for answer in answers if answer.version]
    AnswerRevision.objects.bulk_create([_first_revision(answer) for answer, _before in carried])
    AnswerEvidence.objects.bulk_create(
        [_copy(row, answer) for answer, before in carried for row in before.evidence.all()]
    )


def _earlier(assessment: Assessment, based_on: Assessment | None) -> dict[tuple[str, str], Answer]:
    """What there is to carry over, by pack and item: all of the version it is based on, else what the team already
    answered for the whole organisation, the newest of each."""
    written = Answer.objects.filter(version__gt=0).with_pack().select_related("author").prefetch_related("evidence")
    if based_on is not None:
        return {(answer.pack.key, answer.item): answer for answer in written.filter(assessment=based_on)}
    shared = _organisation_items()
    inherited = (
        written.filter(assessment__project__team=assessment.project.team_id, item__in={item for _key, item in shared})
        .exclude(assessment__project=assessment.project_id)
        .exclude(status=AnswerStatus.UNANSWERED)
        .order_by("pack__key", "item", "-edited_at")
        .distinct("pack__key", "item")
    )
    return {(answer.pack.key, answer.item): answer for answer in inherited if (answer.pack.key, answer.item) in shared}


def _organisation_items() -> set[tuple[str, str]]:
    rows = FrameworkPack.objects.defer("content")
    return {(row.key, item.id) for row in rows for item in row.pack.items if item.scope == "organisation"}


def _carried(assessment: Assessment, pack: FrameworkPack, before: Answer) -> Answer:
    return Answer(
        assessment=assessment,
        pack=pack,
        item=before.item,
        text=before.text,
        status=before.status,
        grade=before.grade,
        source=AnswerSource.CARRIED_OVER,
        author=before.author,
        version=1,
        edited_at=before.edited_at,
    )


def _first_revision(answer: Answer) -> AnswerRevision:
    return AnswerRevision(
        answer=answer,
        version=answer.version,
        text=answer.text,
        status=answer.status,
        grade=answer.grade,
        source=answer.source,
        author=answer.author,
    )


def _copy(row: AnswerEvidence, answer: Answer) -> AnswerEvidence:
    kept = ("number", "kind", "key", "value", "reason", "sources", "grade", "label", "reference", "expires_on")
    return AnswerEvidence(answer=answer, cited_by=row.cited_by, **{name: getattr(row, name) for name in kept})
