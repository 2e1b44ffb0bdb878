"""The command line: the same use cases as the windows, for scripts, support and tests.

The calls, options, exit codes and JSON shapes are a contract; more may be added.
"""

from sscdesk.cli.main import main

__all__ = ["main"]
