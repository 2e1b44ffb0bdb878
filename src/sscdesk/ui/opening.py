"""Opens and founds desks, in a worker: the heavy modules are imported here and not before."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sscdesk.i18n import format_instant, format_partial_date

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace
    from sscdesk.store.profile import Profile
    from sscdesk.ui.dialogs.first_start import Founding
    from sscdesk.ui.dialogs.recovery_sheet import RecoverySheet

Clock = Callable[[], datetime]

VAULT_FILES = ("vault.json", "vault-copy.json", "sscdesk.db")
"""What shows that a folder holds a desk, or what is left of one."""


def holds_a_desk(folder: Path) -> bool:
    """Whether a folder holds a desk; the store has the last word when it opens it."""
    return any((folder / name).exists() for name in VAULT_FILES)


@dataclass(frozen=True, slots=True)
class Founded:
    """A new desk, open, and its recovery sheet."""

    workspace: "Workspace"
    sheet: "RecoverySheet"


def open_profile(folder: Path, clock: Clock) -> "Profile":
    """Take a profile's lock and read who can open it."""
    from sscdesk.store.profile import Profile

    return Profile.open(folder, clock)


def unlock(profile: "Profile", login: str, passphrase: str, clock: Clock) -> "Workspace":
    """Open the desk with a passphrase."""
    from sscdesk.application import opening

    return opening.unlock(profile, login or None, passphrase, clock=clock)


def recover(profile: "Profile", login: str, key: str, new: str, clock: Clock) -> "Workspace":
    """Open the desk with the recovery key, which gives the officer a new passphrase."""
    from sscdesk.application.recovery import set_passphrase_with_key
    from sscdesk.store.derivation import calibrate

    set_passphrase_with_key(profile, login or None, key, new, calibrate())
    return unlock(profile, login, new, clock)


def found(folder: Path, answers: "Founding", clock: Clock, cost: object = None) -> Founded:
    """Make the desk of an office, with its first officer and its recovery key."""
    from sscdesk.application import opening, recovery
    from sscdesk.application.sample import load_sample
    from sscdesk.store.derivation import Cost, calibrate

    price = cost if isinstance(cost, Cost) else calibrate()
    workspace = opening.found_office(
        folder,
        answers.office,
        {
            "given": answers.given,
            "family": answers.family,
            f"function_{answers.language}": answers.function or None,
            "roles": tuple(sorted(opening.FOUNDERS_ROLES[answers.role])),
        },
        opening.login_for(answers.given, answers.family, ()),
        answers.passphrase,
        cost=price,
        clock=clock,
    )
    try:
        if answers.sample:
            load_sample(workspace)
        key = recovery.make_recovery_key(workspace, answers.passphrase, price)
    except BaseException:
        workspace.close()
        raise
    return Founded(workspace, _sheet(workspace, answers, key))


def join(folder: Path, path: Path, login: str, passphrase: str, clock: Clock) -> "Workspace":
    """Make this laptop's desk from an invitation, and open it."""
    from sscdesk.application import laptops, opening

    laptops.join(path, folder, login or None, passphrase, clock=clock)
    return opening.open_workspace(folder, login or None, passphrase, clock=clock)


def _sheet(w: "Workspace", answers: "Founding", key: str) -> "RecoverySheet":
    from sscdesk.ui.dialogs.recovery_sheet import RecoverySheet
    from sscdesk.ui.places import office_line

    made_on = format_instant(w.clock(), style="long")
    return RecoverySheet(
        office_line(answers.office), f"{answers.given} {answers.family}", made_on, key
    )


def load_everything() -> None:
    """Import what an open desk needs, while the officer types."""
    import sscdesk.application.opening
    import sscdesk.application.records
    import sscdesk.application.search
    import sscdesk.application.synchronise
    import sscdesk.application.today
    import sscdesk.ui.screens_of_desk  # noqa: F401
    from sscdesk.model.base import record_kinds
    from sscdesk.model.vocabulary_seed import seed_vocabularies
    from sscdesk.sync.rows import layouts

    for kind in record_kinds().values():
        _ = kind.fields
    seed_vocabularies()
    layouts()
    # The first date of a language reads its names and patterns.
    format_partial_date("2026-01-01")
    # All of this stays: the collector need not walk through it again between two key strokes.
    gc.freeze()
