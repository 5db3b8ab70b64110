"""A snapshot as a finished assessment gives it: the support-chat classifier, with every section filled."""

# ruff: noqa: E501 - one row of data a line

from __future__ import annotations

from typing import Any

AT = "2026-11-22T14:02:00+00:00"
SHA = "9f2c41d077b3a9c25e01d4f80c6be41a77b3a9c25e01d4f80c6be41a9f2c41d0"


def level(severity: int | None, likelihood: int | None, band: str | None) -> dict[str, Any]:
    return {"severity": severity, "likelihood": likelihood, "band": band}


def risk(letter: str, title: str, source: str, before: Any, now: Any, after: Any) -> dict[str, Any]:
    return {
        "letter": letter,
        "title": title,
        "source": source,
        "family": "Feared event",
        "owner": "Platform",
        "description": "",
        "inherent": before,
        "current": now,
        "residual": after,
        "stages": [before, now, after],
        "why": [
            "Severity 3: location is in the data, and 29 % of messages name a person.",
            "Likelihood: vulnerability 4, capability 3 (outsider).",
        ],
        "override": "",
        "measures": ["Put the API behind sign-in"],
    }


def evidence(n: int, label: str, detail: str = "", kind: str = "scan") -> dict[str, Any]:
    return {"n": n, "kind": kind, "kind_label": kind.title(), "label": label, "detail": detail, "sha256": SHA, "at": AT}


def answer(section: str, citation: str, question: str, **more: Any) -> dict[str, Any]:
    blank = {
        "section": section, "citation": citation, "title": "Data minimisation", "question": question, "text": "",
        "status": "Unanswered", "tone": "neutral", "grade": "", "by": "", "at": "", "evidence": [], "reason": "",
        "gate": False, "gap": False, "applies": True,
    }  # fmt: skip
    return {**blank, **more}


