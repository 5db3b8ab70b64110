"""What the scanner's codes say to a person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from datamap.wording_entities import entity_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.types import Reason

#: Why a file could not be read as a sample. Every code of `scanner.types.Unreadable` and of the sandbox.
UNREADABLE: Final = {
    "empty": gettext_lazy("The file is empty."),
    "not_found": gettext_lazy("There is no such file."),
    "cannot_open": gettext_lazy("The file can't be opened."),
    "binary": gettext_lazy(
        "The file is not text, nor a format that is read here (CSV, JSON, Excel, Parquet, Avro, plain text, or a zip)."
    ),
    "unsupported": gettext_lazy(
        "This kind of file is not read here. Give CSV, JSON, Excel, Parquet, Avro or plain text, or a zip of these."
    ),
    "broken_csv": gettext_lazy(
        "The table is broken: most rows do not have the cells that the first rows have, or a quote is never closed."
    ),
    "broken_json": gettext_lazy("This is not valid JSON."),
    "broken_parquet": gettext_lazy("The Parquet file is damaged or cut off."),
    "broken_arrow": gettext_lazy("The Arrow file is damaged or cut off."),
    "broken_avro": gettext_lazy("The Avro file is damaged or cut off."),
    "broken_avro_block": gettext_lazy("The Avro file is damaged or cut off in block %(block)s."),
    "avro_codec": gettext_lazy("The Avro file is packed in a way that is not read here."),
    "avro_recursive": gettext_lazy("A type of the Avro file contains itself: how deep it goes is not bounded."),
    "broken_workbook": gettext_lazy("This is no spreadsheet, or it is damaged."),
    "too_many_sheets": gettext_lazy("The spreadsheet has more than %(most)s sheets."),
    "broken_archive": gettext_lazy("The compressed file is damaged or cut off."),
    "overlapping_members": gettext_lazy("Files in the archive share their bytes: it was made to unfold without end."),
    "too_many_members": gettext_lazy("The archive holds more than %(most)s files."),
    "nested_archive": gettext_lazy("An archive within an archive is not unpacked."),
    "encrypted": gettext_lazy("The file is protected by a password."),
    "no_tables": gettext_lazy("Nothing in the archive can be read as a table or text."),
    "several_tables": gettext_lazy("The columns stand in different tables of the file. Choose columns of one table."),
    "open_quote": gettext_lazy(
        "In line %(line)s a quote is opened and never closed. That row is left out; those behind it are read."
    ),
    "line_too_long": gettext_lazy("A single line is longer than is read here."),
    "too_deep": gettext_lazy("The JSON is nested more than 24 levels deep."),
    "too_many_columns": gettext_lazy("The table has more than 5,000 columns."),
    "too_large": gettext_lazy("The content unfolds to more than is read at once."),
    "memory_limit": gettext_lazy("Reading the file took more than its share of memory."),
    "cpu_limit": gettext_lazy("Reading the file took too long."),
    "time_limit": gettext_lazy("Reading the file took too long."),
    "not_delimited": gettext_lazy("No delimiter separates the columns."),
    "slow_recogniser": gettext_lazy(
        "This recogniser is too slow to search every row: it was left out of the full pass, and judged the sample."
    ),
    "texts_unread": gettext_lazy(
        "The language models read %(read)s of %(texts)s texts in the columns that hold most, since they take long."
        " Patterns looked at every cell."
    ),
    "no_such_column": gettext_lazy("The file has no such column."),
}


def unreadable(code: str, line: int | None = None, params: Mapping[str, Any] | None = None) -> str:
    """One sentence about a file that can't be read, with the line or block where it is known."""
    if code == "broken_avro" and params and params.get("block"):
        code = "broken_avro_block"
    text = str(UNREADABLE.get(code, _("The file can't be read."))) % (params or {})
    return _("%(problem)s (line %(line)s)") % {"problem": text, "line": line} if line else text


def left_out(reason: Reason) -> str:
    """A part of a file that was not read, and why not."""
    said = unreadable(reason.code, params=reason.params)
    return f"{reason.params['part']}: {said}" if reason.params["part"] else said


def why(reasons: tuple[Reason, ...]) -> list[str]:
    """The reasons of a finding in words."""
    return [reason_text(reason.code, reason.params) for reason in reasons]


