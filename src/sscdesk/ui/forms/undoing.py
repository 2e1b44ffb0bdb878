"""Undo from a message: takes back the last step."""

from sscdesk.application import undo
from sscdesk.ui.desk import Desk


def undo_last(desk: Desk) -> None:
    """Take back what was done last."""
    desk.operation(desk, undo.undo)
