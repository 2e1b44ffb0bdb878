from pathlib import Path

from sscdesk.reports import registry
from tests.reports.reading import pages_of, text_of
from tests.reports.samples import a_mission_finance, an_expense, mad, xof

KIND = "mission_finance"


def test_costs_are_set_against_the_budget_per_kind(tmp_path: Path) -> None:
    text = text_of(registry.build(KIND, a_mission_finance(), "fr").pdf, tmp_path, "-layout")

    assert "Billets d’avion 24 000,00 24 180,00 +180,00" in text
    assert "Transport routier 4 200,00 4 018,00 −182,00" in text
    assert "Total 48 600,00 48 533,20 −66,80" in text


def test_totals_are_given_per_currency(tmp_path: Path) -> None:
    text = text_of(registry.build(KIND, a_mission_finance(), "fr").pdf, tmp_path, "-layout")

    assert "MAD 42 580,00 42 580,00" in text
    assert "XOF 363 000 5 953,20" in text


def test_a_rejected_expense_counts_for_nothing_and_says_why(tmp_path: Path) -> None:
    text = text_of(registry.build(KIND, a_mission_finance(), "en").pdf, tmp_path)

    assert "Rejected: reçu illisible" in text
    assert "246.00" not in text


def test_the_balance_says_who_owes_whom(tmp_path: Path) -> None:
    finance = a_mission_finance()

    owed = text_of(registry.build(KIND, finance, "en").pdf, tmp_path)
    refund = text_of(
        registry.build(KIND, a_mission_finance(expenses=finance.expenses[:1]), "en").pdf, tmp_path
    )

    assert "To be paid to the travellers: 9,633.20 MAD." in owed
    assert "To be refunded by the travellers: 14,720.00 MAD." in refund


def test_the_rate_its_source_and_its_date_are_printed(tmp_path: Path) -> None:
    text = text_of(registry.build(KIND, a_mission_finance(), "fr").pdf, tmp_path)

    assert "1 XOF = 0,0164 MAD, Bank Al-Maghrib, 9 mars 2026" in text


def test_every_page_says_that_it_stays_in_the_office(tmp_path: Path) -> None:
    pages = pages_of(registry.build(KIND, a_mission_finance(), "en").pdf, tmp_path)

    assert all("INTERNAL DOCUMENT" in page for page in pages)


def test_four_hundred_expenses_add_up_and_all_stand_there(tmp_path: Path) -> None:
    expenses = tuple(
        an_expense(
            amount=xof(1000 + n), in_office_currency=mad("16.40"), receipt=f"R-{n:04}", traveller=""
        )
        for n in range(400)
    )

    paper = registry.build(KIND, a_mission_finance(expenses=expenses), "en")

    text = text_of(paper.pdf, tmp_path)
    assert all(f"R-{n:04}" in text for n in range(400))
    assert "479,800" in text
    assert "6,560.00" in text


def test_accounts_without_anything_say_so(tmp_path: Path) -> None:
    finance = a_mission_finance(budget=(), advances=(), expenses=())

    text = text_of(registry.build(KIND, finance, "en").pdf, tmp_path)

    assert "No budget line and no expense recorded." in text