def reason_text(code: str, params: Mapping[str, Any]) -> str:
    template = REASONS.get(code)
    if template is None:
        return code
    words: dict[str, Any] = {
        **{key: _shown(key, value) for key, value in params.items()},
        "percent": _percent(params.get("share")),
        "valid_percent": _percent(params.get("valid")),
    }
    words["entity"] = entity_name(str(params.get("entity", "")))
    words["category_name"] = _category(params.get("category"))
    words["list"] = LISTS.get(str(params.get("list")), params.get("list"))
    words["kind"] = KINDS.get(str(params.get("kind")), params.get("kind"))
    return str(template) % words


def _shown(key: str, value: Any) -> Any:
    """Counts and days as people write them; a name from the file is cut, for it may be as long as anybody likes."""
    if key in COUNTS:
        return intcomma(value)
    if key == "at":
        return date_format(date.fromisoformat(value))
    return Truncator(value).chars(LONGEST) if isinstance(value, str) else value


def _category(value: Any) -> str:
    from datamap.models import CategoryChoice

    return str(CategoryChoice(value).label) if value in CategoryChoice.values else ""


def _percent(share: Any) -> str:
    return f"{round(100 * float(share))} %" if isinstance(share, int | float) else ""


#: Parameters that count cells, texts or rows.
COUNTS: Final = frozenset({"rows", "texts", "read", "holding", "values"})
LONGEST: Final = 60  # characters of a parameter that are shown
#: The scanner's closed lists of values.
LISTS: Final = {
    "GENDER": gettext_lazy("words for a sex or gender"),
    "MARITAL_STATUS": gettext_lazy("marital statuses"),
    "ETHNICITY": gettext_lazy("words for an ethnic origin"),
    "RELIGION": gettext_lazy("religions or beliefs"),
    "BLOOD_TYPE": gettext_lazy("blood types"),
    "EDUCATION_LEVEL": gettext_lazy("levels of education"),
    "POLITICAL_PARTY": gettext_lazy("political parties"),
    "RELATIONSHIP": gettext_lazy("family relations"),
    "TITLE": gettext_lazy("forms of address"),
    "LANGUAGE": gettext_lazy("languages"),
    "JOB_TITLE": gettext_lazy("job titles"),
    "COUNTRY_NATIONALITY": gettext_lazy("nationalities"),
    "ANIMAL": gettext_lazy("animals"),
    "NOT_PERSONAL": gettext_lazy("words for states, colours, dates or things"),
}
#: The kinds of values a column may have.
KINDS: Final = {
    "boolean": gettext_lazy("yes or no"),
    "uuid": gettext_lazy("random keys"),
    "date": gettext_lazy("dates"),
    "url": gettext_lazy("web addresses"),
    "integer": gettext_lazy("whole numbers"),
    "number": gettext_lazy("numbers"),
    "text": gettext_lazy("texts"),
    "varchar": gettext_lazy("codes or short words"),
}
REASONS: Final = {
    "lexicon.word": gettext_lazy("its name says “%(word)s”"),
    "lexicon.role": gettext_lazy("its name is a role that people have: “%(word)s”"),
    "lexicon.person_id": gettext_lazy("its name is that of a person's number or key: “%(word)s”"),
    "lexicon.table": gettext_lazy("the table is about people: “%(word)s”"),
    "lexicon.thing": gettext_lazy("the table is about things: “%(word)s”"),
    "lexicon.negative": gettext_lazy("its name says otherwise: “%(word)s”"),
    "lexicon.type": gettext_lazy("its type rules out what its name says"),
    "value.validator": gettext_lazy("%(percent)s of values pass the check for “%(entity)s”"),
    "value.check_digit": gettext_lazy("the check digits of “%(entity)s” are right in %(percent)s of values"),
    "value.phone": gettext_lazy(
        "%(percent)s of values are written like telephone numbers, %(valid_percent)s are valid ones"
    ),
    "value.phone_fails": gettext_lazy("looks like telephone numbers, but only %(valid_percent)s are valid ones"),
    "value.list": gettext_lazy("%(percent)s of values are %(list)s"),
    "value.names": gettext_lazy("%(percent)s of values are on our list of people's names"),
    "value.places": gettext_lazy("%(percent)s of values are on our list of places"),
    "value.organisations": gettext_lazy("%(percent)s of values are names of organisations"),
    "value.streets": gettext_lazy("%(percent)s of values are street addresses"),
    "value.fits": gettext_lazy("nothing in its values speaks against that"),
    "value.contradicts": gettext_lazy("its name suggests “%(entity)s”, but its values look otherwise"),
    "value.model": gettext_lazy("a language model takes %(percent)s of values for “%(entity)s”"),
    "value.rare": gettext_lazy("in the whole file, %(rows)s rows hold “%(entity)s”"),
    "value.shape": gettext_lazy("its values are %(kind)s, with no identifier among them"),
    "value.empty": gettext_lazy("it has no values"),
    "table.people": gettext_lazy("the table is about people, as “%(column)s” shows"),
    "table.things": gettext_lazy("nothing else in the table is about people, so “%(entity)s” is that of a thing"),
    "weak.age": gettext_lazy("whole numbers from %(low)s to %(high)s, spread like ages"),
    "weak.age_band": gettext_lazy("%(percent)s of values are age groups"),
    "weak.birth": gettext_lazy("dates spread over decades (%(low)s to %(high)s)"),
    "weak.birth_year": gettext_lazy("years spread over decades (%(low)s to %(high)s)"),
    "weak.postcode": gettext_lazy("%(percent)s of values have the form of postcodes"),
    "weak.region": gettext_lazy("%(percent)s of values are codes of states or countries"),
    "weak.login": gettext_lazy("%(percent)s of values are words built from a name, different in every row"),
    "weak.surname": gettext_lazy("single words that differ from row to row, beside names"),
    "value.form": gettext_lazy("%(percent)s of values have the form of “%(entity)s”"),
    "weak.id": gettext_lazy("a number that comes again in other rows, as that of one person does"),
    "weak.code": gettext_lazy("letters and digits that differ in every row"),
    "weak.key": gettext_lazy("a code of its own in every row"),
    "weak.house": gettext_lazy("%(percent)s of values are words with a number, beside a town or a postcode"),
    "weak.pay": gettext_lazy("whole sums from %(low)s to %(high)s, as people are paid"),
    "beside.mail": gettext_lazy("in %(percent)s of rows the e-mail address in “%(column)s” contains it"),
    "beside.name": gettext_lazy("in %(percent)s of rows it contains the name in “%(column)s”"),
    "beside.age": gettext_lazy("in %(percent)s of rows it fits the age in “%(column)s”"),
    "beside.birth": gettext_lazy("in %(percent)s of rows it fits the date of birth in “%(column)s”"),
    "beside.title": gettext_lazy("two codes, one for each form of address in “%(column)s”"),
    "beside.given": gettext_lazy("two codes that go with the first names in “%(column)s” as sexes do"),
    "value.custom": gettext_lazy("%(percent)s of values are “%(entity)s” by the recogniser “%(recogniser)s”"),
    "value.custom_some": gettext_lazy(
        "%(percent)s of values are “%(entity)s” by the recogniser “%(recogniser)s”, too few to name the column"
    ),
    "value.custom_rare": gettext_lazy("full pass: %(rows)s rows hold %(entity)s, by the recogniser “%(recogniser)s”"),
    "value.custom_context": gettext_lazy("its name supports that: “%(word)s”"),
    "value.allowed": gettext_lazy("all %(values)s values read are on the team's list of texts that name nobody"),
    "list.rejected": gettext_lazy("rejected as “%(entity)s” in %(dataset)s by %(by)s on %(at)s"),
    "list.changed": gettext_lazy("changed to %(category_name)s in %(dataset)s by %(by)s on %(at)s"),
    "text.custom": gettext_lazy("%(texts)s texts hold “%(entity)s” by the recogniser “%(recogniser)s”"),
    "text.special": gettext_lazy("%(texts)s texts hold words of “%(entity)s”: %(words)s"),
    "text.model": gettext_lazy("%(holding)s of %(read)s texts read hold an identifier"),
    "text.slips": gettext_lazy("in %(texts)s more of the texts read something may be one, too seldom to be sure of"),
}
