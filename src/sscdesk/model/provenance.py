"""Where a record's content comes from: the fields that most entities share."""

from sscdesk.model.field import choice, long_text, text
from sscdesk.model.text import N_


class Sourced:
    """Fields that tell on what a record rests."""

    basis = choice(
        N_("Basis"),
        "basis",
        help=N_("Found in a source, known, inferred, or a sample made up for training."),
        section=N_("Sources"),
        late=True,
    )
    source = text(N_("Source"), help=N_("The page, letter or text that says it."), late=True)
    notes = long_text(N_("Notes on the source"), help=N_("What the source leaves open."), late=True)
