"""The verbs of a team's word lists: texts that name nobody, and words that are always found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from core.audit import change
from core.errors import Refused
from core.models import Team
from core.rows import held
from datamap.events import Event
from datamap.models import TeamWord, WordList
from datamap.permissions import check_can_teach
from datamap.scanner.custom import LONGEST_WORD, has_word
from datamap.selectors.recognisers import entities_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.models import User

MOST_WORDS: Final = 5_000  # on a team's two lists


def add_words(*, actor: User, team: Team, to: WordList, texts: Sequence[str], entity: str = "") -> int:
    """Put texts on a list; those that are there stay. `entity` is what a word that is always found is.

    Returns how many are new. Raises PermissionDenied, Refused. The trail counts the words and names none.
    """
    check_can_teach(actor, team)
    words = _checked(texts)
    if to == WordList.DENY and entity not in entities_of(team):
        raise Refused(_("Say which entity the words are."), code="no_entity", status=400)
    with change(actor=actor, event=Event.WORDS_ADDED, team=team) as log:
        held(Team.objects.all(), team.pk)
        rows = list(TeamWord.objects.filter(team=team))
        known = {row.text.lower() for row in rows if row.list == to}
        new = [word for word in words if word.lower() not in known]
        if len(rows) + len(new) > MOST_WORDS:
            raise Refused(_("A team's lists hold at most %(most)d words.") % {"most": MOST_WORDS}, code="too_many")
        kept = entity if to == WordList.DENY else ""
        TeamWord.objects.bulk_create(
            (TeamWord(team=team, list=to, text=word, entity=kept, created_by=actor) for word in new),
            ignore_conflicts=True,  # the database has its own word on which letters are the same: ΑΣ is ασ there
        )
        added: int = TeamWord.objects.filter(team=team).count() - len(rows)
        log.about(team, list=str(to), words=added, entity=kept)
    return added


def delete_word(*, actor: User, word: TeamWord) -> None:
    """Raises PermissionDenied, Gone."""
    check_can_teach(actor, word.team)
    with change(actor=actor, event=Event.WORD_DELETED, team=word.team) as log:
        row: TeamWord = held(TeamWord.objects.all(), word.pk)
        log.about(word.team, list=row.list, entity=row.entity)
        row.delete()


def _checked(texts: Sequence[str]) -> list[str]:
    """Each once, spaces at most one. Raises Refused."""
    words = list({" ".join(text.split()).lower(): " ".join(text.split()) for text in texts if text.strip()}.values())
    if not words:
        raise Refused(_("Write at least one word."), code="no_words", status=400)
    for word in words:
        if not has_word(word) or len(word) > LONGEST_WORD:
            text = _("“%(word)s” is no word: it needs a letter or a digit, and at most %(most)d characters.")
            raise Refused(text % {"word": word[:40], "most": LONGEST_WORD}, code="no_word", status=400)
    return words
