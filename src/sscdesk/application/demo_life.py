"""The offices of the demonstration while they live: desks, a clock that moves, files."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sscdesk.application import officers
from sscdesk.application import synchronise as sync
from sscdesk.application.opening import actor_of
from sscdesk.application.reading import require_row
from sscdesk.application.workspace import Workspace
from sscdesk.store.derivation import Cost

PASSPHRASE = "atlas niger lagune teranga"
"""Of every officer of the demonstration; it stands in a file beside the profiles."""


@dataclass
class Life:
    """The offices while they live."""

    folder: Path
    clock: "Clock"
    random: Callable[[int], bytes]
    cost: Cost
    desks: dict[str, Workspace] = field(default_factory=dict)
    files: int = 0

    def send(self, sender: str, *receivers: str) -> None:
        """Let a file travel; it stays in the folder of files."""
        for receiver in receivers:
            self.files += 1
            name = f"{self.files:03}-{sender}-{receiver}.sscsync"
            path = self.folder / "files" / name
            sync.export(self.desks[sender], [receiver], path)
            sync.accept(self.desks[receiver], [path], deletions_read=True)

    def meet(self) -> None:
        """Everybody learns everybody's news, through Rabat."""
        others = [code for code in self.desks if code != "MA"]
        for code in others:
            self.send(code, "MA")
        self.send("MA", *others)

    @contextmanager
    def as_role(self, office: str, role: str) -> Iterator[Workspace]:
        """Work at a desk as its officer with a role."""
        w = self.desks[office]
        before = w.actor, w.login
        for one in officers.listing(w):
            if one.login.startswith(f"{role}."):
                with w.read() as connection:
                    w.actor = actor_of(connection, require_row(connection, "officer", one.id))
                w.login = one.login
        try:
            yield w
        finally:
            w.actor, w.login = before


class Clock:
    """Moves from day to day; each look at it takes a second."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def reach(self, moment: datetime) -> None:
        """Go on to a moment, never back."""
        self.now = max(self.now, moment)
