"""What an office says of its laptops: certified, or lost and from which commit on.

Both are statements signed by the office's key over a context and the statement's own
canonical bytes (docs/file-format.md), so that they hold wherever they travel.
"""

from typing import Annotated

from msgspec import Meta, Struct

from sscdesk.sync import limits, wire
from sscdesk.sync.keys import SigningKey, is_signed_by

CERTIFICATE_CONTEXT = b"sscdesk laptop certificate 1"
REVOCATION_CONTEXT = b"sscdesk revocation 1"

LAPTOP_NUMBERS = range(1, 9)
"""Numbers of an office's laptops: they part the reference numbers that each gives."""


class LaptopCertificate(Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """An office says: this key is that of our laptop."""

    office: wire.Office
    laptop: wire.Identity
    number: wire.LaptopNumber
    public_key: wire.Key
    issued_at: wire.Instant
    """By the clock of the laptop that issued it; shown, never decided by."""
    signature: wire.Signature

    def message(self) -> bytes:
        """What the office signs."""
        said = (self.office, self.laptop, self.number, self.public_key, self.issued_at)
        return CERTIFICATE_CONTEXT + wire.pack(said)

    def is_by(self, office_key: bytes) -> bool:
        """Say whether the office with this signing key issued it."""
        return is_signed_by(office_key, self.message(), self.signature)


class Cut(Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """The last commit of a lost laptop's stream that its office stands by."""

    stream: wire.Identity
    last: wire.Sequence
    chain: wire.Digest
    """Hash of the chain at ``last``: whoever holds the laptop's key cannot write another
    past."""


class Revocation(Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """An office says: this laptop is lost; of its streams only what stands here holds.

    One statement per audience, so that a stream is named only to offices that may hold
    it. A stream that no statement names is refused from its first commit on.
    """

    office: wire.Office
    laptop: wire.Identity
    audience: wire.Audience
    cuts: Annotated[tuple[Cut, ...], Meta(max_length=limits.STREAMS)]
    issued_at: wire.Instant
    signature: wire.Signature

    def message(self) -> bytes:
        """What the office signs."""
        said = (self.office, self.laptop, self.audience, self.cuts, self.issued_at)
        return REVOCATION_CONTEXT + wire.pack(said)

    def is_by(self, office_key: bytes) -> bool:
        """Say whether the office with this signing key issued it."""
        return wire.is_audience(self.audience) and is_signed_by(
            office_key, self.message(), self.signature
        )


def certify_laptop(
    office: str,
    office_key: SigningKey,
    *,
    laptop: bytes,
    number: int,
    public_key: bytes,
    issued_at: str,
) -> LaptopCertificate:
    """Certify a laptop's key for its office. ``issued_at``: UTC, ``2026-05-04T10:00:00Z``."""
    if number not in LAPTOP_NUMBERS:
        raise ValueError(number)
    draft = LaptopCertificate(office, laptop, number, public_key, issued_at, bytes(64))
    signature = office_key.sign(draft.message())
    return LaptopCertificate(office, laptop, number, public_key, issued_at, signature)


def revoke_laptop(
    certificate: LaptopCertificate,
    office_key: SigningKey,
    *,
    audience: str,
    cuts: tuple[Cut, ...],
    issued_at: str,
) -> Revocation:
    """Revoke a laptop towards the readers of one audience.

    ``cuts`` are the heads of the laptop's streams of that audience as its office holds
    them. Issue one statement for ``*`` and one for each narrower audience it wrote for.
    """
    draft = Revocation(certificate.office, certificate.laptop, audience, cuts, issued_at, bytes(64))
    return Revocation(
        draft.office,
        draft.laptop,
        audience,
        cuts,
        issued_at,
        office_key.sign(draft.message()),
    )
