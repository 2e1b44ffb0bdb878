"""Builders for the store's tests: real files, real encryption, cheap passphrases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.store.profile import Profile
from sscdesk.store.vault import TEST_COST

PASSPHRASE = "quatre chevaux mangent"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Profile, bytes]]:
    """A new profile of one officer, open, with its master key."""
    profile, key = Profile.create(tmp_path / "desk", "n.alaoui", PASSPHRASE, TEST_COST)
    with profile:
        yield profile, key


@pytest.fixture
def profile(opened: tuple[Profile, bytes]) -> Profile:
    """The new profile."""
    return opened[0]


@pytest.fixture
def key(opened: tuple[Profile, bytes]) -> bytes:
    """Its master key."""
    return opened[1]
