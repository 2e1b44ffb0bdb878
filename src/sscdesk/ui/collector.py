"""Collects Python's cycles on the main thread only.

A collection that happens to run in a worker may destroy widgets there, which ends the
program (napari/napari#1029, saga-soft/novelWriter#2927). So the automatic collector is
off, and a timer of the main thread does its work between two events.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 1_000


class Collector(QObject):
    """Turns the automatic collector off while it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    @Slot()
    def _collect(self) -> None:
        """Collect the oldest generation that is due, as the collector itself would."""
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if limits[generation] and counts[generation] > limits[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Put the automatic collector back as it was."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
