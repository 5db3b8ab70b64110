"""Everything the screening engine can say has words."""

from __future__ import annotations

import re
from pathlib import Path

from pia import screening, screening_wording
from pia.screening.questions import QUESTIONS
from pia.screening.verdict import Duty, Finding


def test_every_question_and_option_is_worded() -> None:
    assert set(screening_wording.QUESTIONS) == {question.key for question in QUESTIONS}
    for question in QUESTIONS:
        assert set(screening_wording.OPTIONS.get(question.key, ())) == set(question.options)


def test_every_finding_duty_rule_and_reason_is_worded() -> None:
    source = Path(str(screening.__file__)).with_name("verdict.py").read_text(encoding="utf-8")
    assert (
        set(screening_wording.FINDINGS)
        == set(screening_wording.TONES)
        == set(screening_wording.HEADLINES)
        == set(Finding)
    )
    assert set(screening_wording.DUTIES) == set(Duty)
    codes = set(re.findall(r'Reason\("(screening\.\w+)"', source)) | {
        f"screening.{c}" for c in ("unsure", "fact", "answer")
    }
    assert codes - {"screening.criteria"} == set(screening_wording._REASONS)
