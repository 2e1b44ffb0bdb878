"""Makes the vectors, the same bytes in every run.

``python -m tests.sync.vectors.build FOLDER`` (from the root of the source) writes every
file into a folder, for whoever writes another reader; without a folder it writes the
index ``vectors.json`` anew. The files themselves are not kept in the repository, only
their SHA-256: a vector that changes shows as a changed index.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from . import opening, refusing
from .cases import Case
from .readers import READERS

INDEX = Path(__file__).resolve().parent / "vectors.json"
ENDINGS = {"sync": "sscsync", "parts": "sscsync", "card": "ssccard", "receipt": "sscreceipt"}


@lru_cache(maxsize=1)
def all_cases() -> dict[str, Case]:
    """All vectors by name, those that open first."""
    return dict(_named("open", opening.cases())) | dict(_named("refuse", refusing.cases()))


def _named(verdict: str, cases: Iterator[Case]) -> Iterator[tuple[str, Case]]:
    return ((f"{verdict}-{number:03}", case) for number, case in enumerate(cases, 1))


def index() -> str:
    """The index: a line for each reader and each vector."""
    readers = ",\n".join(f"{_json(name)}: {_json(READERS[name])}" for name in READERS)
    vectors = ",\n".join(_json(_entry(name, case)) for name, case in all_cases().items())
    return f'{{"readers": {{\n{readers}\n}},\n"vectors": [\n{vectors}\n]}}\n'


def _entry(name: str, case: Case) -> dict[str, Any]:
    verdict = {"code": case.code} if case.code else {"found": case.found}
    return {
        "name": name,
        "kind": case.kind,
        "reason": case.reason,
        "reader": case.reader,
        **verdict,
        "files": {
            file: hashlib.sha256(content).hexdigest()
            for file, content in files_of(name, case).items()
        },
    }


def files_of(name: str, case: Case) -> dict[str, bytes]:
    """The files of one vector by their names."""
    contents = case.contents()
    numbers = [f"-{n}" for n in range(1, len(contents) + 1)] if len(contents) > 1 else [""]
    return {
        f"{name}{number}.{ENDINGS[case.kind]}": content
        for number, content in zip(numbers, contents, strict=True)
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def write(folder: Path) -> None:
    """Write all files and the index into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, case in all_cases().items():
        for file, content in files_of(name, case).items():
            (folder / file).write_bytes(content)
    (folder / INDEX.name).write_text(index(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        write(Path(sys.argv[1]))
    else:
        INDEX.write_text(index(), encoding="utf-8", newline="\n")
