"""What the screening says to people: questions, options, rules, findings and the reasons behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core.types import Reason
from pia.screening.verdict import Duty, Finding, Line


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as a person reads it: a short name for lists, the question, why it is asked."""

    short: StrOrPromise
    text: StrOrPromise
    help: StrOrPromise
    source: StrOrPromise


QUESTIONS: Final[Mapping[str, Wording]] = {
    "personal_data": Wording(
        _("Personal data"),
        _("Does the project use data about living people at any step, even if names were removed?"),
        _(
            "Count training data, prompts, logs and test sets. Data that can be linked back to a person with "
            "reasonable effort is still personal data; only truly anonymous data is not."
        ),
        _("Art. 4(1) GDPR"),
    ),
    "model_personal": Wording(
        _("Model holds personal data"),
        _("Could personal data of the people it was trained on be drawn out of the model itself?"),
        _(
            "A model is anonymous only if both extraction and accidental output of personal data are very "
            "unlikely. If nobody tested it, answer not sure."
        ),
        _("EDPB Opinion 28/2024"),
    ),
    "prohibited": Wording(
        _("Prohibited practices"),
        _("Does the system do any of these things?"),
        _(
            "These uses of AI are forbidden. If one applies, the project stops here, whatever else is "
            "answered; there are narrow exceptions that need legal advice."
        ),
        _("Art. 5 AI Act"),
    ),
    "art35_3_a": Wording(
        _("Systematic evaluation behind serious decisions"),
        _(
            "Are people evaluated automatically, systematically and on a broad basis, and do decisions with "
            "legal or similarly serious effects rest on it?"
        ),
        _(
            "Profiling counts. Think of credit, jobs, insurance, benefits, treatment, access to a service. A "
            "person who signs off what the system proposes does not take this away."
        ),
        _("Art. 35(3)(a) GDPR"),
    ),
    "art35_3_b": Wording(
        _("Sensitive data on a large scale"),
        _("Are special categories of data, or data about criminal convictions, used on a large scale?"),
        _(
            "Health, biometrics, genetics, ethnic origin, religion, politics, union membership, sex life. "
            "Large is judged by the number of people, the volume, the duration and the area."
        ),
        _("Art. 35(3)(b) GDPR"),
    ),
    "art35_3_c": Wording(
        _("Monitoring of public places"),
        _("Is a publicly accessible area monitored systematically and on a large scale?"),
        _("For example cameras with analytics in a station or a shopping centre."),
        _("Art. 35(3)(c) GDPR"),
    ),
    "national_list": Wording(
        _("National list"),
        _("Is this kind of processing on the list for which your supervisory authority always requires an assessment?"),
        _(
            "Each authority publishes one; many name AI that evaluates people, combined data sets, "
            "biometrics, health data at scale and location tracking. Look at the list of each country "
            "concerned, and name the entry in the note."
        ),
        _("Art. 35(4) GDPR"),
    ),
    "wp248.1": Wording(
        _("Evaluation or scoring"),
        _("Does the system evaluate, score, profile or predict things about people?"),
        _("For example their performance, health, preferences, reliability, behaviour or movements."),
        _("WP248, criterion 1"),
    ),
    "wp248.2": Wording(
        _("Automated decisions"),
        _("Does the system decide automatically something with a legal or similarly serious effect on a person?"),
        _("Exclusion and discrimination count. Filtering spam or choosing the order of films usually does not."),
        _("WP248, criterion 2"),
    ),
    "wp248.3": Wording(
        _("Systematic monitoring"),
        _("Are people observed, tracked or controlled systematically?"),
        _("Also through a network or an app, and above all where they may not notice or can't avoid it."),
        _("WP248, criterion 3"),
    ),
    "wp248.4": Wording(
        _("Sensitive or highly personal data"),
        _("Does the data include special categories, convictions, or things people keep to themselves?"),
        _("Messages, location, finances, diaries and life-logging count, even where the law does not list them."),
        _("WP248, criterion 4"),
    ),
    "wp248.5": Wording(
        _("Large scale"),
        _("Is data processed on a large scale?"),
        _(
            "Look at the number of people, also as a share of the population, the amount and variety of data, "
            "how long it goes on and how far it reaches."
        ),
        _("WP248, criterion 5"),
    ),
    "wp248.6": Wording(
        _("Combined data sets"),
        _(
            "Are data sets joined that were collected for different purposes or by different organisations, "
            "beyond what people would expect?"
        ),
        _("Training on data collected for a service, or enriching customers with bought or scraped data, are typical."),
        _("WP248, criterion 6"),
    ),
    "wp248.7": Wording(
        _("Vulnerable people"),
        _("Are people among them who can't easily agree, refuse or use their rights?"),
        _(
            "Children, employees, patients, older people, asylum seekers, and anyone in a clear imbalance of "
            "power with you."
        ),
        _("WP248, criterion 7"),
    ),
    "wp248.8": Wording(
        _("New technology"),
        _("Is a technology used in a new way, so that its effects on people are not well known yet?"),
        _(
            "Generative models, biometrics and federated learning are; a long-established statistical method "
            "may not be."
        ),
        _("WP248, criterion 8"),
    ),
    "wp248.9": Wording(
        _("Barrier to a right or service"),
        _("Can the result keep people from a right, a service or a contract?"),
        _("For example screening applicants, or checking customers before a loan."),
        _("WP248, criterion 9"),
    ),
    "general_risk": Wording(
        _("High risk for another reason"),
        _("Apart from all of this, is the processing likely to put people's rights or freedoms at high risk?"),
        _(
            "The lists are not complete. Think of the nature, scope, context and purposes of this project, "
            "and of what the people concerned would be most afraid of."
        ),
        _("Art. 35(1) GDPR"),
    ),
    "exempt_list": Wording(
        _("Exempted by the authority"),
        _("Has your supervisory authority published this kind of processing as one that needs no assessment?"),
        _(
            "Name the list and the entry in the note. It only helps if the project stays strictly within the "
            "entry, and never against Art. 35(3)."
        ),
        _("Art. 35(5) GDPR"),
    ),
    "exempt_law": Wording(
        _("Assessed with the law"),
        _(
            "Does a law require this very processing, and was an impact assessment already made when that law "
            "was adopted?"
        ),
        _(
            "Only for processing based on a legal obligation or a public task. Name the law and the "
            "assessment in the note."
        ),
        _("Art. 35(10) GDPR"),
    ),
    "annex_iii": Wording(
        _("High-risk uses of AI"),
        _("Is the system meant for any of these uses?"),
        _("These are the high-risk uses of Annex III. Their obligations apply from 2 December 2027."),
        _("Annex III AI Act"),
    ),
    "annex_iii_narrow": Wording(
        _("Narrow task only"),
        _("Does the system only do a narrow procedural or preparatory task that does not influence the outcome?"),
        _("Such a system is not high-risk, unless it profiles people: then it always is."),
        _("Art. 6(3) AI Act"),
    ),
    "deployer": Wording(
        _("Who uses the system"),
        _("In what role does your organisation use the system?"),
        _("It decides whether a fundamental rights impact assessment is due."),
        _("Art. 27 AI Act"),
    ),
    "pipl": Wording(
        _("China: triggers"),
        _("Does any of these apply to personal information of people in China?"),
        _("One is enough for a personal information protection impact assessment, kept for three years."),
        _("Art. 55 PIPL"),
    ),
    "ccpa": Wording(
        _("California: triggers"),
        _("Does any of these apply to personal information of Californian consumers, workers or applicants?"),
        _("One is enough for a risk assessment under the California regulations in force since 1 January 2026."),
        _("11 CCR 7150"),
    ),
    "hipaa": Wording(
        _("US health information"),
        _("Are you a covered entity or a business associate, and does the system touch protected health information?"),
        _("Then an accurate and thorough risk analysis of that information is required."),
        _("45 CFR 164.308(a)(1)"),
    ),
    "reg_s_p": Wording(
        _("US customer information"),
        _("Are you a broker, dealer, fund, adviser or transfer agent, and does the system touch customer information?"),
        _("Then written policies must cover its safeguards, incidents and service providers."),
        _("17 CFR 248.30"),
    ),
}

