"""The vocabulary of risk: what can happen, through whom, how bad, how likely, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from core.types import Grade, Reason


class Family(StrEnum):
    """Where a risk comes from: an accidental or unlawful event, the design itself, or the model."""

    EVENT = "event"
    DESIGN = "design"
    AI = "ai"


class Kind(StrEnum):
    """What happens to people's data or to people."""

    ACCESS = "access"
    MODIFICATION = "modification"
    DISAPPEARANCE = "disappearance"
    UNFAIR_DECISION = "unfair_decision"
    FUNCTION_CREEP = "function_creep"
    EXCESSIVE_RETENTION = "excessive_retention"
    UNLAWFUL_TRANSFER = "unlawful_transfer"
    MEMORISATION = "memorisation"
    MEMBERSHIP = "membership_inference"
    INVERSION = "model_inversion"
    EXTRACTION = "model_extraction"
    POISONING = "data_poisoning"
    LEAKAGE = "leakage"
    OWN = "own"  # written by a person; only what they state is known about it

    @property
    def family(self) -> Family:
        if self in DESIGN_KINDS:
            return Family.DESIGN
        return Family.AI if self in AI_KINDS else Family.EVENT


DESIGN_KINDS = frozenset({Kind.UNFAIR_DECISION, Kind.FUNCTION_CREEP, Kind.EXCESSIVE_RETENTION, Kind.UNLAWFUL_TRANSFER})
AI_KINDS = frozenset(
    {Kind.MEMORISATION, Kind.MEMBERSHIP, Kind.INVERSION, Kind.EXTRACTION, Kind.POISONING, Kind.LEAKAGE}
)


class Threat(StrEnum):
    """Who or what brings a scenario about."""

    ACCIDENT = "accident"
    LIMITED_INSIDER = "limited_insider"
    PRIVILEGED_INSIDER = "privileged_insider"
    PROCESSOR = "processor"
    OUTSIDER = "outsider"
    PUBLIC_API = "public_api"
    FOREIGN_STATE = "foreign_state"
    DESIGN = "design"  # the organisation's own choice; has no capability

    @property
    def capability(self) -> int:
        """2 to 4; the design itself has none and is rated another way."""
        return {Threat.ACCIDENT: 2, Threat.LIMITED_INSIDER: 2, Threat.FOREIGN_STATE: 4}.get(self, 3)


class ControlKind(StrEnum):
    """What an organisation has in place, or commits to."""

    ACCESS_CONTROL = "access_control"
    LOGGING = "logging"
    ENCRYPTION = "encryption"
    CONFIDENTIAL_COMPUTING = "confidential_computing"  # HE or MPC: nobody else can decrypt
    BACKUP = "backup"
    VERSIONING = "versioning"
    DELETION = "deletion"
    HUMAN_CHECK = "human_check"
    RED_TEAM = "red_team"
    MONITORING = "monitoring"
    PSEUDONYMISATION = "pseudonymisation"
    ANONYMISATION = "anonymisation"
    MINIMISATION = "minimisation"
    SHORTER_RETENTION = "shorter_retention"
    SIGN_IN = "sign_in"
    TRANSFER_SAFEGUARD = "transfer_safeguard"
    FEDERATION = "federation"
    DIFFERENTIAL_PRIVACY = "differential_privacy"
    ATTACK_TEST = "attack_test"
    ERROR_RATE = "error_rate"
    CONTESTABILITY = "contestability"
    PURPOSE_ENFORCED = "purpose_enforced"
    DESIGNED_OUT = "designed_out"


class Standing(StrEnum):
    """Whether a control exists or is promised (with an owner and a date before go-live)."""

    IN_PLACE = "in_place"
    COMMITTED = "committed"


@dataclass(frozen=True, slots=True)
class PrivacyLoss:
    """What is claimed about differentially private training. Credit needs every part of it."""

    epsilon: float
    delta: float
    person_level: bool = False
    adjacency: str = ""
    total: bool = False  # over all releases and tuning runs


