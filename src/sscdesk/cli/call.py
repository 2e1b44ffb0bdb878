"""What one call is: its words, its options, what it needs, what it does."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

Result = Any
"""Plain values that JSON can hold."""


class Needs(Enum):
    """What must be open before a call runs."""

    NOTHING = "nothing"
    DESK = "desk"


@dataclass(slots=True)
class Context:
    """What a call is given beside its own options."""

    profile: Path
    w: "Workspace | None" = None

    @property
    def desk(self) -> "Workspace":
        """The open desk."""
        assert self.w is not None
        return self.w


Run = Callable[[Context, argparse.Namespace], Result]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the command line."""

    words: tuple[str, ...]
    help: str
    """Msgid."""
    example: str
    run: Run
    options: Callable[[argparse.ArgumentParser], None]
    needs: Needs = Needs.DESK


@dataclass
class Calls:
    """The calls of one family, in the order of the manual."""

    found: list[Call] = field(default_factory=list)

    def add(
        self,
        words: str,
        help_text: str,
        example: str,
        *options: Callable[[argparse.ArgumentParser], Any],
        needs: Needs = Needs.DESK,
    ) -> Callable[[Run], Run]:
        """Enter the decorated function as a call."""

        def declare(parser: argparse.ArgumentParser) -> None:
            for option in options:
                option(parser)

        def enter(run: Run) -> Run:
            self.found.append(Call(tuple(words.split()), help_text, example, run, declare, needs))
            return run

        return enter


def arg(*names: str, **settings: Any) -> Callable[[argparse.ArgumentParser], Any]:
    """Declare one option or argument of a call."""
    return lambda parser: parser.add_argument(*names, **settings)
