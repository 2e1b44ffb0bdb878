"""The officers' laptops run Windows, this build machine does not: what would fail there only.

The source is read as a syntax tree, so that a word in a comment is no finding.
"""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "sscdesk"

POSIX_MODULES = {"fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"}
POSIX_CALLS = {
    "os.chown": "there are no numeric owners",
    "os.fork": "there is no fork",
    "os.geteuid": "there are no numeric users",
    "os.getpgid": "there are no process groups",
    "os.getuid": "there are no numeric users",
    "os.kill": "it ends the process at once whatever the signal",
    "os.killpg": "there are no process groups",
    "os.link": "a memory stick has no hard links",
    "os.mkfifo": "there are no named pipes in the file system",
    "os.rename": "it fails where the target exists: os.replace",
    "os.setsid": "there are no sessions",
    "os.statvfs": "shutil.disk_usage answers everywhere",
    "os.symlink": "an officer has no right to make one",
    "os.sync": "there is no such call: flush the file itself",
    "os.uname": "platform.uname answers everywhere",
    "signal.SIGHUP": "there is no such signal",
    "signal.SIGKILL": "there is no such signal",
    "signal.alarm": "there are no alarms",
    "time.tzset": "the zone cannot be set",
}
RENAMES_A_FILE = re.compile(r"(?:path|file|folder|target|aside|source)\w*\.rename$", re.IGNORECASE)
POSITION_OF_ENCODING = {"read_text": 0, "write_text": 1, "open": 3}
POSIX_PATHS = ("/tmp", "/dev/", "/proc/", "/etc/", "/usr/", "/var/", "~/")


def sources() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def findings(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = set(_lines_for_other_systems(tree))
    for node in ast.walk(tree):
        for text in _findings_at(node):
            if node.lineno not in guarded:
                yield f"{path.relative_to(ROOT)}:{node.lineno}: {text}"


def _lines_for_other_systems(tree: ast.AST) -> Iterator[int]:
    """A block under a question for the platform has asked already."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and _asks_for_the_platform(node.test):
            yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _asks_for_the_platform(test: ast.expr) -> bool:
    return any(name in ast.unparse(test) for name in ("sys.platform", "os.name"))


def _findings_at(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (f"{one.name} is POSIX" for one in node.names if one.name in POSIX_MODULES)
    elif isinstance(node, ast.ImportFrom):
        yield from _findings_in_from(node)
    elif isinstance(node, ast.Attribute):
        name = ast.unparse(node)
        if name in POSIX_CALLS:
            yield f"{name}: {POSIX_CALLS[name]}"
    elif isinstance(node, ast.Call):
        yield from _findings_in_call(node)
    elif isinstance(node, ast.Constant) and str(node.value).startswith(POSIX_PATHS):
        yield f"{node.value!r} is a path of POSIX"


def _findings_in_from(node: ast.ImportFrom) -> Iterator[str]:
    if node.module in POSIX_MODULES:
        yield f"{node.module} is POSIX"
    for one in node.names:
        name = f"{node.module}.{one.name}"
        if name in POSIX_CALLS:
            yield f"{name}: {POSIX_CALLS[name]}"


def _findings_in_call(node: ast.Call) -> Iterator[str]:
    if _reads_or_writes_text(node) and not _names_encoding(node):
        yield f"{ast.unparse(node.func)} of text without an encoding: it is not UTF-8 there"
    if RENAMES_A_FILE.search(ast.unparse(node.func)):
        yield f"{ast.unparse(node.func)}: it fails where the target exists: replace"


def _reads_or_writes_text(node: ast.Call) -> bool:
    called = _called(node)
    return called in POSITION_OF_ENCODING and (called != "open" or "b" not in _mode(node))


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute) and node.func.attr != "open":
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _mode(node: ast.Call) -> str:
    given = [one.value for one in node.keywords if one.arg == "mode"] + node.args[1:2]
    return str(given[0].value) if given and isinstance(given[0], ast.Constant) else "r"


def _names_encoding(node: ast.Call) -> bool:
    by_position = len(node.args) > POSITION_OF_ENCODING[_called(node)]
    return by_position or any(one.arg in ("encoding", None) for one in node.keywords)


def test_nothing_in_the_program_works_on_posix_only() -> None:
    assert [text for path in sources() for text in findings(path)] == []


@pytest.mark.parametrize(
    "line",
    [
        "import fcntl",
        "from os import fork",
        "os.rename(a, b)",
        "path.rename(other)",
        "os.kill(pid, 9)",
        "folder = '/tmp/desk'",
        "path.read_text()",
        "open(path)",
    ],
)
def test_the_scan_finds_what_it_is_for(line: str) -> None:
    assert [text for node in ast.walk(ast.parse(line)) for text in _findings_at(node)] != []


def test_a_question_for_the_platform_allows_its_block() -> None:
    tree = ast.parse("if sys.platform != 'win32':\n    os.chown(a, b, c)\n")

    assert list(_lines_for_other_systems(tree)) == [1, 2]


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    return [name for name in listed.split("\0") if name]


def test_every_file_can_be_checked_out_on_windows() -> None:
    reserved = [name for name in tracked() if _is_reserved(name)]

    assert reserved == []


def _is_reserved(name: str) -> bool:
    if any(sign in name for sign in '<>:"|?*\\'):
        return True
    parts = PureWindowsPath(name).parts
    return PureWindowsPath(name).is_reserved() or any(part.endswith((".", " ")) for part in parts)


def test_no_two_files_differ_only_in_capitals() -> None:
    names = [name.casefold() for name in tracked()]

    assert sorted(names) == sorted(set(names))


def test_the_deepest_file_leaves_room_for_a_long_folder() -> None:
    longest = max(tracked(), key=len)

    assert len(longest) <= 120, longest
