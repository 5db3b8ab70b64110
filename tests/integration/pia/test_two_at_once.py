"""Two people at the same moment, on real connections: nothing is lost, nothing is made twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pia.models import Answer, AnswerRevision, Assessment
from pia.services import answers as services
from pia.services.assessments import DraftExists, start_assessment
from tests.support.assessments import cast, drafted, small_pack
from tests.support.at_once import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_two_simultaneous_saves_wins_and_the_other_is_told() -> None:
    people = cast()
    answer = Answer.objects.get(assessment=drafted(people), item="6.1")

    def saving(actor: Any, text: str) -> Callable[[], Any]:
        return lambda: services.save_answer(actor=actor, answer=answer, version=1, text=text)

    results = together(saving(people.officer, "Mine."), saving(people.engineer, "Theirs."))
    told = [result for result in results if isinstance(result, services.StaleAnswer)]
    won = [result for result in results if isinstance(result, Answer)]
    assert (len(told), len(won)) == (1, 1)
    assert told[0].extra["current"]["text"] == won[0].text
    assert AnswerRevision.objects.filter(answer=answer).count() == 1


def test_five_clicks_at_once_start_one_assessment() -> None:
    people, pack = cast(), small_pack()

    def start() -> Assessment:
        return start_assessment(actor=people.officer, project=people.project, packs=[pack])

    results = together(*[start] * 5)
    assert sum(isinstance(result, Assessment) for result in results) == 1
    assert sum(isinstance(result, DraftExists) for result in results) == 4
    assert Assessment.objects.filter(project=people.project).count() == 1
