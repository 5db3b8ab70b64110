"""Is this the file that was issued, and by whom? Reads any bytes, however hostile; run it in a limited process.

Two steps, so that each can be tested alone: `examine` looks at the file, `judge` compares what it found with what was
issued. Anything that can't be followed to the last byte counts as altered, never as valid.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any, Final

from asn1crypto import cms, pem, x509
from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    validate_pdf_signature,
)
from pyhanko_certvalidator import ValidationContext

from reports.signing.signer import LEVEL

SNAPSHOT_NAME: Final = "snapshot.json"
#: Longest text taken over from a file into an answer.
_TEXT: Final = 300


class Verdict(StrEnum):
    """The answer, worst reading first wins; superseded and stale come from the register, not from the file."""

    VALID = "valid"
    INCOMPLETE = "incomplete"
    ALTERED = "altered"
    UNKNOWN_ISSUER = "unknown_issuer"
    UNSIGNED = "unsigned"
    SUPERSEDED = "superseded"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature. `signed_at` is ISO 8601 UTC and, at level B-B, the signing machine's own word."""

    name: str
    statement: str
    signed_at: str
    intact: bool
    trusted: bool
    unchanged_since: bool
    certifies: bool
    level: str = LEVEL
    trusted_time: bool = False


@dataclass(frozen=True, slots=True)
class Examination:
    """What a file holds. `problem`: "", not_a_pdf, unreadable, or broken_signature."""

    sha256: str
    signers: tuple[Signer, ...] = ()
    snapshot_sha256: str = ""
    number: str = ""
    approved: bool = False
    problem: str = ""
    claims_signature: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """What the register says about the report a file claims to be."""

    snapshot_sha256: str
    signatures: int


def judge(found: Examination, expected: Expected | None) -> Verdict:
    """`expected` None: the register knows no such report, so only the signatures can speak."""
    if found.problem and found.claims_signature:
        return Verdict.ALTERED
    if not found.signers:
        return Verdict.UNSIGNED
    if not all(signer.intact and signer.unchanged_since for signer in found.signers):
        return Verdict.ALTERED
    if not all(signer.trusted for signer in found.signers):
        return Verdict.UNKNOWN_ISSUER
    if expected is None:
        return Verdict.VALID
    if found.snapshot_sha256 != expected.snapshot_sha256:
        return Verdict.ALTERED
    return Verdict.VALID if len(found.signers) >= expected.signatures else Verdict.INCOMPLETE


def examine(pdf: bytes, anchors: Sequence[str]) -> Examination:
    """Read every signature of `pdf` against the PEM certificates `anchors`. Never raises on bad input."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # tracebacks would quote the file
    digest = hashlib.sha256(pdf).hexdigest()
    if b"%PDF-" not in pdf[:1024]:
        return Examination(digest, problem="not_a_pdf")
    claims = b"/ByteRange" in pdf
    try:
        return _examine(pdf, digest, _certificates(anchors))
    except Exception:  # noqa: BLE001 - a hostile file may break any parser in any way; none of it is trusted then
        return Examination(digest, problem="broken_signature" if claims else "unreadable", claims_signature=claims)


def _examine(pdf: bytes, digest: str, anchors: Sequence[x509.Certificate]) -> Examination:
    reader = PdfFileReader(BytesIO(pdf), strict=True)
    context = ValidationContext(trust_roots=list(anchors), allow_fetching=False, revocation_mode="soft-fail")
    signers = tuple(_signer(pdf, signature, anchors, context) for signature in reader.embedded_signatures)
    snapshot = _snapshot(reader)
    header = _header(snapshot)
    return Examination(
        sha256=digest,
        signers=signers,
        snapshot_sha256=hashlib.sha256(snapshot).hexdigest() if snapshot else "",
        number=_text(header.get("number")),
        approved=header.get("approved") is True,
        claims_signature=bool(signers),
    )


def _signer(
    pdf: bytes, signature: EmbeddedPdfSignature, anchors: Sequence[x509.Certificate], context: ValidationContext
) -> Signer:
    status = validate_pdf_signature(signature, context)
    reported = status.signer_reported_dt
    return Signer(
        name=_text(signature.signer_cert.subject.native.get("common_name")),
        statement=_text(signature.sig_object.get("/Reason")),
        signed_at=reported.isoformat() if reported else "",
        intact=status.intact and status.valid and (not status.trusted or _is_exact(pdf, signature, anchors)),
        trusted=status.trusted,
        unchanged_since=_unchanged(status),
        certifies=signature.docmdp_level is MDPPerm.NO_CHANGES,
    )


def _unchanged(status: PdfSignatureStatus) -> bool:
    """Our seal permits no change at all, so it must reach to the last byte of the file."""
    return status.coverage is SignatureCoverageLevel.ENTIRE_FILE and status.docmdp_ok is not False


def _is_exact(pdf: bytes, signature: EmbeddedPdfSignature, anchors: Sequence[x509.Certificate]) -> bool:
    """Whether the one part no signature covers, the CMS itself, is written the only way we write it.

    Otherwise the case of a hex digit, the padding, a spare certificate or a version field could be changed unnoticed.
    """
    start, before, after, _rest = (int(number) for number in signature.byte_range)
    content: bytes = signature.pkcs7_content
    if pdf[start + before : after].lower() != b"<" + content.hex().encode() + b">" or not _one_case(pdf[before:after]):
        return False
    message = cms.ContentInfo.load(content)
    encoded: bytes = message.dump(force=True)
    return content.startswith(encoded) and not content[len(encoded) :].strip(b"\0") and _is_plain(message, anchors)


def _one_case(digits: bytes) -> bool:
    return digits in (digits.lower(), digits.upper())


def _is_plain(message: cms.ContentInfo, anchors: Sequence[x509.Certificate]) -> bool:
    """Version 1, SHA-256 throughout, the chain and nothing else, no unsigned attributes."""
    data = message["content"]
    (info,) = data["signer_infos"]
    certificates = {certificate.chosen.dump() for certificate in data["certificates"]}
    known = {anchor.dump() for anchor in anchors}
    digests = [algorithm["algorithm"].native for algorithm in data["digest_algorithms"]]
    return (
        data["version"].native == info["version"].native == "v1"
        and digests == [info["digest_algorithm"]["algorithm"].native] == ["sha256"]
        and len(certificates - known) == 1
        and len(certificates) == len(data["certificates"])
        and not data["crls"]
        and not info["unsigned_attrs"]
    )


def _snapshot(reader: PdfFileReader) -> bytes:
    """The attached facts; b"" where there are none, or more than one file claims to be them."""
    found = [spec for spec in _associated(reader) if spec.get("/F") == SNAPSHOT_NAME]
    if len(found) != 1:
        return b""
    stream = found[0]["/EF"]["/F"]
    return bytes(stream.data) if isinstance(stream, StreamObject) else b""


def _associated(reader: PdfFileReader) -> list[DictionaryObject]:
    listed: Any = reader.root.get("/AF", ())
    specs = [listed[index] for index in range(len(listed))]  # by index, which follows references
    return [spec for spec in specs if isinstance(spec, DictionaryObject) and spec.get("/AFRelationship") == "/Data"]


def _header(snapshot: bytes) -> Mapping[str, Any]:
    try:
        report = json.loads(snapshot)["report"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return report if isinstance(report, dict) else {}


def _text(value: object) -> str:
    return "".join(c for c in str(value or "") if c.isprintable())[:_TEXT]


def _certificates(anchors: Sequence[str]) -> list[x509.Certificate]:
    return [x509.Certificate.load(pem.unarmor(anchor.encode())[2]) for anchor in anchors]