OPTIONS: Final[Mapping[str, Mapping[str, StrOrPromise]]] = {
    "prohibited": {
        "manipulation": _("Manipulates people with hidden or deceptive techniques that cause serious harm"),
        "exploitation": _("Exploits age, disability or a social or economic situation to cause serious harm"),
        "social_scoring": _("Scores people by social behaviour or character and treats them worse elsewhere for it"),
        "crime_prediction": _("Predicts that a person will commit a crime from profiling or traits alone"),
        "face_scraping": _("Builds face databases by untargeted scraping of the internet or of camera footage"),
        "emotion_work_school": _("Infers emotions at work or in education, other than for medical or safety reasons"),
        "biometric_traits": _("Sorts people by biometrics into race, politics, union, religion or sex life"),
        "live_identification": _("Identifies people remotely in public places in real time for law enforcement"),
        "intimate_imagery": _(
            "Makes intimate images of people without consent, or child abuse material (from 2 December 2026)"
        ),
    },
    "annex_iii": {
        "1.a": _("Remote biometric identification"),
        "1.b": _("Biometric sorting by sensitive attributes"),
        "1.c": _("Emotion recognition"),
        "2": _("Safety component of critical infrastructure"),
        "3.a": _("Education: admission or assignment"),
        "3.b": _("Education: evaluating learning outcomes"),
        "3.c": _("Education: assessing the right level"),
        "3.d": _("Education: detecting forbidden behaviour in tests"),
        "4.a": _("Work: recruitment and selection"),
        "4.b": _("Work: terms, promotion, dismissal, task allocation, monitoring"),
        "5.a": _("Eligibility for public benefits and services"),
        "5.b": _("Creditworthiness (not fraud detection)"),
        "5.c": _("Life and health insurance: risk and pricing"),
        "5.d": _("Emergency calls: triage and dispatch"),
        "6.a": _("Law enforcement: risk of becoming a victim"),
        "6.b": _("Law enforcement: polygraphs and the like"),
        "6.c": _("Law enforcement: reliability of evidence"),
        "6.d": _("Law enforcement: risk of offending or reoffending"),
        "6.e": _("Law enforcement: profiling in investigations"),
        "7.a": _("Migration: polygraphs and the like"),
        "7.b": _("Migration: risk assessment of persons"),
        "7.c": _("Migration: examining applications"),
        "7.d": _("Migration: detecting or identifying persons"),
        "8.a": _("Justice: assisting a judicial authority"),
        "8.b": _("Influencing elections or voting"),
    },
    "deployer": {
        "public_body": _("We use it as a body governed by public law"),
        "public_service": _("We use it as a private organisation that provides a public service"),
        "private": _("We use it as another private organisation"),
        "not_deployer": _("We only provide it; others use it"),
    },
    "pipl": {
        "55.1": _("Sensitive personal information is handled"),
        "55.2": _("Decisions are automated"),
        "55.3": _("Information is entrusted, provided to another handler, or published"),
        "55.4": _("Information is provided abroad"),
        "55.5": _("Another activity with a major effect on individuals"),
    },
    "ccpa": {
        "share": _("Personal information is sold or shared"),
        "sensitive": _("Sensitive personal information is processed"),
        "significant_decision": _("Automated technology is used for a significant decision"),
        "observed_traits": _("Traits of workers, applicants or students are inferred from systematic observation"),
        "sensitive_place": _("Traits are inferred from presence in a sensitive place"),
        "training": _("Information trains decision technology, or face, emotion or identity recognition"),
    },
}

