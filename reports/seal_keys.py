"""The installation's sealing key: made when the first report is sealed, kept where only the sealing worker reads."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

from core import audit, keys
from core.models import Team
from reports.events import Event
from reports.models import SealAnchor
from reports.signing import authority
from reports.signing.authority import Credential

_PASSPHRASE: Final = "passphrase.wrapped"  # noqa: S105 - a file name


def folder() -> Path:
    return Path(settings.CANDOR_HOME) / "secrets" / "signing"


def installation() -> str:
    """What certificates and reports call this installation: its only controller, else its address."""
    controllers = set(Team.objects.exclude(controller="").values_list("controller", flat=True))
    return controllers.pop() if len(controllers) == 1 else str(settings.CANDOR_URL).split("://")[-1]


def credential() -> Credential:
    """The key to seal with; makes authority and key, and publishes the certificate, the first time."""
    place = folder()
    with _alone(place):
        passphrase = _passphrase(place)
        authority.prepare(place, installation(), passphrase)
        for pem in authority.anchors(place):
            _publish(pem)
        return authority.credential(place, passphrase)


def anchors() -> tuple[str, ...]:
    """The certificates a seal of ours leads back to; none before the first seal."""
    return tuple(SealAnchor.objects.values_list("pem", flat=True))


def _publish(pem: str) -> None:
    if SealAnchor.objects.filter(pem=pem).exists():
        return
    with audit.change(actor=None, event=Event.SEAL_KEY_MADE) as log:
        log.about(SealAnchor.objects.create(pem=pem))


def _passphrase(place: Path) -> bytes:
    """Random, and wrapped by the master key: the container alone opens nothing."""
    path = place / _PASSPHRASE
    if path.exists():
        return keys.provider().unwrap(path.read_bytes()).hex().encode()
    fresh = secrets.token_bytes(32)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(keys.provider().wrap(fresh))
    return fresh.hex().encode()


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Two workers that seal their first report at once must not make two keys."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(place / "lock", os.O_RDWR | os.O_CREAT, 0o600), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
