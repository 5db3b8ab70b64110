"""A person's own page: name, language, zone, the ways to sign in, and tokens for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.forms.team import ProfileForm, TokenForm
from core.services import create_token, revoke_token, update_profile
from core.web import AuthedRequest, signed_in

if TYPE_CHECKING:
    import uuid

    from core.models import User


def check_may_make_tokens(user: User) -> None:
    """A token does what its owner may do, so it is made only behind a second factor."""
    if not (settings.CANDOR_DEMO or is_mfa_enabled(user)):
        raise PermissionDenied(_("Set up a second factor first: a token acts for you without one."))


@signed_in
@require_http_methods(["GET", "POST"])
def profile(request: AuthedRequest) -> HttpResponse:
    user = request.user
    values = {"name": user.name, "language": user.language, "time_zone": user.time_zone}
    form = ProfileForm(request.POST or None, initial=values)
    if request.method == "POST" and form.is_valid():
        update_profile(actor=user, **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("core:profile")
    context = {
        "form": form,
        "tokens": user.api_tokens.all(),
        "has_second_factor": is_mfa_enabled(user),
        "may_make_tokens": settings.CANDOR_DEMO or is_mfa_enabled(user),
    }
    return render(request, "core/profile.html", context, status=422 if form.errors else 200)


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def token_new(request: AuthedRequest) -> HttpResponse:
    """Refuse who has no second factor before asking anybody for a password again."""
    check_may_make_tokens(request.user)
    response: HttpResponse = _token_form(request)
    return response


@reauthentication_required  # type: ignore[untyped-decorator]
def _token_form(request: AuthedRequest) -> HttpResponse:
    """The secret is in this answer and nowhere again."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        token, secret = create_token(actor=request.user, user=request.user, **form.cleaned_data)
        return render(request, "core/token_made.html", {"token": token, "secret": secret})
    return render(request, "core/token_new.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_POST
def token_revoke(request: AuthedRequest, token_id: uuid.UUID) -> HttpResponse:
    token = get_object_or_404(request.user.api_tokens, pk=token_id)
    name = token.name
    revoke_token(actor=request.user, token=token)
    messages.success(request, _("%(name)s no longer works.") % {"name": name})
    return redirect("core:profile")
