"""The whole job in a browser: five people, a real worker, from the register form to a report that a stranger verifies.

Every page somebody comes to is checked: axe, the browser's own complaints, sideways scrolling. Each step is typed or
clicked at least once; where a person would repeat it eighty times, services do the rest.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from config.demo import data
from core import audit
from core.models import Project, Role, User
from datamap.models import Dataset
from pia.frameworks.pack import Weight
from pia.models import Answer, AnswerStatus, Assessment, Risk
from pia.selectors.answers import entries
from pia.selectors.risks import unargued
from pia.selectors.screening import verdict_of
from pia.services import answers, risks, screening
from pia.workflow import State
from tests.factories import PASSWORD, TeamFactory, person

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from pia.screening.questions import AnswerValue
    from tests.browser.conftest import Visit, Visitor
    from tests.support.worker import Worker

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

PATIENCE = 60_000  # milliseconds for what a worker does
UUID = "[0-9a-f-]{36}"
NAME = "Support-chat sentiment classifier"
ROLES = (Role.ENGINEER, Role.OFFICER, Role.DPO, Role.DECIDER, Role.AUDITOR)
#: What the screening is told where no fact answers; everything else is a no.
SCREENED: dict[str, AnswerValue] = {"prohibited": (), "annex_iii": (), "wp248.1": "yes", "deployer": "private"}


@dataclass(frozen=True)
class Person:
    """Somebody, and the window they sit at."""

    user: User
    window: Visit

    @property
    def page(self) -> Page:
        return self.window.page

    @property
    def content(self) -> Locator:
        return self.page.locator("main")

    def press(self, name: str | re.Pattern[str]) -> None:
        self.content.get_by_role("button", name=name).first.click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.content.get_by_role("link", name=name).first.click()

    def arrives(self, heading: str | re.Pattern[str]) -> None:
        """The page of this heading is there, and it is sound."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.window.check()

    def drop(self, name: str, content: bytes) -> None:
        """Let go of a file over the page's drop zone."""
        carried = self.page.evaluate_handle(
            """([name, coded]) => {
                const carried = new DataTransfer();
                carried.items.add(new File([Uint8Array.from(atob(coded), (c) => c.charCodeAt(0))], name));
                return carried;
            }""",
            [name, base64.b64encode(content).decode()],
        )
        self.page.dispatch_event(".drop", "dragover", {"dataTransfer": carried})
        self.page.dispatch_event(".drop", "drop", {"dataTransfer": carried})
        expect(self.page.locator("[data-upload-name]")).to_contain_text(name)


@pytest.fixture
def people(transactional_db: None, visit: Visitor) -> dict[Role, Person]:
    call_command("load_packs", verbosity=0)
    team = TeamFactory(name="Northwind AI team")
    users = {role: person(role, team=team) for role in ROLES}
    return {role: Person(user, visit(user)) for role, user in users.items()}


# --- the engineer ---------------------------------------------------------------------------------------------------


def register(engineer: Person) -> Project:
    engineer.window.open("/work/")
    engineer.arrives("My work")
    engineer.follow("Register a project")
    engineer.arrives("Register an AI project")
    form = engineer.content
    form.get_by_label("Name (needed)").fill(NAME)
    form.get_by_label("Purpose (needed)").fill("Unhappy customers are answered first.")
    form.get_by_label("Kind of AI").select_option("classifier")
    form.get_by_label("Customers").first.check()
    form.locator("[name=people_count]").fill("40000")
    engineer.press("Add a purpose")
    form.locator("[name=purposes-0-name]").fill("Sort the queue")
    form.locator("[name=purposes-0-basis]").select_option("legitimate_interests")
    form.locator("[name=purposes-0-balancing]").fill("Balancing test LIA-7: shorter waits, easy objection.")
    engineer.press("Add a recipient")
    form.locator("[name=recipients-0-name]").fill("Elbe Hosting GmbH")
    engineer.press("Register the project")
    engineer.page.wait_for_url(re.compile(f"/projects/{UUID}/$"))
    engineer.arrives(NAME)
    return Project.objects.get(name=NAME)


