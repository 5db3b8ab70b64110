"""The register of AI projects (ASSESSMENT: what is assessed)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import connection, models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models.people import Team, User

if TYPE_CHECKING:
    from django.db.models import Q


class Phase(models.TextChoices):
    IDEA = "idea", _("Idea")
    DESIGN = "design", _("Design")
    DEVELOPMENT = "development", _("Development")
    VALIDATION = "validation", _("Validation")
    PRODUCTION = "production", _("Production")
    RETIRED = "retired", _("Retired")


class AiKind(models.TextChoices):
    CLASSIFIER = "classifier", _("Classifier")
    RECOMMENDER = "recommender", _("Recommender")
    RANKING = "ranking", _("Ranking or scoring")
    GENERATIVE = "generative", _("Generative")
    FORECASTING = "forecasting", _("Forecasting")
    BIOMETRIC = "biometric", _("Biometric")
    OTHER = "other", _("Other")


class Training(models.TextChoices):
    CENTRAL = "central", _("Central, on our own data")
    FEDERATED = "federated", _("Federated")
    FINE_TUNED = "fine_tuned", _("Fine-tuned third-party model")
    API_ONLY = "api_only", _("No training: a third party's API")


class OurRole(models.TextChoices):
    CONTROLLER = "controller", _("Controller")
    JOINT = "joint", _("Joint controller")
    PROCESSOR = "processor", _("Processor")


class AiActRole(models.TextChoices):
    PROVIDER = "provider", _("Provider")
    DEPLOYER = "deployer", _("Deployer")
    BOTH = "both", _("Provider and deployer")
    NONE = "none", _("Neither")


class Regime(models.TextChoices):
    GDPR = "gdpr", _("GDPR")
    UK_GDPR = "uk_gdpr", _("UK GDPR")
    LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement (Directive 2016/680)")
    EU_INSTITUTIONS = "eu_institutions", _("EU institutions (Regulation 2018/1725)")
    OTHER = "other", _("Other")


class Sector(models.TextChoices):
    GENERAL = "general", _("General")
    HEALTH = "health", _("Health")
    FINANCE = "finance", _("Finance")
    EMPLOYMENT = "employment", _("Employment")
    PUBLIC = "public", _("Public sector")
    CHILDREN = "children", _("Children and education")
    OTHER = "other", _("Other")


class Oversight(models.TextChoices):
    """How far a person stands between the model's output and its effect."""

    UNKNOWN = "", _("Not said yet")
    HUMAN_DECIDES = "human_decides", _("A person decides, the model informs")
    HUMAN_REVIEWS = "human_reviews", _("A person reviews before effect")
    HUMAN_ON_REQUEST = "human_on_request", _("A person reviews on request")
    NONE = "none", _("No person is involved")


class Known(models.TextChoices):
    """A yes or no that may not be known yet; unknown is never taken for no."""

    UNKNOWN = "unknown", _("Not known yet")
    YES = "yes", _("Yes")
    NO = "no", _("No")


