"""Secrets that are shown once and kept as SHA-256: API tokens and invitation links.

They are 256-bit random strings, so a plain hash is enough: there is nothing to guess.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

PREFIX: Final = "cndr_"
SHOWN: Final = 10  # characters of a token that stay visible, to tell tokens apart


def new_secret(prefix: str = "") -> str:
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
