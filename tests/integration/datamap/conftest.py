"""What tests of the data map share."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from core import storage
from core.encryption import EncryptingWriter, new_key
from core.models import Role
from core.uploads import EncryptedUpload
from tests.factories import ProjectFactory, person

if TYPE_CHECKING:
    from core.models import Project, User


def upload(content: bytes, name: str = "sample.csv") -> EncryptedUpload:
    """A file as the upload handler leaves it: ciphertext on disk."""
    key, path = new_key(), storage.new_place()
    writer = EncryptingWriter(path, key)
    writer.write(content)
    writer.close()
    digest = hashlib.sha256(content).hexdigest()
    return EncryptedUpload(name=name, size=len(content), sha256=digest, path=path, key=key)


@pytest.fixture
def project() -> Project:
    return ProjectFactory()


@pytest.fixture
def engineer(project: Project) -> User:
    return person(Role.ENGINEER, team=project.team)


@pytest.fixture
def stranger() -> User:
    """An engineer of another team."""
    return person(Role.ENGINEER)
