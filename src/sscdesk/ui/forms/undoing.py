"""Undo and redo from windows beside the main one, and from messages."""

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from sscdesk.application import undo
from sscdesk.ui.desk import Desk


def undo_last(desk: Desk) -> None:
    """Take back what was done last."""
    desk.operation(desk, undo.undo)


def redo_last(desk: Desk) -> None:
    """Do again what was undone last."""
    desk.operation(desk, undo.redo)


def add_undo_keys(window: QWidget, desk: Desk) -> None:
    """Give a window the keys of undo and redo; a field that has something to undo goes first."""
    keys = QKeySequence.StandardKey
    QShortcut(keys.Undo, window, partial(undo_last, desk))
    QShortcut(keys.Redo, window, partial(redo_last, desk))