ANSWERS: Final[Mapping[str, StrOrPromise]] = {"yes": _("Yes"), "no": _("No"), "unsure": _("Not sure")}

RULES: Final[Mapping[str, StrOrPromise]] = {
    "prohibited": _("Prohibited practices, AI Act Art. 5"),
    "scope": _("Is personal data involved?"),
    "art35_3": _("Always required, GDPR Art. 35(3)"),
    "national_list": _("National list, GDPR Art. 35(4)"),
    "wp248": _("The nine criteria of WP248"),
    "general": _("General clause, GDPR Art. 35(1)"),
    "exemption": _("Exceptions, GDPR Art. 35(5) and (10)"),
    "fria": _("Fundamental rights, AI Act Art. 27"),
    "pipl": _("China, PIPL Art. 55"),
    "ccpa": _("California, 11 CCR 7150"),
    "hipaa": _("US health, HIPAA"),
    "reg_s_p": _("US finance, Regulation S-P"),
}

FINDINGS: Final[Mapping[Finding, StrOrPromise]] = {
    Finding.STOP: _("Stop"),
    Finding.REQUIRED: _("Required"),
    Finding.PRESUMED: _("Presumed required"),
    Finding.OPEN: _("Open"),
    Finding.REBUTTED: _("Presumption rebutted"),
    Finding.JUSTIFY: _("Justify"),
    Finding.EXEMPT: _("Exempt"),
    Finding.NOT_REQUIRED: _("Not triggered"),
    Finding.OUTSIDE: _("Outside the law"),
}

