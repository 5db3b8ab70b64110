"""Facts the register of AI projects holds. What nobody has said yet is left out: unknown is never taken for no."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from core.choices import PeopleCategory
from core.models import ErasureMeans, Known, LawfulBasis, Oversight, RecipientKind, Regime, Sector, TransferTool
from core.types import Fact, FactValue, Grade, Reason, Source
from pia.screening.jurisdictions import EEA, UK

if TYPE_CHECKING:
    from core.models import DataCopy, Project, Purpose, Recipient

CHILDREN: Final = ("child", "minor", "pupil", "teen", "kind", "enfant", "élève", "schüler", "niñ", "menor")
EMPLOYEES: Final = (
    "employee",
    "worker",
    "staff",
    "applicant",
    "contractor",
    "mitarbeit",
    "beschäftigt",
    "salarié",
    "emplead",
)
#: Tools that stand on an assessment of the law and practice over there.
NEED_ASSESSMENT: Final = frozenset({TransferTool.SCC, TransferTool.BCR})
WITHOUT_TOOL: Final = frozenset({TransferTool.NONE, TransferTool.NOT_NEEDED})


def register_facts(project: Project) -> list[Fact]:
    """Every fact of the register, from the project and its purposes, recipients and copies."""
    purposes, recipients, copies = (
        list(project.purposes.all()),
        list(project.recipients.all()),
        list(project.copies.all()),
    )
    values = {
        **_project(project),
        **dict(_people(project)),
        **dict(_decisions(project)),
        **dict(_purposes(purposes)),
        **dict(_recipients(project, recipients)),
        **dict(_copies(copies)),
    }
    at = project.updated_at.isoformat(timespec="seconds")
    source = Source(kind="register", ref=str(project.pk), label=project.name, at=at)
    return [
        Fact(key=key, value=value, grade=Grade.ASSERTED, reason=Reason(f"register.{key}"), sources=(source,))
        for key, value in values.items()
    ]


def _project(project: Project) -> dict[str, FactValue]:
    texts = {
        "project.phase": project.phase,
        "project.ai_kind": project.ai_kind,
        "project.training": project.training,
        "project.our_role": project.our_role,
        "project.regime": project.regime,
        "project.sector": project.sector,
    }
    flags = {
        "source.direct": project.collected_directly,
        "source.scraped": project.scraped,
        "interface.public": project.public_interface,
        "training.existing_data": project.existing_data,
    }
    found: dict[str, FactValue] = {key: value for key, value in texts.items() if value}
    found |= {key: value == Known.YES for key, value in flags.items() if value != Known.UNKNOWN}
    found["special.condition"] = project.special_condition.strip()
    found["model.personal_data"] = project.model_personal_data
    if project.jurisdictions:
        found["project.jurisdictions"] = tuple(map(str, project.jurisdictions))
    if project.existing_data == Known.YES:
        found["compatibility.assessed"] = bool(project.compatibility.strip())
    return found


def _people(project: Project) -> Iterator[tuple[str, FactValue]]:
    categories = tuple(map(str, project.people_categories))
    named = " ".join((*categories, *map(str, project.vulnerable_groups))).lower()
    if project.people_count is not None:
        yield "people.count", project.people_count
    if categories:
        yield "people.categories", categories
    if project.vulnerable != Known.UNKNOWN:
        yield "people.vulnerable", project.vulnerable == Known.YES
    if project.sector == Sector.CHILDREN or any(word in named for word in CHILDREN):
        yield "people.children", True
    elif categories and project.vulnerable == Known.NO and PeopleCategory.STUDENTS not in categories:
        yield "people.children", False
    if project.sector == Sector.EMPLOYMENT or any(word in named for word in EMPLOYEES):
        yield "people.employees", True
    elif categories:
        yield "people.employees", False


def _decisions(project: Project) -> Iterator[tuple[str, FactValue]]:
    if project.significant_decision != Known.UNKNOWN:
        yield "decision.significant", project.significant_decision == Known.YES
    if project.oversight != Oversight.UNKNOWN:
        yield "decision.automated", project.oversight in (Oversight.NONE, Oversight.HUMAN_ON_REQUEST)
        yield "decision.oversight", project.oversight != Oversight.NONE


def _purposes(purposes: list[Purpose]) -> Iterator[tuple[str, FactValue]]:
    named = [purpose for purpose in purposes if purpose.basis != LawfulBasis.UNKNOWN]
    yield "purposes.count", len(purposes)
    if not purposes:
        return
    yield "purposes.without_basis", len(purposes) - len(named)
    for key, basis in (
        ("basis.consent", LawfulBasis.CONSENT),
        ("basis.legitimate_interest", LawfulBasis.LEGITIMATE_INTERESTS),
    ):
        if any(purpose.basis == basis for purpose in named):
            yield key, True
        elif len(named) == len(purposes):
            yield key, False
    interests = [purpose for purpose in named if purpose.basis == LawfulBasis.LEGITIMATE_INTERESTS]
    consents = [purpose for purpose in named if purpose.basis == LawfulBasis.CONSENT]
    yield "basis.balancing_missing", sum(not purpose.balancing.strip() for purpose in interests)
    yield "basis.consent_record_missing", sum(not purpose.consent_record.strip() for purpose in consents)


def _recipients(project: Project, recipients: list[Recipient]) -> Iterator[tuple[str, FactValue]]:
    if not recipients:
        return  # an empty list may just not have been filled in
    home = UK if project.regime == Regime.UK_GDPR else EEA
    abroad = [one for one in recipients if one.country and one.country.upper() not in home]
    kinds = [one.kind for one in recipients]
    yield "recipients.count", len(recipients)
    yield "recipients.processors", sum(kind in (RecipientKind.PROCESSOR, RecipientKind.SUB_PROCESSOR) for kind in kinds)
    yield "recipients.joint", kinds.count(RecipientKind.JOINT)
    if abroad or all(one.country for one in recipients):
        yield "recipients.third_countries", tuple(sorted({one.country.upper() for one in abroad}))
        yield "transfers", bool(abroad)
        yield "transfers.without_tool", sum(one.transfer_tool in WITHOUT_TOOL for one in abroad)
        yield "transfers.without_assessment", sum(_lacks_assessment(one) for one in abroad)


def _lacks_assessment(recipient: Recipient) -> bool:
    needed = recipient.transfer_tool in NEED_ASSESSMENT or recipient.transfer_tool in WITHOUT_TOOL
    return needed and not recipient.transfer_assessed


def _copies(copies: list[DataCopy]) -> Iterator[tuple[str, FactValue]]:
    if not copies:
        return
    yield "copies.count", len(copies)
    yield "copies.without_retention", sum(copy.retention_days is None for copy in copies)
    yield "copies.excess", sum(_too_long(copy) for copy in copies)
    yield "copies.without_erasure", sum(copy.erasure == ErasureMeans.UNKNOWN for copy in copies)


def _too_long(copy: DataCopy) -> bool:
    kept, needed = copy.retention_days, copy.justified_days
    return kept is not None and needed is not None and kept > needed
