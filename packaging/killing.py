"""Kills the desk in the middle of its work and looks for what is missing afterwards.

A process works through ``sscdesk batch``: it makes organisations, renames them and attaches
documents. At a random moment it is killed as a power cut would. Whatever it had reported as
saved must then be there, as it was reported or as the one call under way would have left
it, and ``sscdesk check`` must find the profile whole.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DESK = [sys.executable, "-m", "sscdesk"]
LONGEST_WORK = 2.5
"""Seconds after its first report within which a worker is killed."""


@dataclass
class Expected:
    """What a record may look like: the name last reported, or also the one under way."""

    names: set[str]
    attachments: set[str] = field(default_factory=set)


class Desk:
    """A profile of the office of Rabat, called through the command line alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.profile = folder / "profile"
        passphrase = folder / "passphrase.txt"
        passphrase.write_text("quatre mots tenus bien secrets", encoding="utf-8")
        self.environment = {**os.environ, "SSCDESK_PASSPHRASE_FILE": str(passphrase)}

    def command(self, *words: str) -> list[str]:
        return [*DESK, "--profile", str(self.profile), "--json", *words]

    def call(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one call to its end."""
        return subprocess.run(
            self.command(*words),
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def batch(self) -> "Batch":
        return Batch(self.command("batch"), self.environment)


class Batch:
    """A running ``sscdesk batch``."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )

    def ask(self, *words: str) -> dict[str, Any] | None:
        """Send one call and return its answer; None when the process is gone."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(json.dumps(words) + "\n")
            self.process.stdin.flush()
        except OSError:
            return None
        line = self.process.stdout.readline()
        return json.loads(line) if line.endswith("\n") else None

    def kill(self) -> None:
        self.process.kill()

    def close(self) -> None:
        """Wait for the end of a process that was killed or has no more to do."""
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                pipe.close() if pipe else None
        self.process.wait()


class Work:
    """Does an officer's work and keeps a ledger of what was reported as saved."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        self.ledger: dict[str, Expected] = {}
        self.reported = 0
        self.number = 0

    def until_killed(self, batch: Batch) -> None:
        """Work until the process is gone, which a timer sees to after the first report."""
        self._step(batch)
        timer = threading.Timer(self.chance.uniform(0, LONGEST_WORK), batch.kill)
        timer.start()
        while self._step(batch):
            pass
        timer.join()
        batch.close()

    def _step(self, batch: Batch) -> bool:
        self.number += 1
        if not self.ledger:
            return self._make(batch)
        act = self.chance.choices((self._make, self._rename, self._attach), (4, 5, 1))[0]
        return act(batch)

    def _make(self, batch: Batch) -> bool:
        name = f"Direction {self.number}"
        values = (f"name_fr={name}", "country=MA", "kind=directorate", "level=national")
        answer = self._saved(batch.ask("new", "organisation", *values))
        if answer:
            self.ledger[answer["result"]["ref"]] = Expected({name})
        return answer is not None

    def _rename(self, batch: Batch) -> bool:
        ref, expected = self.chance.choice(list(self.ledger.items()))
        name = f"Direction générale {self.number}"
        expected.names.add(name)
        answer = self._saved(batch.ask("set", ref, f"name_fr={name}"))
        if answer:
            expected.names = {name}
        return answer is not None

    def _attach(self, batch: Batch) -> bool:
        ref, expected = self.chance.choice(list(self.ledger.items()))
        document = self.folder / f"note-{self.number}.txt"
        document.write_bytes(self.chance.randbytes(self.chance.randrange(1, 200_000)))
        answer = self._saved(batch.ask("attach", ref, str(document)))
        if answer:
            expected.attachments.add(document.name)
        return answer is not None

    def _saved(self, answer: dict[str, Any] | None) -> dict[str, Any] | None:
        if answer is not None:
            if answer["exit"] != 0:
                raise SystemExit(f"the desk refused its work: {answer}")
            self.reported += 1
        return answer


def missing(desk: Desk, ledger: dict[str, Expected], refs: Iterable[str]) -> list[str]:
    """Compare what is there with the ledger and return the differences, in words."""
    batch, found = desk.batch(), []
    for ref in refs:
        answer = batch.ask("show", ref)
        attached = batch.ask("attachments", ref)
        if answer is None or answer["exit"] != 0:
            found.append(f"{ref}: reported as saved, now {answer}")
        elif answer["result"]["fields"]["name_fr"] not in ledger[ref].names:
            found.append(f"{ref}: {answer['result']['fields']['name_fr']!r} was never last")
        if lost := ledger[ref].attachments - names_in(attached):
            found.append(f"{ref}: lost the attachments {sorted(lost)}")
        ledger[ref].names &= {answer["result"]["fields"]["name_fr"]} if answer else set()
    batch.close()
    return found


def names_in(answer: dict[str, Any] | None) -> set[str]:
    """Return the names of the attachments that an answer lists, where it stands for one."""
    return {one["file_name"] for one in answer["result"]["items"]} if answer else set()


def altered(desk: Desk, work: Work) -> list[str]:
    """Save every attachment again and compare its bytes with the document that went in."""
    batch, found = desk.batch(), []
    copy = desk.folder / "copy"
    for ref, expected in work.ledger.items():
        for name in sorted(expected.attachments):
            copy.unlink(missing_ok=True)
            batch.ask("save-attachment", ref, name, str(copy))
            if not copy.exists() or copy.read_bytes() != (work.folder / name).read_bytes():
                found.append(f"{ref}: {name} came back altered")
    batch.close()
    return found


def kill_once(desk: Desk, work: Work) -> list[str]:
    """Work, be killed, look again."""
    before = work.reported
    batch = desk.batch()
    work.until_killed(batch)
    recent = list(work.ledger)[-(work.reported - before) - 5 :]
    renamed = [ref for ref, expected in work.ledger.items() if len(expected.names) > 1]
    found = missing(desk, work.ledger, dict.fromkeys([*recent, *renamed]))
    checked = desk.call("check")
    if checked.returncode != 0:
        found.append(f"check: exit {checked.returncode}: {checked.stdout or checked.stderr}")
    return found


def run(times: int, seed: int) -> int:
    """Kill the desk ``times`` times and print what was found; 1 when anything is lost."""
    with tempfile.TemporaryDirectory(prefix="sscdesk-kill-") as name:
        folder = Path(name)
        desk, work = Desk(folder), Work(folder, random.Random(seed))
        made = desk.call("init", "--office", "MA", "--officer", "Awa Benali")
        if made.returncode != 0:
            print(made.stdout or made.stderr)
            return 1
        began, found = time.monotonic(), []
        for count in range(1, times + 1):
            found += kill_once(desk, work)
            print(f"\rkilled {count}, reported as saved {work.reported}", end="", flush=True)
        found += missing(desk, work.ledger, work.ledger) + altered(desk, work)
    print(f", lost or altered {len(found)}, in {time.monotonic() - began:.0f} s (seed {seed})")
    print("\n".join(found))
    return 1 if found else 0


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="packaging/killtest", description=__doc__)
    parser.add_argument("times", type=int, nargs="?", default=50)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = parser.parse_args()
    return run(chosen.times, chosen.seed)


if __name__ == "__main__":
    sys.exit(main())
