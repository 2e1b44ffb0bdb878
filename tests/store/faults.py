"""A machine that fails at the n-th call, to be put in the place of ``os`` in one module."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from sscdesk.store import files

WATCHED = ("open", "write", "fsync", "replace", "close")


class Killed(BaseException):
    """The program ended here: no handler of the product may swallow it or clean up after it."""


class FailingMachine:
    """Stands for the module ``os``: counts the calls that change the disk, fails one."""

    def __init__(self, fail_at: int, error: Callable[[], BaseException]) -> None:
        self._fail_at = fail_at
        self._error = error
        self.calls = 0
        self.failed = False

    def __getattr__(self, name: str) -> Any:
        found = getattr(os, name)
        return self._watched(name, found) if name in WATCHED else found

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            self.calls += 1
            if self.calls == self._fail_at:
                self.failed = True
                if name == "write":
                    call(args[0], bytes(args[1])[: len(args[1]) // 2])
                if name == "close":
                    call(*args)
                raise self._error()
            return call(*args, **kwargs)

        return run


def full() -> OSError:
    """The disk is full."""
    return OSError(errno.ENOSPC, "no space left")


def broken() -> OSError:
    """The stick was pulled out."""
    return OSError(errno.EIO, "input/output error")


def denied() -> OSError:
    """A policy of the computer forbids it."""
    return PermissionError(errno.EACCES, "permission denied")


FAULTS = (full, broken, denied, Killed)


@contextmanager
def failing_at(fail_at: int, error: Callable[[], BaseException]) -> Iterator[FailingMachine]:
    """Let the ``fail_at``-th call of the store's file layer fail inside the block."""
    machine = FailingMachine(fail_at, error)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "os", machine)
        yield machine


def each_failure(
    error: Callable[[], BaseException], attempt: Callable[[], object]
) -> Iterator[BaseException | None]:
    """Run ``attempt`` with the first, the second, … call failing, until none is left to fail.

    Yields what each attempt raised; None where it went through in spite of the failure.
    """
    for fail_at in range(1, 500):
        with failing_at(fail_at, error) as machine:
            raised: BaseException | None = None
            try:
                attempt()
            except BaseException as failure:  # noqa: BLE001 - also Killed
                raised = failure
        if not machine.failed:
            if raised is not None:
                raise raised
            return
        yield raised
    raise AssertionError("the attempt never came to an end")
