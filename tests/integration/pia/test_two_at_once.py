"""Two people at the same moment, on real connections: nothing is lost, nothing is made twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from pia.models import Answer, AnswerRevision, Assessment
from pia.services import answers as services
from pia.services.assessments import DraftExists, start_assessment
from tests.support.assessments import cast, drafted, small_pack

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls at once; an exception counts as a result."""

    def run(call: Callable[[], Any]) -> Any:
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - which one it is, is what the test asks
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


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