def upload_schema(engineer: Person, project: Project) -> None:
    engineer.window.open(f"/projects/{project.pk}/schemas/")
    engineer.arrives("Schemas")
    engineer.drop("support.sql", data.SCHEMA_V1.encode())
    engineer.press("Upload")
    expect(engineer.content.locator("#fields")).to_be_visible(timeout=PATIENCE)
    expect(engineer.content).to_contain_text("full_name")
    engineer.arrives("support.sql")


def upload_sample(engineer: Person, project: Project) -> None:
    """The job is seen at work and ends on the same page, without a reload."""
    engineer.window.open(f"/projects/{project.pk}/samples/")
    engineer.arrives("Samples")
    engineer.drop("customers.csv", data.customers_csv())
    engineer.press("Upload and scan")
    expect(engineer.content.get_by_role("progressbar", name="Scanning a sample")).to_be_visible()
    engineer.arrives("customers.csv")
    expect(engineer.content.get_by_text(re.compile(r"Scanned in [\d.]+ s"))).to_be_visible(timeout=PATIENCE)
    expect(engineer.content.get_by_role("progressbar", name="Scanning a sample")).to_have_count(0)
    expect(engineer.content).to_contain_text("E-mail address")
    expect(engineer.content).not_to_contain_text("katarina", ignore_case=True)  # masked
    engineer.arrives("customers.csv")


def accept_findings(engineer: Person) -> None:
    accept = engineer.content.get_by_role("button", name="Accept email")
    accept.click()
    expect(accept).to_have_count(0)
    engineer.content.get_by_text("Accept the sure ones…").click()
    engineer.press("Accept them")
    expect(engineer.page.get_by_text(re.compile(r"\d+ findings? decided"))).to_be_visible()
    engineer.arrives("customers.csv")


def draft_map(engineer: Person, project: Project) -> None:
    engineer.window.open(f"/projects/{project.pk}/map/")
    engineer.arrives("Data map")
    engineer.press("Draft the map")
    expect(engineer.content.get_by_role("img", name=re.compile("^Data map"))).to_be_visible()
    engineer.arrives("Data map")
    engineer.follow("Inventory")
    engineer.arrives("Inventory")
    expect(engineer.content).to_contain_text("birth_year")
    engineer.window.open(f"/projects/{project.pk}/lab/")
    expect(engineer.content.get_by_text("Smallest group (k)").first).to_be_visible(timeout=PATIENCE)
    engineer.arrives("Lab: risk, measured")


# --- the privacy officer --------------------------------------------------------------------------------------------


def screen(officer: Person, project: Project) -> None:
    """Four questions by hand, the rest at once, the result by hand again."""
    officer.window.open(f"/projects/{project.pk}/screening/")
    for _question in range(4):
        officer.arrives("Is an assessment required?")
        answer_question(officer)
    for _round in range(10):
        if not (left := verdict_of(project).unanswered):
            break
        given = {key: SCREENED.get(key, "no") for key in left}
        screening.answer_screening(actor=officer.user, project=project, answers=given)
    officer.window.open(f"/projects/{project.pk}/screening/result/")
    officer.arrives("Screening result")
    why = officer.content.get_by_label("Why no assessment is made")
    if why.count():
        why.fill("Made all the same.")
    officer.press("Complete the screening")
    expect(officer.content).to_contain_text("Completed by")
    officer.arrives("Screening result")


def answer_question(officer: Person) -> None:
    """Say no, or tick nothing where several may apply; then the next question is there."""
    before = officer.content.locator("#question").inner_text()
    no = officer.content.locator(".segmented label", has_text=re.compile(r"^\s*No\s*$"))
    if no.count():
        no.click()
    officer.press("Save and go on")
    expect(officer.content.locator("#question")).not_to_have_text(before)


def assess(officer: Person, project: Project) -> Assessment:
    officer.window.open(f"/projects/{project.pk}/assessments/")
    officer.arrives("Assessment")
    officer.press("Start the assessment")
    officer.page.wait_for_url(re.compile(f"/assessments/{UUID}/"))
    officer.arrives("Assessment v1")
    officer.page.fill("#answer-text", "Messages are sorted by tone, so that a person answers the unhappy first.")
    officer.page.click("label.work-met")
    expect(officer.page.locator("#answer-saved")).to_contain_text("Saved at")
    expect(officer.page.locator("#answer-meta")).to_contain_text(re.compile(r"version \d"))
    officer.arrives("Assessment v1")
    assessment = Assessment.objects.get(project=project)
    assert Answer.objects.filter(assessment=assessment, text__startswith="Messages are sorted").count() == 1
    read_by_framework(officer)
    answer_the_rest(officer.user, assessment)
    return assessment


