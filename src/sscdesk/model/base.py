"""What every record and every row inside a record has, and the register of entities.

``Record`` is a thing that has a reference number and a state of its own; ``Part`` is a
row inside a record (a leg, a meeting, a participation). Both are *replicated*: they are
written by the unit of work alone and travel in the journal.
"""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import BigInteger, Index, Integer, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from sscdesk.model.field import Audience, Field, fields_of, long_text, text
from sscdesk.model.text import N_


class Base(DeclarativeBase):
    """The root of all mapped classes."""


class Row(Base):
    """Columns that the desk keeps on every replicated row."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    """UUIDv7, 32 hexadecimal digits."""
    owner: Mapped[str] = mapped_column(Text)
    """The office that owns the row; for a part, the office that recorded it."""
    deleted: Mapped[int] = mapped_column(Integer, default=0)
    """1 while the row is in the bin."""
    created_at: Mapped[str] = mapped_column(Text)
    created_by: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[str] = mapped_column(Text)
    updated_by: Mapped[str] = mapped_column(Text)
    base_stream: Mapped[int] = mapped_column(Integer)
    base_seq: Mapped[int] = mapped_column(BigInteger)
    """The dot of the commit that wrote the row as a whole (sync.md, Merge)."""
    extra: Mapped[str | None] = mapped_column(Text, nullable=True)
    """Fields of a newer version, kept as they came and passed on (JSON)."""

    entity: ClassVar[str]
    label: ClassVar[str]
    """Msgid: what one such row is called."""


class Record(Row):
    """A thing that officers quote by its reference number."""

    __abstract__ = True

    ref: Mapped[str] = mapped_column(Text, index=True)
    state: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(Text)
    """Who receives its shared fields: ``*`` for all offices, else codes joined by ``+``."""
    circle: Mapped[str] = mapped_column(Text)
    """Who receives its bilateral fields: office codes joined by ``+``."""
    updated_at: Mapped[str] = mapped_column(Text)
    tags: Mapped[str | None] = text(
        N_("Tags"),
        many=True,
        audience=Audience.OFFICE,
        section=N_("Kept in the office"),
        late=True,
    )
    internal_note: Mapped[str | None] = long_text(
        N_("Internal note"), audience=Audience.OFFICE, late=True
    )

    plural: ClassVar[str]
    """Msgid: what several of them are called."""
    ref_code: ClassVar[str]
    """The middle of a reference number: ``MIS`` in ``MA-MIS-2026-0007``."""
    initial_state: ClassVar[str]
    state_vocabulary: ClassVar[str | None] = None
    title_fields: ClassVar[tuple[str, ...]]
    """Fields that, in this order, give the record's title (language first)."""
    partner_fields: ClassVar[tuple[str, ...]] = ()
    """Fields naming the offices that share its bilateral fields, beside the owner."""
    default_audience: ClassVar[Audience] = Audience.SHARED
    follows: ClassVar[str | None] = None
    """The field naming the record whose audience it takes (``model/audience.py``)."""

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index]:
        # An import gives thousands of records one moment: only with the identifier behind it
        # does the index hold the order of a list, whose pages are then read and not sorted.
        return (Index(f"ix_{cls.__tablename__}_recent", "updated_at", "id"),)


class Part(Row):
    """A row inside a record, with an identity of its own so that both sides may add."""

    __abstract__ = True

    parent: Mapped[str] = mapped_column(Text, index=True)
    position: Mapped[str | None] = mapped_column(Text, nullable=True)
    """Fractional position: a text between its neighbours'."""

    part: ClassVar[str]
    """The name of the part on the command line: ``leg``, ``meeting``."""
    parent_entity: ClassVar[str]
    plural: ClassVar[str]
    audience: ClassVar[Audience] = Audience.SHARED
    """The widest that any of its fields may go."""
    writer: ClassVar[str] = "owner"
    """Who may add such a row: a rule name of ``model/authority.py``."""
    ordered: ClassVar[bool] = True


@dataclass(frozen=True)
class EntityKind:
    """A record class with its parts and fields."""

    name: str
    mapped: type[Record]
    parts: dict[str, type[Part]]

    @property
    def fields(self) -> dict[str, Field]:
        """The fields of the record, in order."""
        return fields_of(self.mapped)


def record_kinds() -> dict[str, EntityKind]:
    """Return every entity by name, in the order in which officers meet them."""
    from sscdesk.model import entities  # itself imports this module

    return entities.KINDS


def row_classes() -> dict[str, type[Row]]:
    """Return every replicated class by its table name (entities and parts alike)."""
    found: dict[str, type[Row]] = {}
    for kind in record_kinds().values():
        found[kind.mapped.__tablename__] = kind.mapped
        found.update({part.__tablename__: part for part in kind.parts.values()})
    return found
