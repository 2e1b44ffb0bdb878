"""The office: one per country, with what its papers carry and its rules for money and data."""

from typing import ClassVar

from sscdesk.model.base import Part, Record
from sscdesk.model.field import (
    Audience,
    choice,
    choices,
    date,
    decimal,
    integer,
    long_text,
    money,
    phone,
    reference,
    text,
)
from sscdesk.model.field import country as country_code
from sscdesk.model.text import N_


class Office(Record):
    """One of the four offices (domain.md, 4.1). Its keys and laptops are kept by sync."""

    __tablename__ = "office"
    entity: ClassVar[str] = "office"
    label: ClassVar[str] = N_("Office")
    plural: ClassVar[str] = N_("Offices")
    ref_code: ClassVar[str] = "OFF"
    initial_state: ClassVar[str] = "active"
    state_vocabulary: ClassVar[str | None] = "record_status"
    title_fields: ClassVar[tuple[str, ...]] = ("name_fr", "name_en", "name_ar")

    country = country_code(N_("Country"), required="always", column=True, section=N_("Identity"))
    name_fr = text(
        N_("Name (French)"), required="always", unless=("name_en", "name_ar"), column=True
    )
    name_en = text(N_("Name (English)"))
    name_ar = text(N_("Name (Arabic)"))
    # Not required: the office exists before its first organisation is recorded.
    ministry = reference(N_("Ministry"), "organisation", column=True)
    directorate = reference(N_("Directorate"), "organisation")
    languages = choices(N_("Languages"), "language")
    currency = choice(N_("Currency"), "currency", required="always")
    time_zone = text(
        N_("Time zone"), required="always", shape="zone", help=N_("For example Africa/Dakar.")
    )

    city = text(N_("City"), section=N_("Address"), column=True)
    address = text(N_("Address"))
    switchboard = phone(N_("Switchboard"))

    letterhead_fr = long_text(
        N_("Letterhead (French)"),
        help=N_("One line of the letterhead per line, from the State down to the service."),
        section=N_("Letterhead and signature"),
        max_length=2_000,
    )
    letterhead_en = long_text(N_("Letterhead (English)"), max_length=2_000)
    letterhead_ar = long_text(N_("Letterhead (Arabic)"), max_length=2_000)
    motto_fr = text(N_("Motto (French)"))
    motto_en = text(N_("Motto (English)"))
    motto_ar = text(N_("Motto (Arabic)"))
    seal = reference(N_("Seal"), "attachment", help=N_("A picture printed on reports."))
    signatory_function_fr = text(
        N_("Function of the signatory (French)"),
        required="always",
        unless=("signatory_function_en", "signatory_function_ar"),
        help=N_("As printed under the signature: “Directeur général”."),
        default="Chef de bureau",
    )
    signatory_function_en = text(N_("Function of the signatory (English)"))
    signatory_function_ar = text(N_("Function of the signatory (Arabic)"))
    order_request_fr = long_text(
        N_("Request to the authorities on mission orders (French)"),
        help=N_("“Les autorités civiles et militaires sont priées de faciliter…”"),
        max_length=2_000,
    )
    order_request_en = long_text(
        N_("Request to the authorities on mission orders (English)"), max_length=2_000
    )
    order_request_ar = long_text(
        N_("Request to the authorities on mission orders (Arabic)"), max_length=2_000
    )

    numbering_start = integer(
        N_("First order number"),
        minimum=1,
        help=N_("Where the numbering of mission orders begins."),
        audience=Audience.OFFICE,
        section=N_("Rules of the office"),
    )
    report_due_days = integer(
        N_("Days to hand in a mission report"), minimum=0, audience=Audience.OFFICE, default=15
    )
    contact_retention_years = integer(
        N_("Years a contact is kept after the last exchange"),
        minimum=0,
        audience=Audience.OFFICE,
        default=5,
    )
    report_retention_years = integer(
        N_("Years a signed report is kept"), minimum=0, audience=Audience.OFFICE, default=10
    )


class PerDiem(Part):
    """A national rate of the daily allowance, by zone and grade."""

    __tablename__ = "office_per_diem"
    entity: ClassVar[str] = "office_per_diem"
    part: ClassVar[str] = "per_diem"
    parent_entity: ClassVar[str] = "office"
    label: ClassVar[str] = N_("Rate of the daily allowance")
    plural: ClassVar[str] = N_("Rates of the daily allowance")
    audience: ClassVar[Audience] = Audience.OFFICE

    zone = text(N_("Zone"), required="always", help=N_("As in the office's own table."))
    countries = choices(N_("Countries of the zone"), "country")
    grade = choice(N_("Grade"), "grade")
    amount = money(N_("Rate per day"), required="always")
    valid_from = date(N_("Valid from"))
    valid_until = date(N_("Valid until"))
    legal_text = text(N_("Text that sets the rate"))
    lodging_share = decimal(
        N_("Share without lodging, percent"),
        help=N_("What remains of the rate where the host pays the lodging."),
    )


class Authorisation(Part):
    """The declaration or authorisation that lets personal data leave for a country.

    Without one that is valid, the desk sends no personal data to that office.
    """

    __tablename__ = "office_authorisation"
    entity: ClassVar[str] = "office_authorisation"
    part: ClassVar[str] = "authorisation"
    parent_entity: ClassVar[str] = "office"
    label: ClassVar[str] = N_("Data-protection authorisation")
    plural: ClassVar[str] = N_("Data-protection authorisations")

    destination = choice(N_("Recipient office"), "office", required="always")
    number = text(N_("Number of the declaration or authorisation"), required="always")
    authority = text(N_("Authority"), help=N_("CNDP, CDP, ARTCI or APDP."))
    scope = long_text(N_("Scope"), max_length=5_000)
    recipients = text(N_("Recipients"))
    issued_on = date(N_("Issued on"))
    expires_on = date(N_("Expires on"), help=N_("Empty: without end."))