def read_by_framework(officer: Person) -> None:
    """The same answers in the order of one framework."""
    officer.page.select_option("#work-view", "gdpr-pia")
    officer.page.wait_for_url(re.compile("view=gdpr-pia"))
    officer.arrives("Assessment v1")


def answer_the_rest(user: User, assessment: Assessment) -> None:
    for entry in entries(assessment):
        if not entry.answered and entry.item.weight == Weight.MUST:
            answers.save_answer(
                actor=user, answer=entry.answer, version=entry.answer.version,
                text="Looked at and written down.", status=AnswerStatus.MET,
            )  # fmt: skip
    for risk in unargued(Risk.objects.filter(assessment=assessment)):
        risks.describe_risk(actor=user, risk=risk, argument="The remaining path needs two failures at once.")


def plan_measure(officer: Person, assessment: Assessment, owner: User) -> None:
    officer.window.open(f"{assessment.get_absolute_url()}readiness/")
    officer.arrives("Readiness")
    officer.window.open(f"{assessment.get_absolute_url()}risks/")
    officer.arrives("Risks")
    officer.content.get_by_role("button", name=re.compile("^Why")).last.click()
    expect(officer.page.locator("#risk-card")).to_be_visible()
    officer.content.locator("#risk-table a.cell-title").first.click()
    officer.arrives(re.compile("^A · "))
    officer.follow("Risks")
    officer.follow("Plan measures")
    officer.arrives("Plan a measure")
    officer.content.get_by_label("Measure", exact=True).select_option("pseudonymise")
    officer.content.get_by_label(re.compile("^Owner")).select_option(str(owner.pk))
    officer.content.get_by_label(re.compile("^Due")).fill(str(timezone.localdate() + timedelta(days=60)))
    officer.press("Plan")
    officer.arrives("Measures")
    expect(officer.content.locator(".board")).to_contain_text("Pseudonymise before training")


def submit(officer: Person, assessment: Assessment) -> None:
    officer.window.open(f"{assessment.get_absolute_url()}decide/")
    officer.arrives("Review and decision")
    officer.content.get_by_role("radio", name="No", exact=True).check()
    officer.content.get_by_label(re.compile("^Why not")).fill("Their council meets in January; it is asked then.")
    officer.press("Record")
    expect(officer.content).to_contain_text("Not asked, because")
    officer.press("Submit for review")
    officer.page.locator("dialog#confirm [data-confirm-yes]").click()
    expect(officer.content).to_contain_text("The version is frozen under its hash.")
    officer.arrives("Review and decision")


# --- those who answer for it ----------------------------------------------------------------------------------------


def find_work(someone: Person) -> None:
    """What waits for somebody is on their first page, one click away."""
    someone.window.open("/work/")
    someone.arrives("My work")
    someone.content.locator("a.row-link").first.click()
    someone.arrives("Review and decision")


def advise(dpo: Person) -> None:
    find_work(dpo)
    dpo.content.get_by_label("In favour, on conditions").check()
    dpo.content.get_by_label("Advice", exact=True).fill("Approve on condition that tokens replace names first.")
    dpo.press("Give this advice")
    expect(dpo.content.get_by_text("Approve on condition that tokens")).to_be_visible()
    dpo.arrives("Review and decision")


def decide(decider: Person, assessment: Assessment) -> None:
    """A wrong password decides nothing."""
    find_work(decider)
    decider.content.get_by_label("Approve on conditions").check()
    decider.content.get_by_label(re.compile("^Reasons")).first.fill("The benefit is real; the advice is followed.")
    decider.content.get_by_label(re.compile("^Conditions")).fill("No live exports before tokens replace names.")
    decider.content.get_by_label("Your password").fill("not it")
    decider.press("Decide")
    expect(decider.content).to_contain_text("This is not your password.")
    decider.window.complaints.clear()  # the browser tells of the answer's 422
    decider.content.get_by_label("Your password").fill(PASSWORD)
    decider.press("Decide")
    expect(decider.content).to_contain_text("On version")
    decider.arrives("Review and decision")
    assessment.refresh_from_db()
    assert (assessment.state, assessment.decisions.get().by) == (State.DECIDED, decider.user)


