"""Codes that the offices add to the lists that come with the desk."""

import hashlib
from typing import ClassVar

from sscdesk.model.base import Part, Record
from sscdesk.model.field import boolean, integer, text
from sscdesk.model.field import country as country_code
from sscdesk.model.offices import SECRETARIAT
from sscdesk.model.text import N_


class VocabularyTerm(Record):
    """One code of one list, added, relabelled or retired by the secretariat.

    The lists that come with the desk are data of the program
    (``vocabulary_seed.seed_terms``); a term recorded here with the same list and code
    takes its place. A code is never reused for another meaning: it is retired.
    """

    __tablename__ = "vocabulary"
    entity: ClassVar[str] = "vocabulary"
    label: ClassVar[str] = N_("Term")
    plural: ClassVar[str] = N_("Vocabularies")
    ref_code: ClassVar[str] = "VOC"
    initial_state: ClassVar[str] = "active"
    state_vocabulary: ClassVar[str | None] = "record_status"
    title_fields: ClassVar[tuple[str, ...]] = ("label_fr", "label_en", "label_ar")

    list_name = text(N_("List"), required="always", column=True, section=N_("Term"))
    code = text(N_("Code"), required="always", column=True, max_length=60)
    position = integer(N_("Position"), column=True)
    label_fr = text(N_("Label (French)"), required="always", column=True)
    label_en = text(N_("Label (English)"), required="always", column=True)
    label_ar = text(N_("Label (Arabic)"), required="always", column=True)
    retired = boolean(
        N_("Retired"),
        column=True,
        default=False,
        help=N_("No longer offered; records that hold it keep it."),
    )


class LocalLabel(Part):
    """What a country calls the term, written by its office."""

    __tablename__ = "vocabulary_local_label"
    entity: ClassVar[str] = "vocabulary_local_label"
    part: ClassVar[str] = "local_label"
    parent_entity: ClassVar[str] = "vocabulary"
    label: ClassVar[str] = N_("Label in a country")
    plural: ClassVar[str] = N_("Labels in the countries")
    writer: ClassVar[str] = "recorder"

    country = country_code(N_("Country"), required="always")
    label_fr = text(N_("Label (French)"))
    label_en = text(N_("Label (English)"))
    label_ar = text(N_("Label (Arabic)"))


def identity_of_term(list_name: str, code: str) -> tuple[str, str]:
    """Return the identifier and the reference number of the record of a code.

    Both follow from the code, so that two laptops that record the same one without
    knowing of each other write one record, and no code ever gets a second meaning.
    """
    named = f"vocabulary\0{list_name}\0{code}".encode()
    identifier = hashlib.sha256(named).hexdigest()[:32]
    return identifier, f"{SECRETARIAT}-{VocabularyTerm.ref_code}-{list_name}-{code}".upper()
