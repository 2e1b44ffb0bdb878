"""Stakeholders: the organisations of the four countries and the people in them."""

from typing import ClassVar

from sqlalchemy import Index

from sscdesk.model.base import Part, Record
from sscdesk.model.field import (
    Audience,
    boolean,
    choice,
    choices,
    date,
    long_text,
    phone,
    reference,
    text,
    url,
)
from sscdesk.model.field import country as country_code
from sscdesk.model.field import email as email_address
from sscdesk.model.provenance import Sourced
from sscdesk.model.text import N_


class Organisation(Sourced, Record):
    """A stakeholder (domain.md, 4.3); kept by the office of its country."""

    __tablename__ = "organisation"
    entity: ClassVar[str] = "organisation"
    label: ClassVar[str] = N_("Organisation")
    plural: ClassVar[str] = N_("Organisations")
    ref_code: ClassVar[str] = "ORG"
    initial_state: ClassVar[str] = "active"
    state_vocabulary: ClassVar[str | None] = "record_status"
    title_fields: ClassVar[tuple[str, ...]] = ("name_fr", "name_en", "name_ar", "acronym")

    name_fr = text(
        N_("Name (French)"),
        required="always",
        unless=("name_en", "name_ar"),
        column=True,
        section=N_("Identity"),
    )
    name_en = text(N_("Name (English)"))
    name_ar = text(N_("Name (Arabic)"))
    acronym = text(N_("Acronym"), column=True)
    former_names = text(N_("Former names"), many=True, help=N_("Found by search as well."))
    country = country_code(N_("Country"), required="always", column=True)
    kind = choice(N_("Kind"), "organisation_kind", required="always", column=True)
    level = choice(N_("Level"), "level", required="always", column=True)
    city = text(N_("City"), column=True)
    region = text(N_("Region"))
    parent_organisation = reference(
        N_("Part of"), "organisation", help=N_("Ministry, directorate, regional office.")
    )
    same_as = reference(
        N_("Same as"),
        "organisation",
        computed=True,
        writer="any",
        help=N_("Set when duplicates are merged."),
    )

    fields_of_action = choices(N_("Fields of action"), "field", section=N_("What it does"))
    sub_themes = choices(N_("Sub-themes"), "sub_theme")
    offers = long_text(N_("What it can offer"), help=N_("Feeds step 1: who does what well."))
    needs = long_text(N_("What it needs"))

    address = text(N_("Address"), section=N_("How to reach it"))
    telephone = phone(N_("Telephone"))
    email = email_address(N_("E-mail"))
    website = url(N_("Website"))

    influence = choice(
        N_("Influence"), "rating", audience=Audience.OFFICE, section=N_("Our relation")
    )
    interest = choice(N_("Interest"), "rating", audience=Audience.OFFICE)
    last_contact = date(N_("Last contact"), audience=Audience.OFFICE)
    appraisal = long_text(N_("Our appraisal"), audience=Audience.OFFICE)


class Person(Record):
    """A contact (domain.md, 4.4); never a beneficiary, and nothing sensitive."""

    __tablename__ = "person"
    entity: ClassVar[str] = "person"
    label: ClassVar[str] = N_("Person")
    plural: ClassVar[str] = N_("People")
    ref_code: ClassVar[str] = "PER"
    initial_state: ClassVar[str] = "active"
    state_vocabulary: ClassVar[str | None] = "record_status"
    title_fields: ClassVar[tuple[str, ...]] = ("given", "family", "name_ar")

    given = text(
        N_("Given name"),
        required="always",
        unless=("family", "name_ar"),
        personal=True,
        column=True,
        section=N_("Identity"),
    )
    family = text(
        N_("Family name"),
        required="always",
        unless=("given", "name_ar"),
        personal=True,
        column=True,
    )
    name_ar = text(N_("Name (Arabic)"), personal=True, column=True)
    salutation = text(N_("Salutation"), personal=True)
    languages = choices(N_("Languages"), "language", personal=True)
    sex = choice(
        N_("Sex"),
        "sex",
        personal=True,
        help=N_("For statistics only; never guessed from a name."),
        default="u",
    )
    same_as = reference(
        N_("Same as"),
        "person",
        computed=True,
        writer="any",
        help=N_("Set when duplicates are merged."),
    )

    emails = email_address(
        N_("Professional e-mails"),
        many=True,
        personal=True,
        column=True,
        writer="any_adds",
        section=N_("How to reach them"),
    )
    telephones = phone(
        N_("Professional telephones"), many=True, personal=True, column=True, writer="any_adds"
    )

    legal_basis = choice(
        N_("Legal basis"),
        "legal_basis",
        personal=True,
        required="always",
        default="public_task",
        section=N_("Data protection"),
    )
    source = text(
        N_("Source"),
        personal=True,
        help=N_("Where the data comes from: business card, letter, attendance sheet."),
    )
    informed_on = date(N_("Informed on"), personal=True)
    may_be_shared = boolean(
        N_("May be shared"),
        personal=True,
        required="always",
        default=True,
        help=N_("No keeps the person in this office; others see a placeholder."),
    )
    review_by = date(N_("Review by"), personal=True)
    basis = choice(N_("Basis"), "basis")

    personal_telephone = phone(
        N_("Personal telephone"),
        personal=True,
        audience=Audience.OFFICE,
        help=N_("Only if freely given."),
        section=N_("Kept in the office"),
    )
    home_address = text(
        N_("Home address"),
        personal=True,
        audience=Audience.OFFICE,
        help=N_("Only if freely given."),
    )
    date_of_birth = date(
        N_("Date of birth"),
        personal=True,
        masked=True,
        audience=Audience.OFFICE,
        help=N_("Only if freely given."),
    )
    notes = long_text(
        N_("Notes on the person"),
        personal=True,
        audience=Audience.OFFICE,
        help=N_(
            "Facts, no opinions, nothing on health, origin, religion or offences:"
            " the person may ask to read it."
        ),
    )


class Post(Part):
    """A function held: a person moves, the history stays. Any office may add one."""

    __tablename__ = "person_post"
    entity: ClassVar[str] = "person_post"
    part: ClassVar[str] = "post"
    parent_entity: ClassVar[str] = "person"
    label: ClassVar[str] = N_("Post")
    plural: ClassVar[str] = N_("Posts")
    writer: ClassVar[str] = "recorder"

    function = text(N_("Function"), required="always", personal=True)
    organisation = reference(N_("Organisation"), "organisation", personal=True)
    since = date(N_("From"), personal=True)
    until = date(N_("Until"), personal=True, help=N_("Empty: holds the post today."))


for _mapped in (Organisation, Person):
    Index(
        f"{_mapped.__tablename__}_same_as",
        _mapped.__table__.c.same_as,
        sqlite_where=_mapped.__table__.c.same_as.is_not(None),
    )
