"""Parsing a call, opening the desk for it, running it, saying what came of it."""

import argparse
import json
import os
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any, NoReturn, TextIO

from sscdesk.cli.call import Call, Context, Needs
from sscdesk.cli.output import write_result
from sscdesk.cli.shapes import error_json
from sscdesk.i18n import LANGUAGES, gettext, language
from sscdesk.model.refusal import DeskError, ExitCode, Locked, NotFound
from sscdesk.model.text import N_


class _WrongCall(Exception):
    """argparse found the words wrong."""


class _Helped(Exception):
    """argparse printed its help."""


class _Parser(argparse.ArgumentParser):
    """A parser that never leaves the program by itself."""

    def error(self, message: str) -> NoReturn:
        raise _WrongCall(message)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        raise _Helped(message or "")


def all_calls() -> list[Call]:
    """Return every call, in the order of the manual."""
    from sscdesk.cli import (
        desk,
        duplicates,
        indicators,
        persons,
        records,
        reports,
        sync,
        views,
        vocabularies,
    )

    families = (
        desk.calls,
        records.calls,
        duplicates.calls,
        views.calls,
        indicators.calls,
        vocabularies.calls,
        reports.calls,
        sync.calls,
        persons.calls,
    )
    return [call for family in families for call in family.found]


def make_parser(calls: Iterable[Call]) -> argparse.ArgumentParser:
    """Return the parser of all calls."""
    common = _common()
    parser = _Parser(prog="sscdesk", parents=[common], description=gettext(_ABOUT))
    groups: dict[tuple[str, ...], Any] = {(): parser.add_subparsers(dest="call_0", metavar="CALL")}
    for call in calls:
        for depth in range(1, len(call.words)):
            above = call.words[:depth]
            if above not in groups:
                middle = groups[above[:-1]].add_parser(above[-1], parents=[common])
                groups[above] = middle.add_subparsers(
                    dest=f"call_{depth}", required=True, metavar="CALL"
                )
        made = groups[call.words[:-1]].add_parser(
            call.words[-1],
            parents=[common],
            help=gettext(call.help),
            description=gettext(call.help),
            epilog=f"{gettext(N_('Example:'))} {call.example}",
        )
        call.options(made)
        made.set_defaults(call=call)
    return parser


_ABOUT = N_("The offline desk for South-South cooperation; without a call it opens the window.")


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    quiet = argparse.SUPPRESS
    common.add_argument("--profile", type=Path, default=quiet, metavar="DIR")
    common.add_argument("--json", action="store_true", default=quiet)
    common.add_argument("--lang", choices=LANGUAGES, default=quiet)
    return common


def main(words: Sequence[str], stdin: TextIO | None = None, stdout: TextIO | None = None) -> int:
    """Run one call and return its exit code."""
    out = stdout or sys.stdout
    as_json = "--json" in words
    with language(_language(words)):
        try:
            return _main(words, stdin or sys.stdin, out, as_json)
        except _Helped:
            return ExitCode.DONE
        except _WrongCall as wrong:
            return _tell(_wrong_call(str(wrong)), out, as_json)
        except DeskError as error:
            return _tell(error, out, as_json)
        except BrokenPipeError:
            return ExitCode.MACHINE
        except KeyboardInterrupt:
            return ExitCode.MACHINE
        except Exception as defect:
            if os.environ.get("SSCDESK_TRACEBACK"):
                raise
            return _tell(_defect(defect), out, as_json)


def _language(words: Sequence[str]) -> str:
    for place, word in enumerate(words):
        if word.startswith("--lang="):
            chosen = word[7:]
        elif word == "--lang" and place + 1 < len(words):
            chosen = words[place + 1]
        else:
            continue
        if chosen in LANGUAGES:
            return chosen
    return "fr"


def _main(words: Sequence[str], stdin: TextIO, out: TextIO, as_json: bool) -> int:
    parser = make_parser(all_calls())
    args = parser.parse_args(words)
    call: Call | None = getattr(args, "call", None)
    if call is None:
        raise _WrongCall("no call")
    context = Context(getattr(args, "profile", None) or default_profile())
    if call.words == ("batch",):
        return _batch(parser, context, stdin, out)
    with _ready(context, call):
        answer, code = _answer(call, context, args)
    write_result(answer, out, as_json=as_json)
    return code


def _answer(call: Call, context: Context, args: argparse.Namespace) -> tuple[Any, int]:
    """Run a call; a file whose signatures do not hold has an answer and a code of its own."""
    from sscdesk.cli.reports import NotValid

    try:
        return call.run(context, args), ExitCode.DONE
    except NotValid as found:
        return found.answer, ExitCode.FILE_REFUSED


def default_profile() -> Path:
    """Return the folder of this user's desk."""
    import platformdirs

    return Path(platformdirs.user_data_dir("sscdesk", appauthor=False))


