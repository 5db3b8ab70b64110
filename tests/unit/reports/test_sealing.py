from __future__ import annotations

import hashlib
import io
import re
import subprocess
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from reports.signing import authority, signer, verify
from reports.signing.verify import Expected, Verdict
from tests.unit.reports.files import SNAPSHOT, pdf

PASSPHRASE = b"correct horse"
STATEMENT = signer.Statement("Approved by Ada Lovelace on 22 November 2026", "Candor")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys") / "signing"
    authority.prepare(folder, "Northwind Traders Ltd", PASSPHRASE)
    return folder


@pytest.fixture(scope="module")
def anchors(keys: Path) -> tuple[str, ...]:
    return authority.anchors(keys)


@pytest.fixture(scope="module")
def plain() -> bytes:
    return pdf()


@pytest.fixture(scope="module")
def sealed(keys: Path, plain: bytes) -> bytes:
    return signer.seal(plain, authority.credential(keys, PASSPHRASE), STATEMENT)


def verdict(data: bytes, anchors: tuple[str, ...], expected: Expected | None = None) -> Verdict:
    return verify.judge(verify.examine(data, anchors), expected)


def cms_range(data: bytes) -> tuple[int, int]:
    """Where the signature's hex digits stand."""
    found = re.search(rb"/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)", data)
    assert found
    _start, before, after, _rest = (int(number) for number in found.groups())
    return before + 1, after - 1


def changed(data: bytes, at: int, xor: int = 1) -> bytes:
    return data[:at] + bytes([data[at] ^ xor]) + data[at + 1 :]


def test_a_sealed_report_is_valid_and_says_who_decided(sealed: bytes, anchors: tuple[str, ...]) -> None:
    found = verify.examine(sealed, anchors)
    (seal,) = found.signers
    assert verify.judge(found, Expected(found.snapshot_sha256, 1)) is Verdict.VALID
    assert seal.statement == STATEMENT.reason
    assert "not qualified" in seal.name
    assert seal.certifies
    assert not seal.trusted_time
    assert (found.number, found.approved) == ("PIA-2026-014", True)


def test_sealing_appends_and_changes_nothing(plain: bytes, sealed: bytes) -> None:
    assert sealed.startswith(plain)


def test_a_changed_byte_of_content_is_altered(sealed: bytes, anchors: tuple[str, ...]) -> None:
    before, after = cms_range(sealed)
    random = Random(1)
    for at in [*random.sample(range(before - 1), 40), *random.sample(range(after + 1, len(sealed)), 10)]:
        assert verdict(changed(sealed, at), anchors) is not Verdict.VALID


def test_a_changed_digit_of_the_signature_is_altered(sealed: bytes, anchors: tuple[str, ...]) -> None:
    before, after = cms_range(sealed)
    used = before + len(sealed[before:after].rstrip(b"0"))
    random = Random(2)
    places = [
        *range(before, before + 60),
        *random.sample(range(before + 60, used), 150),
        used - 1,
        used + 20,
        after - 1,
    ]
    for at in places:
        assert verdict(changed(sealed, at), anchors) is not Verdict.VALID


def test_the_case_of_a_hex_digit_counts_as_a_change(sealed: bytes, anchors: tuple[str, ...]) -> None:
    before, _after = cms_range(sealed)
    at = next(i for i in range(before, len(sealed)) if sealed[i : i + 1].isalpha())
    assert verdict(changed(sealed, at, 0x20), anchors) is Verdict.ALTERED


