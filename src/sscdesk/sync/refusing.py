"""What an officer reads when a file from outside is refused, in one place.

Each code is stable, listed in docs/file-format.md, and says three things: what
happened, that nothing was changed, and what to ask the other office for.
"""

from collections.abc import Iterable
from datetime import datetime

from sscdesk.model.refusal import FileRefused, Msg
from sscdesk.model.text import N_

_OFFICES = {
    "CI": N_("Abidjan"),
    "MA": N_("Rabat"),
    "ML": N_("Bamako"),
    "SN": N_("Dakar"),
}
_AGAIN = N_("Nothing was changed. Ask {office} to make the file again.")
_COPY_AGAIN = N_(
    "Nothing was changed. Copy the file again, or ask for it to be sent again; the one who "
    "made it still has everything."
)


def office_name(code: str) -> str:
    """Return the town of an office, to be translated, or its code where none is known."""
    name = _OFFICES.get(code)
    return Msg(name) if name else code


def office_names(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the towns of offices; the face joins them as its language does."""
    return tuple(office_name(code) for code in codes)


def not_ours(name: str) -> FileRefused:
    """It is no file of the desk."""
    return FileRefused(
        "not-a-desk-file",
        N_("“{name}” is not a file that the desk makes."),
        hint=N_("Nothing was changed. Choose a file whose name ends in .sscsync."),
        params={"name": name},
    )


def other_kind(expected: str, found: str) -> FileRefused:
    """It is a file of the desk, but of another kind than the one asked for."""
    kinds = {
        "sync": Msg(N_("a sync file")),
        "part": Msg(N_("one part of a sync file")),
        "card": Msg(N_("the card of an office")),
        "receipt": Msg(N_("a receipt")),
    }
    return FileRefused(
        "other-kind",
        N_("This file is {found}, not {expected}."),
        hint=N_("Nothing was changed. Open it from Synchronise, which knows each kind."),
        params={"expected": kinds[expected], "found": kinds[found]},
    )


def newer(version: str) -> FileRefused:
    """It was made in a newer format; ``version`` of the desk reads it."""
    return FileRefused(
        "newer-format",
        N_("This file was made by a newer version of the desk."),
        hint=N_(
            "Nothing was changed. Install version {version} or later, then open the file again."
        ),
        params={"version": version},
    )


def cut() -> FileRefused:
    """The file ends too early."""
    return FileRefused(
        "file-cut",
        N_("The end of this file is missing: it was only half copied or half sent."),
        hint=_COPY_AGAIN,
    )


def damaged() -> FileRefused:
    """Bytes of the file are not those that were written."""
    return FileRefused("file-damaged", N_("This file was damaged on its way."), hint=_COPY_AGAIN)


def too_large() -> FileRefused:
    """Something in the file is larger than it can be."""
    return FileRefused(
        "over-limit",
        N_("This file claims to hold more than any file of the desk can."),
        hint=N_("Nothing was changed and it was not read further. Ask who really made it."),
    )


def header_replaced() -> FileRefused:
    """The header belongs to another file than the body."""
    return FileRefused(
        "header-replaced",
        N_("The beginning of this file belongs to another file than the rest."),
        hint=N_("Nothing was changed. Somebody put two files together: ask for a new one."),
    )


def forged(office: str) -> FileRefused:
    """A signature is not by the key it claims."""
    return FileRefused(
        "bad-signature",
        N_("This file says that it comes from {office}, but the signature is not theirs."),
        hint=N_("Nothing was changed. Do not use the file, and tell {office} by telephone."),
        params={"office": office_name(office)},
    )


def not_for(own: str, recipients: Iterable[str], sender: str) -> FileRefused:
    """The file is for other offices."""
    return FileRefused(
        "not-for-this-office",
        N_("This file is for {recipients}, not for {own}."),
        hint=N_("Nothing was changed. Ask {sender} for the file that is meant for {own}."),
        params={
            "own": office_name(own),
            "recipients": office_names(recipients),
            "sender": office_name(sender),
        },
    )


def own_file(recipients: Iterable[str]) -> FileRefused:
    """The file was made on this laptop, for others."""
    return FileRefused(
        "own-file",
        N_("This file was made on this laptop: all that is in it is here already."),
        hint=N_("Nothing was changed. Give the file to {recipients}."),
        params={"recipients": office_names(recipients)},
    )


def unknown_office(office: str) -> FileRefused:
    """The card of the sender's office is not held."""
    return FileRefused(
        "unknown-office",
        N_("This file comes from {office}, whose card this office has not accepted."),
        hint=N_(
            "Nothing was changed. Ask {office} for its card, compare the eight words by "
            "telephone, then open the file again."
        ),
        params={"office": office_name(office)},
    )


def keys_changed(office: str) -> FileRefused:
    """The office uses other keys than those known."""
    return FileRefused(
        "keys-changed",
        N_("{office} now uses other keys than those on the card that this office accepted."),
        hint=N_(
            "Nothing was changed. Telephone {office}: if they have new keys, open their new "
            "card and compare the eight words; if they have not, do not use the file."
        ),
        params={"office": office_name(office)},
    )


def unknown_laptop(office: str) -> FileRefused:
    """A laptop's certificate is missing, or is not by its office."""
    return FileRefused(
        "unknown-laptop",
        N_("This file was signed by a laptop that {office} has not certified."),
        hint=N_("Nothing was changed. Ask {office} which laptop made the file."),
        params={"office": office_name(office)},
    )


def revoked_laptop(office: str, number: int) -> FileRefused:
    """The laptop that made the file was reported lost."""
    return FileRefused(
        "revoked-laptop",
        N_("This file was made by laptop {number} of {office}, which {office} reported lost."),
        hint=N_("Nothing was changed. Tell {office}, and ask for a file from another laptop."),
        params={"office": office_name(office), "number": number},
    )


def old_key(own: str, sender: str) -> FileRefused:
    """The file is encrypted to a key that this office does not hold."""
    return FileRefused(
        "key-not-held",
        N_("This file is closed with a key that {own} does not hold, perhaps a former one."),
        hint=N_("Nothing was changed. Send {sender} the present card of {own}, then ask again."),
        params={"own": office_name(own), "sender": office_name(sender)},
    )


def wrong_stream(office: str) -> FileRefused:
    """What is inside is not what the header says, or claims to be another laptop's."""
    return FileRefused(
        "wrong-stream",
        N_("What is in this file is not what its header announces."),
        hint=_AGAIN,
        params={"office": office_name(office)},
    )


def broken_chain(office: str) -> FileRefused:
    """Changes are missing, out of order or altered within the file."""
    return FileRefused(
        "broken-chain",
        N_("In this file, changes are missing or were altered between two others."),
        hint=_AGAIN,
        params={"office": office_name(office)},
    )


def wrong_audience(office: str) -> FileRefused:
    """The file holds what its recipient may not read."""
    return FileRefused(
        "wrong-audience",
        N_("This file holds changes that are not meant for this office."),
        hint=N_("Nothing of it was read further. Tell {office}, and ask for a new file."),
        params={"office": office_name(office)},
    )


def attachment_damaged(office: str) -> FileRefused:
    """An attachment is not the one that its name says."""
    return FileRefused(
        "attachment-damaged",
        N_("An attachment in this file is not the one that it is said to be."),
        hint=_AGAIN,
        params={"office": office_name(office)},
    )


def part_missing(
    missing: Iterable[int], total: int, office: str, made: datetime | str
) -> FileRefused:
    """Not all parts of a file are here."""
    return FileRefused(
        "part-missing",
        N_("Missing: part {missing} of {total}, made by {office} on {made}."),
        hint=N_(
            "Nothing was changed. Open all parts together, in any order; ask {office} for the "
            "missing one if you do not have it."
        ),
        params={
            "missing": tuple(str(number) for number in missing),
            "total": total,
            "office": office_name(office),
            "made": made,
        },
    )


def part_damaged(name: str) -> FileRefused:
    """One part is not as it was written."""
    return FileRefused(
        "part-damaged",
        N_("The part “{name}” was damaged or cut on its way; the others are good."),
        hint=N_("Nothing was changed. Ask for this one part again."),
        params={"name": name},
    )


def parts_mixed() -> FileRefused:
    """The parts do not make the file that they say."""
    return FileRefused(
        "parts-mixed",
        N_("These parts do not belong together, though they say so."),
        hint=N_("Nothing was changed. Ask for all of the parts again."),
    )


def several_files(count: int) -> FileRefused:
    """More than one file where one was expected."""
    return FileRefused(
        "several-files",
        N_("There are {count} sync files in here, and one was expected."),
        hint=N_("Nothing was changed. Open them one after the other."),
        params={"count": count},
    )


def closed_zip(name: str) -> FileRefused:
    """A .zip that cannot be read."""
    return FileRefused(
        "unreadable-zip",
        N_("The archive “{name}” cannot be read: it is damaged or has a password."),
        hint=N_("Nothing was changed. Take the file out of the archive, then open it."),
        params={"name": name},
    )


def other_words(office: str, number: int) -> FileRefused:
    """The fingerprint that was read out is not that of the card."""
    return FileRefused(
        "fingerprint-differs",
        N_("The words differ from word {number} on: this is not the card of {office}."),
        hint=N_("Nothing was accepted. Have the eight words read out again, slowly."),
        field="fingerprint",
        params={"office": office_name(office), "number": number},
    )


def own_card() -> FileRefused:
    """The card is this office's own."""
    return FileRefused(
        "own-card",
        N_("This is the card of your own office."),
        hint=N_("Nothing was changed. Send it to the offices that are to exchange files with you."),
    )


def older_card(office: str) -> FileRefused:
    """A newer card of the same office is held."""
    return FileRefused(
        "older-card",
        N_("A newer card of {office} is already here."),
        hint=N_("Nothing was changed. Ask {office} for its present card if in doubt."),
        params={"office": office_name(office)},
    )


def unsafe_card(office: str) -> FileRefused:
    """The card holds keys that protect nothing."""
    return FileRefused(
        "unsafe-keys",
        N_("The card says that it is from {office}, but its keys would protect nothing."),
        hint=N_("Nothing was accepted. Tell {office} by telephone."),
        params={"office": office_name(office)},
    )


def receipt_for_another(own: str, office: str) -> FileRefused:
    """A receipt meant for another office."""
    return FileRefused(
        "receipt-for-another",
        N_("This receipt of {office} is not for {own}."),
        hint=N_("Nothing was changed. Ask {office} for the one that is meant for {own}."),
        params={"own": office_name(own), "office": office_name(office)},
    )


def wrong_code(office: str) -> FileRefused:
    """The receipt code that was read out fits none of the files sent."""
    return FileRefused(
        "code-unknown",
        N_("This code fits none of the files made for {office}."),
        hint=N_("Nothing was changed. Have the four words read out again, slowly."),
        field="code",
        params={"office": office_name(office)},
    )