def next_project_number() -> int:
    """The next number of the register; a sequence, so that two at once differ (made by migration 0002)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('project_number')")
        (number,) = cursor.fetchone()
    return int(number)


class ProjectQuerySet(models.QuerySet["Project"]):
    def for_user(self, user: User) -> ProjectQuerySet:
        return self.filter(visible_projects(user, prefix="")).select_related("team")


def visible_projects(user: User, prefix: str = "project__") -> Q:
    """The condition that keeps rows of projects the person may see; prefix leads to the project."""
    if not getattr(user, "is_active", False) or not user.roles:
        return models.Q(pk__in=[])
    if None in user.roles:
        return models.Q()
    return models.Q(**{f"{prefix}team__in": list(user.roles)})


class Project(models.Model):
    """One AI system or use of one, as its controller would describe it. Only name and purpose are needed to begin."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True, editable=False, default=next_project_number)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="projects")
    name = models.CharField(_("name"), max_length=160)
    owner = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="owned_projects", verbose_name=_("owner")
    )
    purpose = models.TextField(_("purpose"), max_length=4000)
    phase = models.CharField(_("life-cycle phase"), max_length=20, choices=Phase, default=Phase.IDEA)

    ai_kind = models.CharField(_("kind of AI"), max_length=20, choices=AiKind, blank=True, default="")
    model_family = models.CharField(_("model family"), max_length=120, blank=True, default="")
    base_model = models.CharField(_("base model"), max_length=120, blank=True, default="")
    training = models.CharField(_("training approach"), max_length=20, choices=Training, blank=True, default="")
    public_interface = models.CharField(
        _("reachable by the public"), max_length=8, choices=Known, default=Known.UNKNOWN
    )
    decisions = models.TextField(_("decisions it supports"), max_length=4000, blank=True, default="")
    decision_effect = models.TextField(_("effect on people"), max_length=4000, blank=True, default="")
    significant_decision = models.CharField(
        _("legal or similarly significant effect"), max_length=8, choices=Known, default=Known.UNKNOWN
    )
    oversight = models.CharField(
        _("human oversight"), max_length=20, choices=Oversight, blank=True, default=Oversight.UNKNOWN
    )

    our_role = models.CharField(_("our role"), max_length=20, choices=OurRole, default=OurRole.CONTROLLER)
    ai_act_role = models.CharField(_("role under the AI Act"), max_length=20, choices=AiActRole, blank=True, default="")
    regime = models.CharField(_("legal regime"), max_length=20, choices=Regime, default=Regime.GDPR)
    jurisdictions = models.JSONField(_("jurisdictions"), default=list, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, default=Sector.GENERAL)

    people_categories = models.JSONField(_("data subjects"), default=list, blank=True)
    people_count = models.PositiveBigIntegerField(_("approximate number of people"), null=True, blank=True)
    vulnerable_groups = models.JSONField(_("vulnerable groups"), default=list, blank=True)
    vulnerable = models.CharField(
        _("vulnerable people are a main group"), max_length=8, choices=Known, default=Known.UNKNOWN
    )
    data_source = models.TextField(_("source of the data"), max_length=2000, blank=True, default="")
    collected_directly = models.CharField(
        _("collected from the people themselves"), max_length=8, choices=Known, default=Known.UNKNOWN
    )
    scraped = models.CharField(_("gathered from public sources"), max_length=8, choices=Known, default=Known.UNKNOWN)
    existing_data = models.CharField(
        _("trained on data collected for something else"), max_length=8, choices=Known, default=Known.UNKNOWN
    )
    compatibility = models.TextField(
        _("compatibility with the first purpose (Art. 6(4))"), max_length=4000, blank=True, default=""
    )
    special_condition = models.CharField(_("Art. 9(2) condition"), max_length=200, blank=True, default="")
    model_personal_data = models.CharField(
        _("the model itself is personal data"), max_length=8, choices=Known, default=Known.UNKNOWN
    )
    model_personal_data_reason = models.TextField(_("why"), max_length=2000, blank=True, default="")

    repository_url = models.URLField(_("repository"), blank=True, default="")
    model_card_url = models.URLField(_("model card"), blank=True, default="")
    assessed_with = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="similar_projects",
        verbose_name=_("shares the assessment of"),
    )

    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ProjectQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["team", "name"], name="project_name_once_per_team")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("core:project", args=[self.pk])


class LawfulBasis(models.TextChoices):
    """Art. 6(1) GDPR."""

    UNKNOWN = "", _("Not named yet")
    CONSENT = "consent", _("Consent, 6(1)(a)")
    CONTRACT = "contract", _("Contract, 6(1)(b)")
    LEGAL_OBLIGATION = "legal_obligation", _("Legal obligation, 6(1)(c)")
    VITAL_INTERESTS = "vital_interests", _("Vital interests, 6(1)(d)")
    PUBLIC_TASK = "public_task", _("Public task, 6(1)(e)")
    LEGITIMATE_INTERESTS = "legitimate_interests", _("Legitimate interests, 6(1)(f)")


