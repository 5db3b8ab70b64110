"""Sealing: one PAdES B-B signature that certifies the file and permits no change after it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

from reports.signing.authority import Credential

FIELD: Final = "CandorSeal"
LEVEL: Final = "PAdES B-B"


class SealError(Exception):
    """The key can't be used. `code`: bad_key."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Statement:
    """What the seal says: one sentence on who decided what, and where the seal was set."""

    reason: str
    place: str


def seal(pdf: bytes, credential: Credential, statement: Statement) -> bytes:
    """The sealed file: `pdf` unchanged, followed by one incremental update holding the signature.

    B-B carries no trusted time: the moment in it is this machine's word. Raises SealError on a key that won't open.
    """
    try:
        signer = SimpleSigner.load_pkcs12_data(credential.pkcs12, (), credential.passphrase)
    except ValueError as error:
        raise SealError("bad_key") from error
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=statement.reason,
        location=statement.place,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    field = SigFieldSpec(FIELD, readable_field_name="Seal of the installation")
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    sealed = PdfSigner(metadata, signer, new_field_spec=field).sign_pdf(writer)
    return bytes(sealed.getvalue())