def snapshot() -> dict[str, Any]:
    """A fresh copy on each call, to be changed by the test."""
    risks = [
        risk("A", "Illegitimate access", "Outsider", level(3, 4, "high"), level(3, 2, "medium"), level(3, 1, "medium")),
        risk("M", "Memorisation", "Public interface", level(3, 4, "high"), level(3, 4, "high"), level(3, 2, "medium")),
        risk("C", "Unfair escalation", "By design", level(3, 4, "high"), level(3, 2, "medium"), level(3, 2, "medium")),
        risk("D", "Loss of messages", "Accident", level(2, 3, "medium"), level(2, 2, "low"), level(2, 2, "low")),
        risk("R", "Kept too long", "By design", level(2, 4, "medium"), level(2, 3, "medium"), level(2, 1, "low")),
    ]
    return {
        "schema": "candor.report/1",
        "report": {
            "number": "PIA-2026-014", "kind": "pdf", "language": "en", "requested_at": AT, "requested_by": "Maya Okafor",
            "installation": "Northwind Traders Ltd", "verify_url": "https://candor.example/verify/Jb0aXq3nS9w",
            "approved": True, "classification": "Confidential", "candor": "0.1.0",
        },
        "project": {
            "number": 14, "name": "Support-chat sentiment classifier", "team": "Customer care",
            "controller": "Northwind Traders Ltd",
            "purpose": "Rates the mood of support messages so that angry customers reach a person sooner.\n\n"
            "The model reads the message only. It never closes a ticket and never answers a customer.",
            "groups": [
                {
                    "title": "System",
                    "rows": [
                        {"label": "Kind of AI", "value": "Classifier"},
                        {"label": "Model", "value": "DistilBERT, fine-tuned"},
                        {"label": "Human oversight", "value": "A person decides, the model informs"},
                    ],
                },
                {"title": "People", "rows": [{"label": "Data subjects", "value": "Customers (about 40 000)"}]},
            ],
            "purposes": [{"name": "Route angry messages", "basis": "Legitimate interests, 6(1)(f)", "detail": "Balanced in 2026-10."}],
            "recipients": [
                {"name": "Cloudy GmbH", "role": "Processor", "country": "DE", "tool": "Not needed", "assessed": True},
                {"name": "Helpdesk Inc.", "role": "Processor", "country": "US", "tool": "Standard clauses", "assessed": False},
            ],
            "copies": [
                {"kind": "Raw data", "where": "S3 bucket", "kept": "30 days", "why": "Complaints", "erasure": "Deleted"},
                {"kind": "Weights", "where": "Model registry", "kept": "2 years", "why": "", "erasure": "Retraining"},
            ],
        },
        "asked": "Approve a sentiment classifier on 40,000 customers' support messages.",
        "assessment": {
            "id": "0d6a2c1e-54f1-4a2b-8a36-51b3b1a0e2c4", "version": 2, "state": "decided", "state_label": "Decided",
            "version_sha256": SHA, "replaces": {"version": 1, "at": "2026-03-03T09:00:00+00:00"},
        },
        "headline": {"inherent": "high", "current": "high", "residual": "medium"},
        "findings": [
            {"what": "Messages with any identifier", "result": "38 %", "how": "4 812 texts, all scanned; names, e-mails, places", "n": 1},
            {"what": "Singled out by country, plan, birth year", "result": "64 %, k = 1", "how": "average prosecutor risk 21 %", "n": 3},
            {"what": "GDPR for AI systems", "result": "81 % evidenced", "how": "tested 34 %, documented 47 %, asserted 16 %, unmet 3 %", "n": None},
        ],
        "frameworks": [
            {
                "id": "gdpr-pia", "title": "GDPR for AI systems", "version": "1.0", "items": 41, "applicable": 33, "evidenced": "0.81",
                "shares": {"tested": "0.34", "documented": "0.47", "asserted": "0.13", "partial": "0.03", "unmet": "0.03", "unanswered": "0"},
            },
            {
                "id": "nist-pf-1.0", "title": "NIST Privacy Framework", "version": "1.0", "items": 100, "applicable": 96, "evidenced": "0.22",
                "shares": {"tested": "0.04", "documented": "0.18", "asserted": "0.4", "partial": "0.08", "unmet": "0.1", "unanswered": "0.2"},
            },
        ],
        "answers": [
            answer(
                "GDPR for AI systems · Principles", "GDPR 5(1)(c) · NIST CT.DP-P2", "Does the model need to know who wrote each message?",
                text="No: the wording is enough. Names and e-mails will be replaced by keyed tokens at ingestion and places cut to the country.",
                status="Partly met", tone="warn", grade="tested", by="Jonas Weber", at=AT, gate=True, gap=True,
                evidence=[{"n": 1, "label": "chat_logs.parquet", "says": "Column message: PERSON 29 %, EMAIL 11 %, LOCATION 9 % of texts"}],
            ),
            answer(
                "GDPR for AI systems · Principles", "GDPR 6(1)", "Which lawful basis carries each purpose?", title="Lawfulness",
                text="Legitimate interests; the balancing test is recorded.", status="Met", tone="good", grade="documented",
                by="Maya Okafor", at=AT, gate=True,
            ),
            answer("NIST Privacy Framework · Identify", "ID.IM-P1", "Do you have a list of the systems that process data?"),
            answer(
                "NIST Privacy Framework · Identify", "ID.IM-P2", "Are owners of those systems known?", status="Not triggered",
                reason="No third party runs a system.", applies=False,
            ),
        ],
        "risks": risks,
        "measures": [
            {"title": "Put the API behind sign-in", "lowers": "M high → medium", "owner": "Platform", "due": "2026-12-15", "status": "Committed", "tone": "info", "top": True, "cost": "2 days", "note": ""},
            {"title": "Pseudonymise before training, key out of the training job's reach", "lowers": "A medium → low", "owner": "Data engineering", "due": "2027-01-15", "status": "Committed", "tone": "info", "top": True, "cost": "", "note": ""},
            {"title": "Delete raw chats after 30 days", "lowers": "R medium → low", "owner": "Data engineering", "due": "2027-01-31", "status": "In place", "tone": "good", "top": True, "cost": "", "note": "Lifecycle rule, tested monthly."},
            {"title": "Red-team the model twice a year", "lowers": "", "owner": "", "due": None, "status": "Proposed", "tone": "neutral", "top": False, "cost": "", "note": ""},
        ],
        "inventory": [
            {"store": "chat_logs", "field": "message", "category": "Communication", "identifying": "no", "special": "", "source": "Confirmed, scan"},
            {"store": "chat_logs", "field": "customer_email", "category": "Contact", "identifying": "directly", "special": "", "source": "Confirmed, scan"},
            {"store": "customers", "field": "birth_year", "category": "Identity", "identifying": "in combination", "special": "", "source": "Proposed, schema"},
            {"store": "customers", "field": "sick_note", "category": "Health", "identifying": "no", "special": "Art. 9", "source": "Proposed, schema"},
        ],
        "flows": {
            "graph": {
                "nodes": [
                    {"id": "a", "kind": "subjects", "name": "Customers", "cluster": "x"},
                    {"id": "b", "kind": "process", "name": "Chat service", "cluster": "y"},
                    {"id": "c", "kind": "store", "name": "Training store", "cluster": "y"},
                    {"id": "d", "kind": "model", "name": "Sentiment classifier", "cluster": "y"},
                    {"id": "e", "kind": "recipient", "name": "Helpdesk Inc.", "cluster": "z"},
                ],
                "edges": [
                    {"source": "a", "target": "b", "label": "messages", "tone": "plain"},
                    {"source": "b", "target": "c", "label": "messages, e-mail", "tone": "plain"},
                    {"source": "c", "target": "d", "label": "texts", "tone": "plain"},
                    {"source": "d", "target": "e", "label": "mood per ticket", "tone": "warn"},
                ],
                "clusters": {"x": "Customers", "y": "Northwind Traders Ltd", "z": "Helpdesk Inc., US"},
            },
            "rows": [
                {"source": "Customers", "target": "Chat service", "what": "message, e-mail", "protection": "TLS", "crosses": True},
                {"source": "Chat service", "target": "Training store", "what": "message", "protection": "TLS, encrypted at rest", "crosses": False},
            ],
        },
        "scans": [
            {
                "name": "chat_logs.parquet", "sha256": SHA, "rows": 4812, "at": AT, "scanner": "scanner 0.1",
                "columns": [
                    {"name": "message", "found": "Name", "share": "0.29", "confidence": "0.85", "example": "Hi, I'm ‹PERSON›, my order …"},
                    {"name": "message", "found": "E-mail", "share": "0.11", "confidence": "1", "example": "write to ‹EMAIL›"},
                    {"name": "customer_email", "found": "E-mail", "share": "1", "confidence": "0.99", "example": "m•••@n•••.com"},
                ],
            }
        ],
        "lab": [
            {"dataset": "customers.csv", "k": 1, "uniqueness": "0.64", "average": "0.21", "rows": 3998, "columns": "country, plan, birth_year", "at": AT, "n": 3, "note": ""}
        ],
        "advice": {"text": "I agree, on two conditions:\n\nlimit retention, and close the API.", "by": "Dr. Lena Fischer", "at": AT, "label": "Agrees with conditions", "departure": ""},
        "views": {"rows": [{"label": "How they were sought", "value": "A poll in the help centre, 212 answers."}, {"label": "What they said", "value": "Most want names removed."}]},
        "decision": {
            "outcome": "conditionally_approve", "label": "Conditionally approved", "by": "Tom Hargreaves", "at": AT, "version_sha256": SHA,
            "summary": "No training, and no use, before the three measures below are evidenced (plan: 31 January 2027).",
            "reasons": "The benefit to customers is real and the residual risk is medium.",
            "conditions": ["API behind sign-in by 15 December 2026"], "approves": True, "departure": "", "review_on": "2027-11-22",
        },
        "people": [
            {"what": "Written by", "who": "Maya Okafor", "at": AT},
            {"what": "Advised by", "who": "Dr. Lena Fischer", "at": AT},
            {"what": "Decided by", "who": "Tom Hargreaves", "at": AT},
        ],
        "evidence": [evidence(1, "chat_logs.parquet, column message", "scanner 0.1, 4 812 rows"), evidence(3, "customers.csv", "k-anonymity", "lab")],
        "tools": [{"name": "Candor", "version": "0.1.0"}, {"name": "WeasyPrint", "version": "70.0"}],
        "audit": {"seq": 812, "hash": SHA},
    }  # fmt: skip
