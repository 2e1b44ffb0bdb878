"""Fixtures of the command line's tests."""

from tests.cli.calling import ma, ml, secret

__all__ = ["ma", "ml", "secret"]