def test_an_update_that_rewrites_page_one_is_altered_though_pdfsig_calls_it_valid(
    sealed: bytes, anchors: tuple[str, ...], tmp_path: Path
) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    page = writer.root["/Pages"]["/Kids"][0]
    page[generic.NameObject("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"0 0 99 99 re f"))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    assert verdict(out.getvalue(), anchors) is Verdict.ALTERED
    (tmp_path / "x.pdf").write_bytes(out.getvalue())
    said = pdfsig(tmp_path / "x.pdf")
    assert "Signature is Valid" in said
    assert "Not total document signed" in said


def pdfsig(path: Path) -> str:
    """Its words: it exits 0 whatever it finds."""
    return subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout


def test_pdfsig_reads_the_seal(sealed: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(sealed)
    said = pdfsig(tmp_path / "x.pdf")
    for words in ("Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "Hash Algorithm: SHA-256"):
        assert words in said


def test_bytes_behind_the_end_are_altered(sealed: bytes, anchors: tuple[str, ...]) -> None:
    assert verdict(sealed + b"\n%more", anchors) is Verdict.ALTERED


def test_a_copy_cut_back_to_before_the_seal_is_unsigned(plain: bytes, anchors: tuple[str, ...]) -> None:
    assert verdict(plain, anchors) is Verdict.UNSIGNED


def test_a_copy_with_fewer_seals_than_were_set_is_incomplete(sealed: bytes, anchors: tuple[str, ...]) -> None:
    found = verify.examine(sealed, anchors)
    assert verify.judge(found, Expected(found.snapshot_sha256, 2)) is Verdict.INCOMPLETE


def test_other_facts_than_the_frozen_ones_are_altered(sealed: bytes, anchors: tuple[str, ...]) -> None:
    assert verdict(sealed, anchors, Expected("0" * 64, 1)) is Verdict.ALTERED


def test_a_rewrite_by_qpdf_is_altered(sealed: bytes, anchors: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "in.pdf").write_bytes(sealed)
    subprocess.run(["qpdf", tmp_path / "in.pdf", tmp_path / "out.pdf"], check=True, capture_output=True)
    assert verdict((tmp_path / "out.pdf").read_bytes(), anchors) is Verdict.ALTERED


def test_a_forged_copy_has_an_unknown_issuer(plain: bytes, anchors: tuple[str, ...], tmp_path: Path) -> None:
    authority.prepare(tmp_path, "Northwind Traders Ltd", b"x")
    forged = signer.seal(plain, authority.credential(tmp_path, b"x"), STATEMENT)
    assert verdict(forged, anchors) is Verdict.UNKNOWN_ISSUER


@pytest.mark.parametrize("data", [b"", b"<html>", b"%PDF-1.7\n", b"%PDF-1.7\n/ByteRange [0 1 2 3]", b"\x00" * 5000])
def test_any_other_bytes_are_never_valid_and_never_raise(data: bytes, anchors: tuple[str, ...]) -> None:
    assert verdict(data, anchors) in {Verdict.UNSIGNED, Verdict.ALTERED}


def test_keys_are_encrypted_and_readable_by_their_owner_alone(keys: Path) -> None:
    assert keys.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in keys.iterdir()} == {0o600}
    with pytest.raises(ValueError, match="password"):
        pkcs12.load_key_and_certificates((keys / authority.SEAL_FILE).read_bytes(), b"wrong")
    # 2.16.840.1.101.3.4.1.42 is aes256-CBC
    assert bytes.fromhex("060960864801650304012a") in (keys / authority.SEAL_FILE).read_bytes()


def test_a_second_start_keeps_the_keys(keys: Path) -> None:
    before = (keys / authority.SEAL_FILE).read_bytes()
    authority.prepare(keys, "Somebody else", b"other")
    assert (keys / authority.SEAL_FILE).read_bytes() == before


def test_a_key_that_does_not_open_is_said_so(keys: Path, plain: bytes) -> None:
    with pytest.raises(signer.SealError):
        signer.seal(plain, authority.credential(keys, b"wrong"), STATEMENT)


def test_the_attached_facts_are_hashed(sealed: bytes, anchors: tuple[str, ...]) -> None:
    assert verify.examine(sealed, anchors).snapshot_sha256 == hashlib.sha256(SNAPSHOT).hexdigest()
