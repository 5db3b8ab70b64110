"""What the pages of risks and of the workflow share: the assessment behind an address, and refusals shown in forms."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404

from core.errors import Refused
from core.web import AuthedRequest, project_view
from pia.models import Assessment

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpResponse

    from core.models import Project

Args = ParamSpec("Args")


def assessment_view(
    view: Callable[Concatenate[AuthedRequest, Assessment, Args], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Resolve `assessment_id` within a project the person may see, else 404; pass it as `assessment`."""

    @wraps(view)
    def inner(request: AuthedRequest, project: Project, assessment_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = Assessment.objects.filter(project=project).select_related("project__team", "submitted_by", "created_by")
        return view(request, get_object_or_404(rows, pk=assessment_id), *args, **kwargs)

    return project_view(inner)


def done(form: Form, action: Callable[[], Any]) -> bool:
    """Run a service; a refusal becomes the form's error. Returns whether it went through."""
    try:
        action()
    except Refused as refused:
        form.add_error(None, _all_of(refused))
    except ValidationError as invalid:
        form.add_error(None, invalid.messages if not hasattr(invalid, "error_dict") else _known(form, invalid))
    return not form.errors


def _all_of(refused: Refused) -> list[str]:
    missing = [str(gap) for gap in refused.extra.get("missing", []) if str(gap) != refused.text]
    return [refused.text, *missing[:20]]


def _known(form: Form, invalid: ValidationError) -> Any:
    """Errors by field where the form has it, else as the form's own."""
    if all(name in form.fields for name in invalid.error_dict):
        return ValidationError(invalid.error_dict)
    return invalid.messages


def told(request: AuthedRequest, action: Callable[[], Any], success: str) -> bool:
    """Run a service behind a button; a refusal is said in a message. Returns whether it went through."""
    try:
        action()
    except Refused as refused:
        messages.error(request, " ".join(_all_of(refused)))
        return False
    except ValidationError as invalid:
        messages.error(request, " ".join(invalid.messages))
        return False
    messages.success(request, success)
    return True
