"""The offices that read the vectors, and what each of them believes."""

from typing import Any

from .compose import Journal, Laptop, Office, pack

MA, CI, ML, SN = (Office(code) for code in ("MA", "CI", "ML", "SN"))
MA1, MA2 = Laptop("MA", 1), Laptop("MA", 2)
CI1, ML1, ML2, SN1 = Laptop("CI"), Laptop("ML"), Laptop("ML", 2), Laptop("SN")

NEWS = Journal(MA1)
"""Three commits of Rabat for all."""
LONG = Journal(MA1, name="long", commits=tuple(pack([b"h", b"%d" % n]) for n in range(1, 9)))
"""Eight commits of Rabat for all."""
PAIR = Journal(MA1, "MA+ML")
"""Three commits of Rabat for Bamako only."""
SECOND = Journal(MA2)
"""Three commits of Rabat's second laptop, which is lost for some readers."""


def a_reader(
    office: Office,
    laptop: Laptop,
    cards: list[bytes],
    certificates: list[list[Any]],
    revocations: list[list[Any]] | None = None,
    streams: dict[str, list[str]] | None = None,
    identities: list[Office] | None = None,
) -> dict[str, Any]:
    return {
        "office": office.code,
        "laptop": laptop.id.hex(),
        "identities": [one.box.identity for one in identities or [office]],
        "cards": [card.hex() for card in cards],
        "certificates": [pack(one).hex() for one in certificates],
        "revocations": [pack(one).hex() for one in revocations or []],
        "streams": streams or {},
    }


_CARDS = [ML.card(), MA.card(), CI.card()]
_LAPTOPS = [one.certificate() for one in (ML1, ML2, MA1, MA2, CI1)]

READERS: dict[str, dict[str, Any]] = {
    "bamako": a_reader(ML, ML1, _CARDS, _LAPTOPS),
    "bamako, who accepted no card": a_reader(ML, ML1, [ML.card()], _LAPTOPS[:2]),
    "bamako, who knows no laptop of rabat": a_reader(ML, ML1, _CARDS, _LAPTOPS[:2]),
    "bamako, told that laptop 2 of rabat is lost after 2": a_reader(
        ML, ML1, _CARDS, _LAPTOPS, [MA.revocation(MA2, [SECOND.cut(2)])]
    ),
    "bamako, told so twice": a_reader(
        ML,
        ML1,
        _CARDS,
        _LAPTOPS,
        [MA.revocation(MA2, [SECOND.cut(1)]), MA.revocation(MA2, [SECOND.cut(3)])],
    ),
    "bamako, told that laptop 2 is lost with all its work": a_reader(
        ML, ML1, _CARDS, _LAPTOPS, [MA.revocation(MA2)]
    ),
    "bamako, told of another history up to the loss": a_reader(
        ML, ML1, _CARDS, _LAPTOPS, [MA.revocation(MA2, [SECOND.cut(2, bytes(32))])]
    ),
    "bamako, to whom abidjan speaks of a laptop of rabat": a_reader(
        ML, ML1, _CARDS, _LAPTOPS, [CI.revocation(MA2)]
    ),
    "bamako, who holds streams": a_reader(
        ML,
        ML1,
        _CARDS,
        _LAPTOPS,
        streams={
            NEWS.id.hex(): ["MA", MA1.id.hex(), "*"],
            PAIR.id.hex(): ["MA", MA1.id.hex(), "MA"],
        },
    ),
    "bamako, with former keys too": a_reader(
        ML, ML1, _CARDS, _LAPTOPS, identities=[Office("ML", 2), ML]
    ),
    "bamako, with new keys only": a_reader(ML, ML1, _CARDS, _LAPTOPS, identities=[Office("ML", 2)]),
    "bamako, who knows another key of laptop 1": a_reader(
        ML, ML1, _CARDS, [*_LAPTOPS[:2], Laptop("MA", 1, edition=2).certificate()]
    ),
    "rabat": a_reader(MA, MA1, _CARDS, _LAPTOPS),
    "rabat's second laptop": a_reader(MA, MA2, _CARDS, _LAPTOPS),
    "dakar": a_reader(SN, SN1, [SN.card(), *_CARDS[1:]], [SN1.certificate(), *_LAPTOPS[2:]]),
}
