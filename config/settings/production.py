"""A real installation, also the one `bin/up` starts. Refuses to run unsafe."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import CANDOR_DEMO, CANDOR_URL, HTTPS, LOOPBACK, SECRET_KEY

SHORTEST_KEY: Final = 50
#: Keys that stand in our documents and in examples elsewhere.
SAMPLE_KEYS: Final = ("django-insecure", "change", "example", "secret", "sample", "insecure", "test")

if not HTTPS and not LOOPBACK:
    raise ImproperlyConfigured(
        f"CANDOR_URL is {CANDOR_URL}: plain http is refused anywhere but on loopback; passwords would be readable."
    )
if SECRET_KEY and (len(SECRET_KEY) < SHORTEST_KEY or SECRET_KEY.lower().startswith(SAMPLE_KEYS)):
    raise ImproperlyConfigured(
        f"SECRET_KEY is a sample or shorter than {SHORTEST_KEY} characters. "
        'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
    )
if CANDOR_DEMO and not LOOPBACK:
    raise ImproperlyConfigured("CANDOR_DEMO=1 waives the second factor; it is for a demonstration on loopback.")
