"""The officer: who works at an office, with what travel papers need."""

from typing import ClassVar

from sscdesk.model.base import Record
from sscdesk.model.field import (
    Audience,
    choice,
    choices,
    date,
    phone,
    reference,
    text,
)
from sscdesk.model.field import email as email_address
from sscdesk.model.text import N_


class Officer(Record):
    """A member of an office (domain.md, 4.2). Former officers stay as authors."""

    __tablename__ = "officer"
    entity: ClassVar[str] = "officer"
    label: ClassVar[str] = N_("Officer")
    plural: ClassVar[str] = N_("Officers")
    ref_code: ClassVar[str] = "AGT"
    initial_state: ClassVar[str] = "active"
    state_vocabulary: ClassVar[str | None] = "record_status"
    title_fields: ClassVar[tuple[str, ...]] = ("given", "family", "name_ar")

    given = text(
        N_("Given name"),
        required="always",
        unless=("family", "name_ar"),
        personal=True,
        column=True,
        help=N_("As in the service passport."),
        section=N_("Identity"),
    )
    family = text(
        N_("Family name"),
        required="always",
        unless=("given", "name_ar"),
        personal=True,
        column=True,
    )
    name_ar = text(N_("Name (Arabic)"), personal=True)
    function_fr = text(N_("Function (French)"), personal=True, column=True)
    function_en = text(N_("Function (English)"), personal=True)
    function_ar = text(N_("Function (Arabic)"), personal=True)
    grade = choice(
        N_("Grade"),
        "grade",
        personal=True,
        audience=Audience.OFFICE,
        help=N_("Decides the daily allowance."),
    )
    roles = choices(N_("Roles"), "desk_role", required="always", column=True)
    email = email_address(N_("E-mail of the service"), personal=True, column=True)
    telephone = phone(N_("Telephone of the service"), personal=True)
    person = reference(
        N_("Same person in the directory"),
        "person",
        personal=True,
        help=N_("Lets missions recorded with the contact count as this officer's."),
    )
    active_from = date(N_("Active from"))
    active_to = date(N_("Active until"), help=N_("Former officers stay as authors."))

    passport_number = text(
        N_("Passport number"),
        personal=True,
        masked=True,
        audience=Audience.OFFICE,
        section=N_("For travel only"),
    )
    passport_expiry = date(
        N_("Passport valid until"), personal=True, masked=True, audience=Audience.OFFICE
    )
    bank_account = text(N_("Bank account"), personal=True, masked=True, audience=Audience.OFFICE)
    emergency_contact = text(
        N_("Emergency contact"), personal=True, masked=True, audience=Audience.OFFICE
    )
    signature_image = reference(
        N_("Picture of the signature"),
        "attachment",
        personal=True,
        audience=Audience.OFFICE,
        help=N_("Decoration: the signature that counts is the cryptographic one."),
    )
    specimen = reference(
        N_("Specimen of the signature"), "attachment", personal=True, audience=Audience.OFFICE
    )