@dataclass(frozen=True, slots=True)
class Indistinctness:
    """What pseudonymised records still tell a source: k and l on the columns that source can know."""

    k: int | None = None
    diversity: int | None = None  # l, on the columns k was measured on
    free_text_screened: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """One control, with the evidence grade that decides whether it counts.

    `readers`: threats that hold, or can compel, the key of an encryption or pseudonymisation.
    `only`: kinds of scenario a person tied it to; empty means all that it can act on.
    `drops`: data traits a minimisation takes away (special, financial, location, children).
    """

    kind: ControlKind
    grade: Grade = Grade.ASSERTED
    standing: Standing = Standing.IN_PLACE
    ref: str = ""
    label: str = ""
    readers: frozenset[Threat] = frozenset()
    only: frozenset[str] = frozenset()
    drops: frozenset[str] = frozenset()
    loss: PrivacyLoss | None = None
    indistinctness: Indistinctness | None = None
    tpr_upper: float | None = None  # upper 95 % bound of the true-positive rate at 1 % false positives

    @property
    def counts_now(self) -> bool:
        """In place, with evidence of document grade or better."""
        return self.standing is Standing.IN_PLACE and self.grade.rank >= Grade.DOCUMENTED.rank

    @property
    def committed(self) -> bool:
        return self.standing is Standing.COMMITTED


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known about the processing as far as levels depend on it. None is unknown."""

    people: int | None = None
    data_known: bool = False
    special: bool = False
    criminal: bool = False
    financial: bool = False
    location: bool = False
    children: bool = False
    significant: bool = False
    irreversible: bool = False  # irreversible harm, liberty or safety at stake
    vulnerable: bool = False  # vulnerable people are the main group
    retention_exceeds: bool = False
    k: int | None = None
    diversity: int | None = None  # l, on the columns k was measured on
    free_text: bool | None = None  # free text that nobody has screened


@dataclass(frozen=True, slots=True)
class Scenario:
    """One thing that can happen, through one threat, with the reasons it is on the list."""

    key: str
    kind: Kind
    threat: Threat
    because: tuple[Reason, ...] = ()
    facts: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """1 negligible, 2 limited, 3 significant, 4 maximum; and every step that led to it."""

    value: int
    because: tuple[Reason, ...] = ()


class Band(StrEnum):
    """How serious a risk is as a whole."""

    CLOSED = "closed"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        return list(Band).index(self)


def worst(bands: Iterable[Band]) -> Band:
    """The headline: the worst, never an average. Nothing at all is closed."""
    return max(bands, key=lambda band: band.rank, default=Band.CLOSED)


@dataclass(frozen=True, slots=True)
class Rating:
    """Severity, likelihood and band of one scenario under one set of controls."""

    severity: Level
    likelihood: Level
    band: Band
    because: tuple[Reason, ...] = ()

    @property
    def needs_reason(self) -> bool:
        """(4,1): maximum harm held to medium by likelihood alone must be argued in writing."""
        return self.band is not Band.CLOSED and (self.severity.value, self.likelihood.value) == (4, 1)

    @property
    def points(self) -> int:
        """Severity plus likelihood; orders ratings within a band."""
        return 0 if self.band is Band.CLOSED else self.severity.value + self.likelihood.value


@dataclass(frozen=True, slots=True)
class Rated:
    """A scenario with its three ratings."""

    scenario: Scenario
    inherent: Rating
    current: Rating
    residual: Rating


@dataclass(frozen=True, slots=True)
class Flow:
    """An edge of the data map as risk reads it. Element kinds: subject, process, model, store, recipient."""

    ref: str
    label: str
    origin: str
    target: str
    encrypted: bool | None = None
    crosses_organisation: bool = False
    crosses_country: bool = False
    stages: frozenset[str] = field(default_factory=frozenset)
