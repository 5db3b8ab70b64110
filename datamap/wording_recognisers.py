"""What is wrong with a recogniser, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from core.types import Reason

#: Every code of `scanner.custom.check` and `scanner.presidio_yaml`.
PROBLEMS: Final = {
    "name": gettext_lazy("Give it a name of at most %(most)s characters."),
    "entity": gettext_lazy(
        "An entity is written in capitals, digits and underscores, 3 to 40 of them, such as STAFF_NUMBER."
    ),
    "entity_known": gettext_lazy(
        "%(entity)s is an entity that Candor knows: %(identifying)s, %(category)s. Choose these two, or another entity."
    ),
    "nothing": gettext_lazy("Give it at least one pattern or one word."),
    "patterns": gettext_lazy("At most %(most)s patterns; make a second recogniser for more."),
    "word": gettext_lazy("“%(word)s” is no word: it needs a letter or a digit, and at most %(most)s characters."),
    "words": gettext_lazy("%(given)s words; at most %(most)s."),
    "word_score": gettext_lazy("The score of a word lies above 0 and is at most 1."),
    "context": gettext_lazy("“%(word)s” is no word: it needs a letter or a digit, and at most %(most)s characters."),
    "contexts": gettext_lazy("%(given)s context words; at most %(most)s."),
    "language": gettext_lazy("“%(language)s” is no code of a language. Write two letters, such as en or fr."),
    "pattern.name": gettext_lazy("Give the pattern a name of at most %(most)s characters."),
    "pattern.score": gettext_lazy("Pattern “%(pattern)s”: a score lies above 0 and is at most 1."),
    "pattern.missing": gettext_lazy("Pattern “%(pattern)s” has no regular expression."),
    "pattern.long": gettext_lazy("Pattern “%(pattern)s” has %(length)s characters; at most %(most)s."),
    "pattern.large": gettext_lazy(
        "Pattern “%(pattern)s” grows too large when it is made ready. Write + or * for a high number of repetitions, "
        "and [A-Za-z] for \\pL where it is repeated."
    ),
    "pattern.empty": gettext_lazy(
        "Pattern “%(pattern)s” also matches an empty text, so it would be found everywhere. Write + for *, "
        "or say what must stand there."
    ),
    "pattern.lookaround": gettext_lazy(
        "Pattern “%(pattern)s” looks ahead or behind (%(part)s…), which patterns that always end in time can't. "
        "Use \\b at its edges, or a context word for what stands before."
    ),
    "pattern.backreference": gettext_lazy(
        "Pattern “%(pattern)s” refers back to a group (%(part)s), which patterns that always end in time can't. "
        "Write out what repeats."
    ),
    "pattern.repetition": gettext_lazy(
        "Pattern “%(pattern)s”: the repetition “%(part)s” has nothing to repeat, or repeats more than 1,000 times."
    ),
    "pattern.bracket": gettext_lazy("Pattern “%(pattern)s”: a [ is never closed."),
    "pattern.parenthesis": gettext_lazy("Pattern “%(pattern)s”: a parenthesis is never closed, or never opened."),
    "pattern.range": gettext_lazy("Pattern “%(pattern)s”: the range “%(part)s” runs backwards."),
    "pattern.backslash": gettext_lazy("Pattern “%(pattern)s” ends in a lone backslash."),
    "pattern.escape": gettext_lazy("Pattern “%(pattern)s”: “%(part)s” means nothing here."),
    "pattern.syntax": gettext_lazy("Pattern “%(pattern)s” can't be read as a regular expression."),
    "yaml.syntax": gettext_lazy("Line %(line)s: this is no YAML (%(cause)s)."),
    "yaml.encoding": gettext_lazy("The file is not text in UTF-8."),
    "yaml.large": gettext_lazy("The file is larger, deeper or longer than is read here."),
    "yaml.alias": gettext_lazy("Line %(line)s: YAML aliases (&, *) are not read here."),
    "yaml.tag": gettext_lazy("Line %(line)s: tags such as “%(tag)s” are not read here."),
    "yaml.key": gettext_lazy("Line %(line)s: “%(key)s” stands there twice, or can't be a key."),
    "yaml.character": gettext_lazy("Line %(line)s: a text holds a NUL."),
    "yaml.many": gettext_lazy("The file has %(given)s recognisers; a team has at most %(most)s."),
    "yaml.shape": gettext_lazy("The file needs a list called “recognizers”, as Presidio's has."),
    "yaml.missing": gettext_lazy("There is no such file, or it can't be opened."),
    "entry.shape": gettext_lazy("The entry needs a name, an entity and patterns or words."),
    "entry.category": gettext_lazy("“%(value)s” is no category of personal data."),
    "entry.identifying": gettext_lazy("“%(value)s” is no way to point at a person: direct, quasi or none."),
    "entry.twice": gettext_lazy("An entry above has this name already."),
    "entry.unknown": gettext_lazy("Presidio has no recogniser of this name."),
    "entry.language": gettext_lazy(
        "It is never used: forms are looked for in every language at once, under “en”. Write supported_languages: [en]."
    ),
    "entry.presidio": gettext_lazy("Presidio refuses the file: %(cause)s"),
}


def problem(reason: Reason) -> str:
    """One sentence about what keeps a recogniser from being used."""
    from datamap.models import CategoryChoice, IdentifyingChoice

    template = PROBLEMS.get(reason.code)
    if template is None:
        return _("This can't be used.")
    params = dict(reason.params)
    if reason.code == "entity_known":
        params["identifying"] = str(IdentifyingChoice(str(params["identifying"])).label)
        params["category"] = str(CategoryChoice(str(params["category"])).label)
    return str(template) % params