TONES: Final[Mapping[Finding, str]] = {
    Finding.STOP: "bad",
    Finding.REQUIRED: "serious",
    Finding.PRESUMED: "warn",
    Finding.OPEN: "neutral",
    Finding.REBUTTED: "info",
    Finding.JUSTIFY: "warn",
    Finding.EXEMPT: "info",
    Finding.NOT_REQUIRED: "good",
    Finding.OUTSIDE: "good",
}

HEADLINES: Final[Mapping[Finding, tuple[StrOrPromise, StrOrPromise]]] = {
    Finding.STOP: (
        _("Stop: a prohibited practice"),
        _("Do not go on. Take legal advice, change the purpose, or end the project."),
    ),
    Finding.REQUIRED: (
        _("An assessment is required"),
        _("A rule of law applies. Only the facts behind it can be disputed."),
    ),
    Finding.PRESUMED: (
        _("An assessment is presumed to be required"),
        _("Do it, or rebut the presumption with reasons and the view of the data protection officer."),
    ),
    Finding.OPEN: (_("Not decided yet"), _("Answer the open questions; the result follows as you go.")),
    Finding.REBUTTED: (
        _("The presumption is rebutted"),
        _("The reasons and the view of the data protection officer stay beside the result."),
    ),
    Finding.JUSTIFY: (
        _("Probably not required: say why not"),
        _("One criterion is met. Write down why no assessment is made, or make one."),
    ),
    Finding.EXEMPT: (_("An exception applies"), _("It holds only within its limits; the reason is on record.")),
    Finding.NOT_REQUIRED: (
        _("Not required"),
        _("No rule calls for an assessment. Record why; screen again when something changes."),
    ),
    Finding.OUTSIDE: (
        _("No personal data"),
        _("Data protection law does not apply. The evidence is on record; screen again when the data changes."),
    ),
}

DUTIES: Final[Mapping[Duty, StrOrPromise]] = {
    Duty.SCOPE: _("Scope"),
    Duty.PROHIBITION: _("Prohibition"),
    Duty.DPIA: _("Data protection impact assessment"),
    Duty.FRIA: _("Fundamental rights impact assessment"),
    Duty.PIPIA: _("Personal information protection impact assessment"),
    Duty.CCPA: _("Risk assessment under California law"),
    Duty.HIPAA: _("HIPAA risk analysis"),
    Duty.REG_S_P: _("Safeguards under Regulation S-P"),
}

_REASONS: Final[Mapping[str, StrOrPromise]] = {
    "screening.answer": _("%(question)s: yes."),
    "screening.fact": _("%(question)s: yes, the project's facts say so."),
    "screening.unsure": _("%(question)s: not sure, which counts as yes."),
    "screening.option": _("%(option)s."),
    "screening.no_personal_data": _("Neither the data nor the model holds personal data."),
    "screening.none_prohibited": _("None of the practices applies."),
    "screening.all_no": _("Nothing of it applies."),
    "screening.no_annex_iii": _("None of the uses of Annex III applies."),
    "screening.narrow_task": _("It only does a narrow task and does not profile people, so it is not high-risk."),
    "screening.profiles": _("It profiles people, so it is high-risk even with a narrow task."),
}


def reason_text(reason: Reason) -> str:
    """A reason of the engine in words."""
    params = reason.params
    if reason.code == "screening.criteria":
        return _criteria(int(params["met"]), int(params["of"]), int(params["open"]))
    question = str(params.get("question", ""))
    words = {
        "question": QUESTIONS[question].short if question else "",
        "option": OPTIONS.get(question, {}).get(str(params.get("option")), ""),
    }
    return str(_REASONS[reason.code]) % words


def _criteria(met: int, total: int, still_open: int) -> str:
    text = _now("%(met)s of %(total)s criteria met.") % {"met": met, "total": total}
    return f"{text} {_now('%(open)s open.') % {'open': still_open}}" if still_open else text


def answer_text(key: str, value: str | tuple[str, ...]) -> str:
    """An answer in words: yes, an option's label, or the ticked options."""
    if isinstance(value, tuple):
        return "; ".join(str(OPTIONS[key][option]) for option in value) or _now("None of these")
    return str(ANSWERS.get(value) or OPTIONS[key][value])


def from_date(line: Line) -> str:
    """Since when a line's duty applies, where that is still ahead."""
    return line.applies_from