# --- the report -----------------------------------------------------------------------------------------------------


def issue(officer: Person, project: Project) -> None:
    """The page that shows the drawing turns into that of the sealed report."""
    officer.window.open(f"/projects/{project.pk}/reports/")
    officer.arrives("Reports")
    officer.press("Issue the report")
    officer.page.wait_for_url(re.compile(f"/reports/{UUID}/$"))
    expect(officer.content.get_by_role("link", name="Download the PDF")).to_be_visible(timeout=PATIENCE)
    expect(officer.content).to_contain_text("Approved")
    officer.arrives(re.compile(r"\w+-\d+"))


def download(auditor: Person, folder: Path) -> bytes:
    auditor.window.open("/work/")
    auditor.arrives("My work")
    auditor.page.get_by_role("navigation", name="Main").get_by_role("link", name="Reports").click()
    auditor.arrives("Reports")
    auditor.content.locator("a.cell-title").first.click()
    auditor.arrives(re.compile(r"\w+-\d+"))
    with auditor.page.expect_download() as waiting:
        auditor.follow("Download the PDF")
    waiting.value.save_as(folder / "report.pdf")
    return (folder / "report.pdf").read_bytes()


def verify(stranger: Person, pdf: bytes, name: str, verdict: str) -> None:
    """On the public page, by dropping the file."""
    stranger.window.open("/verify/")
    stranger.arrives("Verify a report")
    stranger.drop(name, pdf)
    stranger.press("Verify")
    result = stranger.content.get_by_role("region", name="Result")
    expect(result.get_by_role("heading")).to_have_text(re.compile(rf"^\s*{verdict}\s+{re.escape(name)}$"))
    stranger.arrives("Verify a report")


def read_trail(auditor: Person) -> None:
    auditor.page.get_by_role("navigation", name="Main").get_by_role("link", name="Audit").click()
    auditor.arrives("Audit trail")
    auditor.press("Check the chain")
    expect(auditor.page.locator("#chain")).to_contain_text("The chain is whole.")
    for event in ("assessment.decided", "report.sealed", "report.downloaded"):
        expect(auditor.content.locator("table")).to_contain_text(event)
    auditor.arrives("Audit trail")


def look_round(window: Visit, assessment: Assessment) -> None:
    """On a telephone, everything that is there by now."""
    project = f"/projects/{assessment.project_id}"
    mine = assessment.get_absolute_url()
    dataset = Dataset.objects.get(project_id=assessment.project_id)
    for path in (
        "/portfolio/", "/projects/", "/reports/", "/frameworks/", "/jobs/", f"{project}/", f"{project}/edit/",
        f"{project}/map/", f"{project}/inventory/", f"{project}/lab/", f"{project}/versions/", f"{project}/reports/",
        dataset.get_absolute_url(), mine, f"{mine}readiness/", f"{mine}risks/", f"{mine}measures/", f"{mine}decide/",
    ):  # fmt: skip
        window.open(path)
        window.check()


def test_five_people_take_a_project_from_the_form_to_a_verified_report(
    live_worker: Worker, people: dict[Role, Person], visit: Visitor, tmp_path: Path
) -> None:
    engineer, officer, auditor = people[Role.ENGINEER], people[Role.OFFICER], people[Role.AUDITOR]
    project = register(engineer)
    upload_schema(engineer, project)
    upload_sample(engineer, project)
    accept_findings(engineer)
    draft_map(engineer, project)

    screen(officer, project)
    assessment = assess(officer, project)
    plan_measure(officer, assessment, engineer.user)
    submit(officer, assessment)
    advise(people[Role.DPO])
    decide(people[Role.DECIDER], assessment)

    issue(officer, project)
    pdf = download(auditor, tmp_path)
    stranger = Person(auditor.user, visit())  # nobody is signed in there
    verify(stranger, pdf, "report.pdf", "Valid")
    changed = bytearray(pdf)
    changed[len(pdf) // 2] ^= 1
    verify(stranger, bytes(changed), "changed.pdf", "Altered")
    read_trail(auditor)
    look_round(visit(officer.user, width=390), assessment)
    assert audit.verify().ok