@contextmanager
def _ready(context: Context, call: Call) -> Iterator[None]:
    """Open the desk where a call wants it, and close it whatever happens."""
    if call.needs is Needs.NOTHING:
        yield
        return
    from sscdesk.application.opening import open_workspace

    login = os.environ.get("SSCDESK_OFFICER") or None
    context.w = open_workspace(context.profile, login, passphrase(), clock=clock())
    try:
        yield
    finally:
        context.w.close()
        context.w = None


def passphrase() -> str:
    """Return the officer's passphrase from its file, else ask for it.

    Raises ``Locked`` ("no-passphrase") where nobody can be asked.
    """
    return _passphrase_from("SSCDESK_PASSPHRASE_FILE", gettext(N_("Passphrase: ")))


def new_passphrase() -> str:
    """Return the passphrase that an officer chooses now."""
    name = "SSCDESK_NEW_PASSPHRASE_FILE"
    return _passphrase_from(name, gettext(N_("New passphrase: ")))


def _passphrase_from(variable: str, prompt: str) -> str:
    name = os.environ.get(variable)
    if name:
        try:
            with Path(name).open(encoding="utf-8") as stream:
                return stream.readline(4_096).rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise _no_passphrase() from error
    if not sys.stdin.isatty():
        raise _no_passphrase()
    import getpass

    return getpass.getpass(prompt, stream=sys.stderr)


def _no_passphrase() -> Locked:
    return Locked(
        "no-passphrase",
        N_("The desk is locked and no passphrase was given."),
        hint=N_("Name a file that holds it in SSCDESK_PASSPHRASE_FILE, or call from a terminal."),
    )


def clock() -> Any:
    """Return the clock: the machine's, or one that started at SSCDESK_CLOCK."""
    from sscdesk.application.workspace import system_clock

    said = os.environ.get("SSCDESK_CLOCK")
    if not said:
        return system_clock
    try:
        start = datetime.fromisoformat(said)
    except ValueError as error:
        raise NotFound(
            "not-a-clock",
            N_("SSCDESK_CLOCK is not a date and time."),
            hint=N_("Write for example 2026-05-04T10:00:00+00:00."),
        ) from error
    start = start if start.tzinfo else start.replace(tzinfo=UTC)
    begun = monotonic()
    return lambda: (start + timedelta(seconds=monotonic() - begun)).astimezone(UTC)


# ---------------------------------------------------------------- batch


def _batch(parser: argparse.ArgumentParser, context: Context, stdin: TextIO, out: TextIO) -> int:
    """Run calls from standard input, one a line, each as its own unit of work."""
    with _ready(context, Call(("batch",), "", "", lambda _c, _a: None, lambda _p: None)):
        for line in stdin:
            if not line.strip():
                continue
            answer = _one_of_batch(parser, context, line)
            out.write(json.dumps(answer, ensure_ascii=False) + "\n")
            out.flush()
    return ExitCode.DONE


def _one_of_batch(parser: argparse.ArgumentParser, context: Context, line: str) -> dict[str, Any]:
    try:
        words = json.loads(line) if line.lstrip().startswith("[") else shlex.split(line)
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise _WrongCall("not a list of words")
        args = parser.parse_args(words)
        call: Call | None = getattr(args, "call", None)
        if call is None or call.needs is Needs.NOTHING or call.words == ("batch",):
            raise _WrongCall(" ".join(words[:2]))
        answer, code = _answer(call, context, args)
        return {"exit": int(code), "result": answer}
    except (_WrongCall, _Helped, ValueError) as wrong:
        error: DeskError = _wrong_call(str(wrong))
    except DeskError as refused:
        error = refused
    except Exception as defect:  # noqa: BLE001 - no call may print a traceback
        error = _defect(defect)
    return {"exit": int(error.exit_code), "error": error_json(error)}


# ---------------------------------------------------------------- errors


def _wrong_call(words: str) -> NotFound:
    return NotFound(
        "wrong-call",
        N_("This call is not understood: {words}"),
        hint=N_("“sscdesk --help” lists the calls, “sscdesk CALL --help” explains one."),
        params={"words": words[:300]},
    )


def _defect(error: Exception) -> DeskError:
    """An exception that nobody foresaw is ours; its text may hold personal data."""
    from sscdesk.model.refusal import MachineFailed

    return MachineFailed(
        "defect",
        N_("The desk made a mistake ({kind}) and stopped this call."),
        hint=N_("What was saved before is safe. Tell your administrator which call it was."),
        params={"kind": type(error).__name__},
    )


def _tell(error: DeskError, out: TextIO, as_json: bool) -> int:
    told = error_json(error)
    if as_json:
        out.write(json.dumps({"error": told}, ensure_ascii=False, indent=1) + "\n")
    else:
        for one in (told, *told.get("also", ())):
            sys.stderr.write(f"{one['message']}\n")
            if one["hint"]:
                sys.stderr.write(f"  {one['hint']}\n")
    return int(error.exit_code)
