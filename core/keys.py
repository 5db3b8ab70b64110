"""The master key that wraps every file's data key. Read lazily: commands without files need none."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Callable

MASTER_BYTES: Final = 32


class KeyProvider(Protocol):
    """Wraps and unwraps data keys; a cloud KMS or Vault transit fits behind it."""

    key_id: str

    def wrap(self, key: bytes) -> bytes: ...

    def unwrap(self, wrapped: bytes) -> bytes: ...


class LocalKeyProvider:
    """A master key in a file only this account can read (RFC 3394 key wrap)."""

    def __init__(self, path: Path) -> None:
        self._master = _read_or_make(path)
        self.key_id = "local"

    def wrap(self, key: bytes) -> bytes:
        return aes_key_wrap(self._master, key)

    def unwrap(self, wrapped: bytes) -> bytes:
        try:
            return aes_key_unwrap(self._master, bytes(wrapped))
        except InvalidUnwrap as error:
            raise ImproperlyConfigured("the master key is not the one this file was encrypted under") from error


def _read_or_make(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if path.stat().st_mode & 0o077:
            raise ImproperlyConfigured(f"{path} can be read by others; make it 0600") from None
    else:
        with os.fdopen(fd, "wb") as file:
            file.write(os.urandom(MASTER_BYTES))
    master = path.read_bytes()
    if len(master) != MASTER_BYTES:
        raise ImproperlyConfigured(f"{path} does not hold a master key of {MASTER_BYTES} bytes")
    return master


def _local() -> KeyProvider:
    return LocalKeyProvider(Path(settings.CANDOR_HOME) / "secrets" / "master.key")


PROVIDERS: Final[dict[str, Callable[[], KeyProvider]]] = {"local": _local}


@lru_cache(maxsize=1)
def provider() -> KeyProvider:
    return PROVIDERS["local"]()
