"""What may stand in the repository: no big file, no machine of ours, no registry's address."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 400_000
LARGEST_TOGETHER = 25_000_000
MAY_BE_LARGE = (
    "packaging/requirements.lock",
    "src/sscdesk/resources/fonts/",
    # A desk as a former program wrote it: a page of its encrypted file for each index.
    "tests/store/profiles/",
)

# Written in pieces, so that this file does not find itself.
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "deb" + ".debian.org")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:" + "root|work|home" + r")/[\w.]+|[A-Z]:\\Users\\")


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def texts() -> list[tuple[str, str]]:
    found = []
    for path in tracked():
        try:
            found.append((name_of(path), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_no_file_is_big() -> None:
    big = [
        name_of(path)
        for path in tracked()
        if path.stat().st_size > LARGEST and not name_of(path).startswith(MAY_BE_LARGE)
    ]

    assert big == []


def test_the_whole_is_small() -> None:
    assert sum(path.stat().st_size for path in tracked()) < LARGEST_TOGETHER


@pytest.mark.parametrize("registry", REGISTRIES)
def test_no_registry_is_named(registry: str) -> None:
    assert [name for name, text in texts() if registry in text] == []


def test_no_path_of_a_machine_is_named() -> None:
    found = [(name, match[0]) for name, text in texts() for match in MACHINE_PATHS.finditer(text)]

    assert found == []


def test_every_lock_line_is_an_exact_version_with_its_hashes() -> None:
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock.strip())

    assert [one for one in entries if not re.match(r"[\w.-]+==\S+", one)] == []
    assert [one.split()[0] for one in entries if "--hash=sha256:" not in one] == []
    assert re.findall(r"^-.*", lock, re.MULTILINE) == []


@pytest.mark.parametrize("name", ["setup", "run", "test", "lock", "translations"])
def test_the_commands_can_be_started(name: str) -> None:
    assert (ROOT / "packaging" / name).stat().st_mode & 0o111


def test_the_commands_are_sound_shell() -> None:
    for name in ("setup", "run", "test", "lock", "translations"):
        subprocess.run(["bash", "-n", ROOT / "packaging" / name], check=True)
