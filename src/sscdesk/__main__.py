"""The program's door: without a call it opens the desk, with one it is the command line.

Each face is imported only when it is the one asked for: the desk must not pay for the
command line, nor the command line for Qt.
"""

import sys
from collections.abc import Sequence

OPTIONS_OF_BOTH = ("--profile", "--lang")
"""Options, each with a value, that may stand before a call and also open the desk."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``sscdesk`` with ``arguments`` and return its exit code (see docs/architecture.md)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if opens_the_desk(words):
        from sscdesk.ui.application import main as open_desk

        return open_desk(words)
    from sscdesk.cli import main as run_call

    return run_call(words)


def opens_the_desk(words: Sequence[str]) -> bool:
    """Say whether ``words`` name no call, only options that both faces know."""
    rest = list(words)
    while rest:
        option, assigned, _ = rest[0].partition("=")
        if option not in OPTIONS_OF_BOTH:
            return False
        rest = rest[1:] if assigned else rest[2:]
    return True


if __name__ == "__main__":
    sys.exit(main())
