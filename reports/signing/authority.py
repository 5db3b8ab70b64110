"""The installation's own certificate authority and the key its reports are sealed with.

Not a qualified trust service: the certificates say so by name. What a seal proves is that this installation issued
the file and that nothing has changed since.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs12
from cryptography.x509.oid import NameOID, ObjectIdentifier

AUTHORITY_FILE: Final = "authority.p12"
SEAL_FILE: Final = "seal.p12"
ANCHOR_FILE: Final = "authority.pem"
#: RSA, because every PDF reader in use checks it; 3072 bits is 128-bit strength (NIST SP 800-57).
KEY_BITS: Final = 3072
_AUTHORITY_LIFE: Final = timedelta(days=20 * 365)
_SEAL_LIFE: Final = timedelta(days=10 * 365)
#: A certificate is valid a little before it is made, for verifiers whose clock runs behind.
_CLOCK_SKEW: Final = timedelta(minutes=5)
#: RFC 9336, id-kp-documentSigning.
_DOCUMENT_SIGNING: Final = ObjectIdentifier("1.3.6.1.5.5.7.3.36")


@dataclass(frozen=True, slots=True)
class Credential:
    """The sealing key in its encrypted container, and the passphrase that opens it."""

    pkcs12: bytes
    passphrase: bytes


def prepare(folder: Path, installation: str, passphrase: bytes, *, now: datetime | None = None) -> None:
    """Make authority and seal in `folder` (0700, files 0600) unless they exist.

    The anchor is written last, so its presence means that the other two are complete.
    """
    if (folder / ANCHOR_FILE).exists():
        return
    moment = now or datetime.now(UTC)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority_key = rsa.generate_private_key(65537, KEY_BITS)
    authority = _authority(authority_key, installation, moment)
    seal_key = rsa.generate_private_key(65537, KEY_BITS)
    seal = _seal(seal_key, installation, authority, authority_key, moment)
    _keep(folder / AUTHORITY_FILE, _container("authority", authority_key, authority, None, passphrase))
    _keep(folder / SEAL_FILE, _container("seal", seal_key, seal, authority, passphrase))
    _keep(folder / ANCHOR_FILE, authority.public_bytes(Encoding.PEM))


def credential(folder: Path, passphrase: bytes) -> Credential:
    """The key reports are sealed with. Raises FileNotFoundError before `prepare`."""
    return Credential((folder / SEAL_FILE).read_bytes(), passphrase)


def anchors(folder: Path) -> tuple[str, ...]:
    """PEM certificates a seal of this installation must lead back to."""
    return ((folder / ANCHOR_FILE).read_text("ascii"),)


def _authority(key: rsa.RSAPrivateKey, installation: str, now: datetime) -> x509.Certificate:
    name = _name(f"Candor local authority, not qualified: {installation}", installation)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCK_SKEW)
        .not_valid_after(now + _AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _seal(
    key: rsa.RSAPrivateKey,
    installation: str,
    issuer: x509.Certificate,
    issuer_key: rsa.RSAPrivateKey,
    now: datetime,
) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(f"Candor seal, not qualified: {installation}", installation))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCK_SKEW)
        .not_valid_after(now + _SEAL_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([_DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _name(common: str, organisation: str) -> x509.Name:
    """X.520 allows 64 characters in each of the two; what must be read comes first."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
        ]
    )


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=not certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _container(
    label: str,
    key: rsa.RSAPrivateKey,
    certificate: x509.Certificate,
    issuer: x509.Certificate | None,
    passphrase: bytes,
) -> bytes:
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(210_000)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(passphrase)
    )
    chain = [issuer] if issuer is not None else None
    return pkcs12.serialize_key_and_certificates(label.encode(), key, certificate, chain, encryption)


def _keep(path: Path, data: bytes) -> None:
    """Write 0600 and whole: a crash leaves the old state or the new one."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
