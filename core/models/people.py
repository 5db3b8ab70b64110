"""People, teams and what they may do where."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable


class Role(models.TextChoices):
    """What a person comes for. A person can hold several; separation is enforced per assessment."""

    ENGINEER = "engineer", _("Engineer")
    OFFICER = "privacy_officer", _("Privacy officer")
    DPO = "dpo", _("Data protection officer")
    DECIDER = "decider", _("Decider")
    AUDITOR = "auditor", _("Auditor")
    OWNER = "owner", _("Owner")


#: Roles that may be held without a second factor.
MFA_EXEMPT: Final = frozenset({Role.ENGINEER})


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if not email:
            raise ValueError("a person needs an e-mail address")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who can sign in. There is no superuser: rights come from memberships alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering: ClassVar = ["email"]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        words = (self.name or self.email.split("@")[0].replace(".", " ")).split()
        return "".join(word[0] for word in words[:2]).upper()

    @cached_property
    def roles(self) -> dict[uuid.UUID | None, frozenset[Role]]:
        """Roles by team id; the key None holds in every team. Read once per request."""
        found: dict[uuid.UUID | None, set[Role]] = {}
        for team_id, role in Membership.objects.filter(user=self).values_list("team_id", "role"):
            found.setdefault(team_id, set()).add(Role(role))
        return {team: frozenset(roles) for team, roles in found.items()}

    @property
    def all_roles(self) -> frozenset[Role]:
        return frozenset().union(*self.roles.values())

    @property
    def needs_second_factor(self) -> bool:
        return bool(self.all_roles - MFA_EXEMPT)

    def has_role(self, *roles: Role) -> bool:
        return bool(self.all_roles & set(roles))


class Team(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    controller = models.CharField(
        _("controller"), max_length=200, blank=True, help_text=_("The organisation that answers for the processing.")
    )
    jurisdictions = models.JSONField(_("jurisdictions"), default=list, blank=True)
    sectors = models.JSONField(_("sectors"), default=list, blank=True)
    sample_retention_days = models.PositiveSmallIntegerField(_("days samples may be kept for measurements"), default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role a person holds in one team, or, without a team, in every team."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["user__email", "role"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "team", "role"], name="one_role_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"


def _invitation_token() -> str:
    return secrets.token_urlsafe(32)


def _in_a_week() -> Any:
    return timezone.now() + timedelta(days=7)


class Invitation(models.Model):
    """A link that makes one account with one role. The token is kept as a hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"))
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations_sent")
    expires_at = models.DateTimeField(default=_in_a_week)
    accepted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.email} {self.get_role_display()}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()


class Scope(models.TextChoices):
    """What a token may be used for, within what its owner may do."""

    READ = "read", _("Read")
    WRITE = "write", _("Write")
    DECIDE = "decide", _("Submit, advise and decide")


class ApiToken(models.Model):
    """A program's credential: shown once, stored as SHA-256, scoped, expiring."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=12)
    scopes = models.JSONField(_("scopes"), default=list)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def allows(self, scopes: Iterable[str]) -> bool:
        return set(scopes) <= set(self.scopes)