class Purpose(models.Model):
    """One purpose with its lawful basis."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="purposes")
    name = models.CharField(_("purpose"), max_length=200)
    basis = models.CharField(
        _("lawful basis"), max_length=24, choices=LawfulBasis, blank=True, default=LawfulBasis.UNKNOWN
    )
    balancing = models.TextField(_("balancing test"), max_length=4000, blank=True, default="")
    consent_record = models.CharField(_("where consent is recorded"), max_length=300, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class RecipientKind(models.TextChoices):
    PROCESSOR = "processor", _("Processor")
    SUB_PROCESSOR = "sub_processor", _("Sub-processor")
    JOINT = "joint", _("Joint controller")
    CONTROLLER = "controller", _("Another controller")
    AUTHORITY = "authority", _("Public authority")


class TransferTool(models.TextChoices):
    """Chapter V GDPR."""

    NONE = "", _("None named")
    NOT_NEEDED = "not_needed", _("Not needed: within the EEA")
    ADEQUACY = "adequacy", _("Adequacy decision, Art. 45")
    SCC = "scc", _("Standard contractual clauses, Art. 46")
    BCR = "bcr", _("Binding corporate rules, Art. 47")
    DEROGATION = "derogation", _("Derogation, Art. 49")


class Recipient(models.Model):
    """Somebody the data goes to, in what role and country, under which transfer tool."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="recipients")
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("role"), max_length=20, choices=RecipientKind, default=RecipientKind.PROCESSOR)
    country = models.CharField(
        _("country"), max_length=2, blank=True, default="", help_text=_("Two-letter code, such as DE.")
    )
    transfer_tool = models.CharField(
        _("transfer tool"), max_length=20, choices=TransferTool, blank=True, default=TransferTool.NONE
    )
    transfer_assessed = models.BooleanField(_("transfer impact assessment made"), default=False)
    contract = models.CharField(_("contract"), max_length=200, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class CopyKind(models.TextChoices):
    RAW = "raw", _("Raw data")
    FEATURES = "features", _("Features")
    WEIGHTS = "weights", _("Weights")
    CHECKPOINTS = "checkpoints", _("Checkpoints")
    EMBEDDINGS = "embeddings", _("Embeddings")
    LOGS = "logs", _("Logs")
    BACKUPS = "backups", _("Backups")


class ErasureMeans(models.TextChoices):
    """How an erasure request reaches one copy."""

    UNKNOWN = "", _("Not said yet")
    DELETE = "delete", _("Delete the records")
    UNLEARN = "unlearn", _("Unlearn")
    RETRAIN = "retrain", _("Retrain without them")
    FILTER = "filter", _("Filter the output")
    EXPIRE = "expire", _("Expires with the copy")
    NOT_POSSIBLE = "not_possible", _("Not possible")


class DataCopy(models.Model):
    """One place the data lives on in, with its retention and the way a right reaches it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="copies")
    kind = models.CharField(_("copy"), max_length=20, choices=CopyKind)
    where = models.CharField(_("where"), max_length=160, blank=True, default="")
    retention_days = models.PositiveIntegerField(_("kept for (days)"), null=True, blank=True)
    justified_days = models.PositiveIntegerField(_("needed for (days)"), null=True, blank=True)
    retention_reason = models.CharField(_("why so long"), max_length=300, blank=True, default="")
    erasure = models.CharField(
        _("erasure by"), max_length=20, choices=ErasureMeans, blank=True, default=ErasureMeans.UNKNOWN
    )
    encrypted = models.CharField(_("encrypted"), max_length=8, choices=Known, default=Known.UNKNOWN)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "kind"]

    def __str__(self) -> str:
        return self.get_kind_display()
