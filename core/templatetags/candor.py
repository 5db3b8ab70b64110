"""What every page shows around its content: navigation, stepper, running jobs; and how fields and sizes are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django import template
from django.conf import settings
from django.core.cache import cache
from django.forms import CheckboxInput, CheckboxSelectMultiple, ClearableFileInput, RadioSelect, Select
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from core import registry
from core.choices import PeopleCategory, VulnerableGroup
from core.models import Job, Project, Team
from core.permissions import can_control

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import TextChoices
    from django.forms import BoundField
    from django.template.base import NodeList, Parser, Token
    from django.utils.safestring import SafeString

    from core.models import User
    from core.registry import StepState

register = template.Library()

#: Seconds the number beside "My work" may be old; counting asks every floor.
WORK_COUNT_AGE: Final = 60

LEVEL_TONES: Final = {1: "good", 2: "warn", 3: "serious", 4: "bad"}
RISK_TONES: Final = {"low": "good", "medium": "warn", "high": "serious"}


@dataclass(frozen=True, slots=True)
class NavLink:
    label: Any
    url: str
    icon: str
    current: bool
    count: int | None


def work_count(user: User) -> int:
    """How many things wait for this person; at most a minute old."""
    key = f"work-count:{user.pk}"
    known = cache.get(key)
    if known is None:
        known = len(registry.work_for(user))
        cache.set(key, known, WORK_COUNT_AGE)
    return int(known)


def nav_count(key: str, user: User) -> int | None:
    if key == "my_work":
        return work_count(user)
    if key == "projects":
        return int(Project.objects.for_user(user).count())
    return None


def is_current(item: registry.NavItem, url: str, path: str, *, project: Project | None) -> bool:
    """A page of a project belongs to Projects; else the longest navigation address that leads to this page."""
    if project is not None and path.startswith("/projects/"):
        return item.key == "projects"
    return path == url or (url != "/" and path.startswith(url))


@register.simple_tag(takes_context=True)
def nav_links(context: dict[str, Any]) -> list[NavLink]:
    request, user = context["request"], context["request"].user
    links = []
    for item in registry.nav():
        if not item.show(user):
            continue
        try:
            url = reverse(item.url_name)
        except NoReverseMatch:
            continue
        current = is_current(item, url, request.path, project=context.get("project"))
        links.append(NavLink(item.label, url, item.icon, current, nav_count(item.key, user)))
    return links


@register.simple_tag(takes_context=True)
def where_signed_in(context: dict[str, Any]) -> dict[str, str]:
    """The foot of the navigation: in which team, as what."""
    user: User = context["request"].user
    ids = [key for key in user.roles if key is not None]
    teams = list(Team.objects.filter(pk__in=ids).values_list("name", flat=True)) if ids else []
    return {"teams": ", ".join(teams), "roles": ", ".join(str(role.label) for role in sorted(user.all_roles))}


@register.simple_tag(takes_context=True)
def running_jobs(context: dict[str, Any]) -> list[Job]:
    user: User = context["request"].user
    return list(Job.objects.for_user(user).unfinished().select_related("project")[:5])


@dataclass(frozen=True, slots=True)
class ShownStep:
    key: str
    label: Any
    state: StepState
    current: bool


class StepperNode(template.Node):
    """`{% stepper project %}{% block step %}scan{% endblock %}{% endstepper %}`"""

    def __init__(self, project: template.base.FilterExpression, current: NodeList) -> None:
        self.project, self.current = project, current

    def render(self, context: template.Context) -> SafeString:
        project, user = self.project.resolve(context), context["request"].user
        current = self.current.render(context).strip()
        steps = [
            ShownStep(step.key, step.label, step.state(user, project), step.key == current) for step in registry.steps()
        ]
        return render_to_string("core/stepper.html", {"steps": steps})


@register.tag
def stepper(parser: Parser, token: Token) -> StepperNode:
    __, project = token.split_contents()
    current = parser.parse(("endstepper",))
    parser.delete_first_token()
    return StepperNode(parser.compile_filter(project), current)


def _css(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        return "form-check-input"
    return "form-select" if isinstance(widget, Select) else "form-control"


@register.filter
def input(field: BoundField) -> SafeString:  # noqa: A001 - the name a template reads best
    """The field's widget in our style; Django adds aria-invalid and aria-describedby."""
    given = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{_css(field)} {given}".strip()})


