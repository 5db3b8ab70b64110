"""The words for what the risk engine concludes: kinds, threats, controls, measures and every reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from pia.risk.measures import MeasureKind
from pia.risk.values import ControlKind, Family, Kind, Threat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

LEVELS: Final[dict[int, StrOrPromise]] = {
    0: _("none"),
    1: _("Negligible"),
    2: _("Limited"),
    3: _("Significant"),
    4: _("Maximum"),
}

FAMILIES: Final[dict[str, StrOrPromise]] = {
    Family.EVENT: _("Accidental or unlawful event"),
    Family.DESIGN: _("From the design"),
    Family.AI: _("From the model"),
}

KINDS: Final[dict[str, StrOrPromise]] = {
    Kind.ACCESS: _("Personal data is seen by somebody who must not see it"),
    Kind.MODIFICATION: _("Personal data is changed, and acted on while wrong"),
    Kind.DISAPPEARANCE: _("Personal data is lost when people depend on it"),
    Kind.UNFAIR_DECISION: _("People are treated unfairly, or can't see why"),
    Kind.FUNCTION_CREEP: _("Data is used for something people did not expect"),
    Kind.EXCESSIVE_RETENTION: _("Data is kept longer than it is needed"),
    Kind.UNLAWFUL_TRANSFER: _("Data leaves for a country without equal protection"),
    Kind.MEMORISATION: _("The model memorises people's words and gives them away"),
    Kind.MEMBERSHIP: _("Somebody finds out who was in the training data"),
    Kind.INVERSION: _("Somebody rebuilds a person's data from the model's answers"),
    Kind.EXTRACTION: _("Somebody copies the model, and with it what it learned"),
    Kind.POISONING: _("Somebody plants training data that turns the model on people"),
    Kind.LEAKAGE: _("Prompts or answers show one person's data to another"),
    Kind.OWN: _("Own scenario"),
}

SHORT_KINDS: Final[dict[str, StrOrPromise]] = {
    Kind.ACCESS: _("Illegitimate access"),
    Kind.MODIFICATION: _("Unwanted modification"),
    Kind.DISAPPEARANCE: _("Disappearance"),
    Kind.UNFAIR_DECISION: _("Unfair or opaque decision"),
    Kind.FUNCTION_CREEP: _("Function creep"),
    Kind.EXCESSIVE_RETENTION: _("Excessive retention"),
    Kind.UNLAWFUL_TRANSFER: _("Unlawful transfer"),
    Kind.MEMORISATION: _("Memorisation"),
    Kind.MEMBERSHIP: _("Membership inference"),
    Kind.INVERSION: _("Model inversion"),
    Kind.EXTRACTION: _("Model extraction"),
    Kind.POISONING: _("Data poisoning"),
    Kind.LEAKAGE: _("Prompt or output leakage"),
    Kind.OWN: _("Own scenario"),
}

THREATS: Final[dict[str, StrOrPromise]] = {
    Threat.ACCIDENT: _("an accident"),
    Threat.LIMITED_INSIDER: _("an insider with few rights"),
    Threat.PRIVILEGED_INSIDER: _("a privileged insider"),
    Threat.PROCESSOR: _("a processor"),
    Threat.OUTSIDER: _("an outsider"),
    Threat.PUBLIC_API: _("anyone who can call the public interface"),
    Threat.FOREIGN_STATE: _("a foreign state"),
    Threat.DESIGN: _("our own design"),
}

CONTROLS: Final[dict[str, StrOrPromise]] = {
    ControlKind.ACCESS_CONTROL: _("Access control"),
    ControlKind.LOGGING: _("Access logging"),
    ControlKind.ENCRYPTION: _("Encryption"),
    ControlKind.CONFIDENTIAL_COMPUTING: _("Homomorphic encryption or multi-party computation"),
    ControlKind.BACKUP: _("Backups, restored in a test"),
    ControlKind.VERSIONING: _("Versioning and integrity checks"),
    ControlKind.DELETION: _("Deletion process"),
    ControlKind.HUMAN_CHECK: _("Human check"),
    ControlKind.RED_TEAM: _("Red-team exercise"),
    ControlKind.MONITORING: _("Monitoring of queries and outputs"),
    ControlKind.PSEUDONYMISATION: _("Pseudonymisation"),
    ControlKind.ANONYMISATION: _("Anonymisation"),
    ControlKind.MINIMISATION: _("Minimisation"),
    ControlKind.SHORTER_RETENTION: _("Retention as justified"),
    ControlKind.SIGN_IN: _("Sign-in before the model"),
    ControlKind.TRANSFER_SAFEGUARD: _("Transfer tool with assessment"),
    ControlKind.FEDERATION: _("Federated learning"),
    ControlKind.DIFFERENTIAL_PRIVACY: _("Differentially private training"),
    ControlKind.ATTACK_TEST: _("Membership attack test"),
    ControlKind.ERROR_RATE: _("Measured error or override rate within its limit"),
    ControlKind.CONTESTABILITY: _("People can contest, and do"),
    ControlKind.PURPOSE_ENFORCED: _("Purpose enforced by technology"),
    ControlKind.DESIGNED_OUT: _("Designed out"),
}

MEASURES: Final[dict[str, StrOrPromise]] = {
    MeasureKind.PSEUDONYMISE: _("Pseudonymise before training"),
    MeasureKind.MINIMISE: _("Leave out the fields that make it sensitive"),
    MeasureKind.AGGREGATE: _("Keep aggregates instead of records"),
    MeasureKind.SYNTHESISE: _("Train on synthetic data that passes an attack test"),
    MeasureKind.ENCRYPT: _("Encrypt, with the key out of the host's reach"),
    MeasureKind.RESTRICT: _("Restrict access: sign-in, roles, purpose limits"),
    MeasureKind.SHORTEN_RETENTION: _("Delete as soon as it is no longer needed"),
    MeasureKind.DP_TRAINING: _("Train with differential privacy"),
    MeasureKind.FEDERATE: _("Train where the data is (federated)"),
    MeasureKind.HE_MPC: _("Compute on encrypted or shared data (HE, MPC)"),
    MeasureKind.CONTRACT: _("Contract, transfer tool and transfer assessment"),
    MeasureKind.HUMAN_REVIEW: _("Human review that people can ask for"),
    MeasureKind.RED_TEAM: _("Red-team the system and mend what it finds"),
    MeasureKind.MONITOR: _("Monitor errors, overrides and odd queries"),
}

#: What must be so for the measure to lower the level; shown under its name.
CONDITIONS: Final[dict[str, StrOrPromise]] = {
    MeasureKind.PSEUDONYMISE: _("severity −1 once the key is out of reach, k ≥ 11, l ≥ 2 and free text is screened"),
    MeasureKind.MINIMISE: _("severity falls once the data map no longer shows those fields"),
    MeasureKind.AGGREGATE: _("severity −1 once no cell is smaller than 11"),
    MeasureKind.SYNTHESISE: _("vulnerability −1 once the attack's upper bound is at most 2 %% at 1 %% false positives"),
    MeasureKind.ENCRYPT: _("vulnerability −1, except against whoever holds the key"),
    MeasureKind.RESTRICT: _("vulnerability −1; a public interface becomes an insider's; creep −1"),
    MeasureKind.SHORTEN_RETENTION: _("closes excessive retention; tested deletion gives vulnerability −1"),
    MeasureKind.DP_TRAINING: _("vulnerability −1 at a total ε of at most 1.09 per person, −2 at most 0.2"),
    MeasureKind.FEDERATE: _("processors and hosts see updates, not records"),
    MeasureKind.HE_MPC: _("nobody else holds the key, hosts and states included"),
    MeasureKind.CONTRACT: _("closes the unlawful transfer; a foreign state weighs 3 instead of 4"),
    MeasureKind.HUMAN_REVIEW: _("vulnerability −1 once tested; unfair decisions −1 once people use it"),
    MeasureKind.RED_TEAM: _("vulnerability −1 once done and mended"),
    MeasureKind.MONITOR: _("vulnerability −1 once tested; unfair decisions −1 within the error limit"),
}

REASONS: Final[dict[str, StrOrPromise]] = {
    # why a scenario is on the list
    "scenario.held": _("Personal data is held and can be reached from outside."),
    "scenario.insiders": _("People inside have to reach the data to do their work."),
    "scenario.processors": _("Processors handle the data: %(recipients_processors)s."),
    "scenario.bare_transfer": _("Data goes to %(recipients_third_countries)s without a transfer assessment."),
    "scenario.written_to": _("Records are written to and relied on."),
    "scenario.depended_on": _("Records are stored, and could be lost."),
    "scenario.affects_people": _("The model's output bears on people."),
    "scenario.other_purposes": _("The data was collected for something else, or serves several purposes."),
    "scenario.kept_long": _("A copy is kept longer than justified, or has no retention at all."),
    "scenario.abroad": _("Data goes to %(recipients_third_countries)s."),
    "scenario.trained_public": _("A model trained on personal data answers the public."),
    "scenario.trained_inside": _("A model is trained on personal data; its users can question it."),
    "scenario.copied_public": _("The model answers the public, so its behaviour can be copied query by query."),
    "scenario.fed_from_outside": _("Training data is gathered from sources anybody can write to."),
    "scenario.fed_from_inside": _("People inside can write to what the model is trained on."),
    "scenario.generates_public": _("A generative model answers the public."),
    "scenario.generates_inside": _("A generative model answers users about other people's data."),
    "scenario.flows": _("It runs along flows of the data map: %(count)s."),
    "scenario.not_known": _("Some of the facts behind this are not known yet, so it stays on the list."),
    "scenario.not_seen": _("Nothing in the register or the data map speaks for it."),
    "scenario.no_personal_data": _("No personal data was found, and the model is not personal data."),
    # severity
    "severity.ordinary": _("ordinary personal data"),
    "severity.unknown": _("no schema or scan yet: ordinary data is assumed"),
    "severity.minimised": _("the sensitive fields are left out"),
    "severity.special": _("special categories of data"),
    "severity.criminal": _("data on criminal convictions or offences"),
    "severity.financial": _("financial data"),
    "severity.location": _("precise location"),
    "severity.children": _("children's data"),
    "severity.significant": _("a decision with a legal or similarly significant effect"),
    "severity.irreversible": _("liberty, safety or irreversible harm is at stake"),
    "severity.vulnerable": _("vulnerable people are the main group and the decision is significant"),
    "severity.pseudonymised": _("pseudonymised, key out of reach, k = %(k)s, l = %(l)s, no unscreened free text"),
    # likelihood
    "vulnerability.start": _("vulnerability starts at 4"),
    "vulnerability.floor": _("vulnerability is never below 1"),
    "group.access": _("access control and logging"),
    "group.encryption": _("encryption, key out of this source's reach"),
    "group.process": _("tested process"),
    "encryption.reader": _("encryption does not count: this source holds or can compel the key"),
    "retention.exceeds": _("data is kept longer than justified"),
    "dp.credit": _("DP training ε = %(epsilon)s, δ = %(delta)s: best membership advantage %(advantage).2f"),
    "dp.no_credit": _("DP training ε = %(epsilon)s promises too little: membership advantage up to %(advantage).2f"),
    "dp.incomplete": _("DP training earns nothing while it is not said: %(missing)s"),
    "attack.credit": _("attack test: at most %(upper)s of members found at 1 %% false positives"),
    "attack.no_credit": _("attack test finds up to %(upper)s of members at 1 %% false positives"),
    "capability.accident": _("capability: an accident"),
    "capability.limited_insider": _("capability: an insider with few rights"),
    "capability.privileged_insider": _("capability: a privileged insider"),
    "capability.processor": _("capability: a processor"),
    "capability.outsider": _("capability: an outsider"),
    "capability.public_api": _("capability: anyone can call the public interface"),
    "capability.foreign_state": _("capability: a foreign state, no adequacy and no transfer assessment"),
    "capability.design": _("capability: none, it is our own design"),
    "weakened.sign_in": _("sign-in leaves known users only"),
    "weakened.transfer_safeguard": _("transfer tool and assessment in place"),
    "weakened.federation": _("only model updates leave the site"),
    "likelihood.banded": _("%(vulnerability)s + %(capability)s = %(sum)s → %(value)s"),
    "design.start": _("a design risk starts at 4"),
    "design.value": _("likelihood %(value)s"),
    "safeguard.error_rate": _("error or override rate measured, within its limit"),
    "safeguard.contestability": _("people can contest it, and do"),
    "safeguard.purpose_enforced": _("the purpose is enforced by technology"),
    # level
    "level.high": _("High: severity %(severity)s and likelihood %(likelihood)s"),
    "level.medium": _("Medium: severity %(severity)s and likelihood %(likelihood)s"),
    "level.low": _("Low: severity %(severity)s and likelihood %(likelihood)s"),
    "closed.anonymisation": _("Closed: the data is proven anonymous"),
    "closed.designed_out": _("Closed: designed out"),
    "closed.shorter_retention": _("Closed: kept no longer than justified"),
    "closed.transfer_safeguard": _("Closed: transfer tool and assessment in place"),
    # why an approval went stale
    "stale.schema": _("A schema brought new personal data: %(fields)s."),
    "stale.flow": _("The data map changed after the decision."),
    "stale.project": _("The register changed: %(fields)s."),
    "stale.measure": _("A condition is overdue: %(measure)s."),
    "stale.review": _("The review was due on %(due)s."),
}

_MISSING: Final[dict[str, StrOrPromise]] = {
    "person_level": _("that the unit is a person"),
    "adjacency": _("which neighbouring data sets are meant"),
    "total": _("that ε is the total over all releases and tuning"),
    "people": _("how many people there are"),
    "delta": _("a δ below 1/n"),
}
#: What a sentence says where the engine had no value for a name in it.
_UNKNOWN: Final = _("unknown")


class _Params(dict[str, Any]):
    def __missing__(self, key: str) -> Any:
        return _UNKNOWN


def say(code: str, params: Mapping[str, Any]) -> str:
    """A reason in words. Raises KeyError for a code nobody worded."""
    words = _Params(params)
    if "missing" in words:
        words["missing"] = _MISSING.get(words["missing"], words["missing"])
    if "upper" in words:
        words["upper"] = f"{100 * words['upper']:.1f} %"
    if "epsilon" in words:
        words["epsilon"] = f"{words['epsilon']:g}"
    if "delta" in words:
        words["delta"] = f"{words['delta']:g}"
    return str(REASONS[code]) % words


def sign(params: Mapping[str, Any]) -> str:
    """The number in front of a step: "4" to start from, "−1", "+1", or nothing."""
    if "start" in params:
        return str(params["start"])
    if "by" in params:
        by = int(params["by"])
        return f"−{-by}" if by < 0 else f"+{by}" if by else "0"
    return ""


def title_of(kind: str, threat: str) -> str:
    """What a generated scenario is called."""
    if kind in (Kind.UNFAIR_DECISION, Kind.FUNCTION_CREEP, Kind.EXCESSIVE_RETENTION, Kind.UNLAWFUL_TRANSFER):
        return str(KINDS[kind])
    return str(_("%(what)s: %(who)s")) % {"what": SHORT_KINDS[kind], "who": THREATS[threat]}


def family_of(kind: str) -> StrOrPromise:
    """Event, design or model, in words."""
    return FAMILIES[Kind(kind).family]


def condition_of(measure: str) -> str:
    """What has to be so for a measure of the catalogue to count."""
    return str(CONDITIONS.get(measure, "")).replace("%%", "%")
