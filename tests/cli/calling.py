"""Calling the command line in this process, as fast as tests want it."""

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sscdesk.cli import desk
from sscdesk.cli.main import main
from sscdesk.store.derivation import TEST_COST


@dataclass
class Caller:
    """Calls for one profile; remembers the last exit code."""

    profile: Path
    exit: int = 0
    text: str = ""

    def __call__(self, *words: str, stdin: str = "", lang: str = "en") -> Any:
        """Run a call with ``--json`` and return what it answered."""
        out = io.StringIO()
        options = ["--profile", str(self.profile), "--json", "--lang", lang]
        self.exit = main([*words, *options], stdin=io.StringIO(stdin), stdout=out)
        self.text = out.getvalue()
        return json.loads(self.text) if self.text and words[0] != "batch" else self.text

    def error(self, *words: str, **settings: str) -> dict[str, Any]:
        """Run a call that must be refused and return its error."""
        answer = self(*words, **settings)
        assert self.exit != 0, answer
        found: dict[str, Any] = answer["error"]
        return found


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with the passphrase, and a cheap derivation of keys."""
    path = tmp_path / "passphrase.txt"
    path.write_text("une phrase que l'on retient\n", encoding="utf-8")
    monkeypatch.setenv("SSCDESK_PASSPHRASE_FILE", str(path))
    monkeypatch.setattr(desk, "calibrate", lambda: TEST_COST)
    return path


@pytest.fixture
def ma(tmp_path: Path, secret: Path) -> Caller:
    """The desk of Morocco's office."""
    call = Caller(tmp_path / "MA")
    call("init", "--office", "MA", "--officer", "Nadia Alaoui")
    assert call.exit == 0
    return call


@pytest.fixture
def ml(tmp_path: Path, secret: Path) -> Caller:
    """The desk of Mali's office."""
    call = Caller(tmp_path / "ML")
    call("init", "--office", "ML", "--officer", "Awa Diarra")
    return call