@register.filter
def field_kind(field: BoundField) -> str:
    """check, choices, file or plain: how label and input stand to each other."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "check"
    return "file" if isinstance(widget, ClearableFileInput) else "plain"


@register.filter
def level_tone(value: Any) -> str:
    """1-4 -> the tone of that level."""
    return LEVEL_TONES.get(int(value), "neutral") if str(value).isdigit() else "neutral"


@register.filter
def risk_tone(value: Any) -> str:
    return RISK_TONES.get(str(value).lower(), "neutral")


@register.filter
def size(value: int | None) -> str:
    return filesizeformat(value) if value is not None else "—"


@register.filter
def short_hash(value: str | None) -> str:
    """First and last four of a hash: enough to compare by eye, the whole is in the title."""
    return f"{value[:4]}…{value[-4:]}" if value and len(value) > 12 else value or "—"


@register.filter
def iso(value: datetime | None) -> str:
    return value.isoformat() if value else ""


@register.filter
def lookup(mapping: Any, key: Any) -> Any:
    """`{{ mapping|lookup:key }}`, for a key held in a variable."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.simple_tag(takes_context=True)
def page_url(context: dict[str, Any], **changes: Any) -> str:
    """The present address with some query values changed (an empty value removes one)."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in ("", None):
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def inserts(context: template.Context, place: str, subject: Any) -> SafeString:
    """What upper floors add at a place of this page, each from its own template."""
    user = context["request"].user
    parts = [
        render_to_string(insert.template, {**insert.context(user, subject), "subject": subject}, context["request"])
        for insert in registry.inserts(place)
    ]
    return format_html_join("", "{}", ((part,) for part in parts))


@register.simple_tag(takes_context=True)
def job_control(context: dict[str, Any], job: Job) -> bool:
    """May this person stop or restart the job? The same rule as the service's."""
    return can_control(context["request"].user, job)


@register.simple_tag(takes_context=True)
def show_panel(context: template.Context, panel: dict[str, Any]) -> SafeString:
    """A registered panel with its own context, beside the page's request."""
    return render_to_string(panel["template"], {"project": context["project"], **panel["context"]}, context["request"])


@register.simple_tag(takes_context=True)
def demo(context: dict[str, Any]) -> bool:
    return bool(settings.CANDOR_DEMO)


@register.simple_tag(takes_context=True)
def sort_head(context: dict[str, Any], order: str, key: str, label: str, css: str = "") -> SafeString:
    """A heading that sorts the whole list on the server; a second click turns it round."""
    turned = f"-{key}" if order == key else key
    state = {key: ' aria-sort="ascending"', f"-{key}": ' aria-sort="descending"'}.get(order, "")
    return format_html(
        '<th scope="col" class="{}"{}><a class="sort" href="{}">{}</a></th>',
        css,
        mark_safe(state),  # noqa: S308 - one of two literals
        page_url(context, order=turned, page=""),
        label,
    )


def _labels(keys: Any, choices: type[TextChoices]) -> str:
    known = dict(choices.choices)
    return ", ".join(str(known.get(key, key)) for key in keys or [])


@register.filter
def people_labels(keys: Any) -> str:
    return _labels(keys, PeopleCategory)


@register.filter
def vulnerable_labels(keys: Any) -> str:
    return _labels(keys, VulnerableGroup)


@register.filter
def row_name(row: Any) -> str:
    """What one row of a repeatable list is: Purpose, Recipient or Copy."""
    names = {"purpose": _("Purpose"), "recipient": _("Recipient"), "datacopy": _("Copy")}
    return str(names.get(row._meta.model_name, row._meta.verbose_name))


@register.filter
def hexed(value: Any) -> str:
    return bytes(value).hex() if value else ""


@register.filter
def datum(value: Any) -> str:
    """A value of an audit event in a few words."""
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    text = str(value)
    return text if len(text) <= 60 else f"{text[:28]}…{text[-8:]}"
