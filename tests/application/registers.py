"""The sample files and the dirty ones, and how they are brought in."""

from pathlib import Path

from sscdesk.application.importing import accept, preview
from sscdesk.application.workspace import Workspace

SAMPLE = Path(__file__).parents[2] / "src/sscdesk/resources/sample"
DIRTY = Path(__file__).parents[1] / "interop/dirty"

SAMPLE_FILES = {
    "organisations": "organisation",
    "people": "person",
    "indicators": "indicator",
    "agreements": "agreement",
    "commitments": "commitment",
    "practices": "practice",
    "exchanges": "exchange",
    "participants": "exchange",
    "missions": "mission",
    "expenses": "expense",
    "follow_ups": "follow_up",
    "indicator_values": "indicator",
}
"""Files of the sample and what they are imported as, in an order in which links resolve."""


def take(w: Workspace, *names: str) -> None:
    """Import files of the sample by their names."""
    for name in names:
        accept(w, preview(w, SAMPLE / f"{name}.csv", SAMPLE_FILES[name]))
