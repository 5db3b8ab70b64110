"""The portfolio page and its register as CSV."""

from __future__ import annotations

import csv
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.web import AuthedRequest, signed_in
from pia.selectors import portfolio as selectors


@require_safe
@signed_in
def portfolio(request: AuthedRequest) -> HttpResponse:
    return render(request, "pia/portfolio.html", selectors.portfolio(request.user))


@require_safe
@signed_in
def register_csv(request: AuthedRequest) -> HttpResponse:
    """One row per project; a value that a spreadsheet would run as a formula is given an apostrophe."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="portfolio.csv"'
    writer = csv.writer(response)
    writer.writerow(
        [
            _("Project"),
            _("Team"),
            _("Phase"),
            _("Kind of AI"),
            _("Version"),
            _("State"),
            _("Headline risk"),
            _("Target"),
            _("Personal data"),
            _("Measures overdue"),
            _("Review due"),
        ]
    )
    for line in selectors.portfolio(request.user)["lines"]:
        writer.writerow([safe(value) for value in _row(line)])
    return response


def _row(line: selectors.Line) -> list[Any]:
    project, assessment = line.project, line.assessment
    return [
        project.name,
        project.team.name,
        project.get_phase_display(),
        project.get_ai_kind_display(),
        assessment.number if assessment else "",
        assessment.get_state_display() if assessment else "",
        line.headline,
        line.target,
        ", ".join(line.categories),
        line.overdue,
        line.review_due.isoformat() if line.review_due else "",
    ]


def safe(value: Any) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
