from dataclasses import replace
from pathlib import Path

import pytest

from sscdesk.i18n import language
from sscdesk.reports import registry
from sscdesk.reports.snapshot import Finding, Leg, Meeting, PersonMet, Wording
from sscdesk.reports.words import period, short_day
from tests.reports.reading import fonts_of, pages_of, plain, text_of
from tests.reports.samples import DEVELOPMENT, a_mission_report, an_imprint

KIND = "mission_report"
HOSTILE = (
    "<b>gras</b> &amp; &#233; <a href='x'>lien</a> %s {0} \\n (parenthèse \\) "
    "\x00\x07\x1b[31m \u202e inversé \u2066\ufeff fin"
)


@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_part_of_the_report_can_be_read_in_the_pdf(code: str, tmp_path: Path) -> None:
    report = a_mission_report()

    text = text_of(registry.build(KIND, report, code).pdf, tmp_path)

    with language(code):
        expected = [
            report.mission,
            report.imprint.reference,
            report.title.say(),
            report.host.say(),
            period(report.departs_on, report.returns_on),
            report.summary,
            report.context,
            report.objectives,
            report.next_steps,
            *(person.name for person in report.travellers),
            *(person.function.say() for person in report.travellers),
            *(meeting.subject for meeting in report.meetings),
            *(meeting.agreed for meeting in report.meetings),
            *(short_day(meeting.date) for meeting in report.meetings),
            *(finding.text for finding in report.findings),
            *(finding.title for finding in report.findings),
            *(item.follow_up for item in report.recommendations),
            *(item.responsible for item in report.recommendations),
            *(item.what.say() for item in report.commitments),
            *(annex.title for annex in report.annexes),
            *(signer.name for signer in report.imprint.signers),
            *(copy.say() for copy in report.imprint.distribution),
        ]
    missing = [words for words in expected if not found_in(words, text)]
    assert missing == []


def found_in(words: str, text: str) -> bool:
    """Say whether ``words`` stand in ``text``, lines of a table cell apart or not."""
    return plain(words) in text or all(word in text for word in plain(words).split())


def test_long_texts_are_read_in_their_order(tmp_path: Path) -> None:
    report = a_mission_report()

    text = text_of(registry.build(KIND, report, "fr").pdf, tmp_path)

    places = [text.index(plain(part)) for part in (report.summary, report.context)]
    places += [text.index(plain(finding.text)) for finding in report.findings[:2]]
    assert places == sorted(places)


def test_the_same_data_give_the_same_bytes() -> None:
    first = registry.build(KIND, a_mission_report(), "fr")
    registry.build(KIND, a_mission_report(summary="السلام عليكم"), "en")

    again = registry.build(KIND, a_mission_report(), "fr")

    assert again.pdf == first.pdf


def test_other_data_or_another_language_give_another_check_code() -> None:
    code = registry.build(KIND, a_mission_report(), "fr").check_code

    assert registry.build(KIND, a_mission_report(), "en").check_code != code
    assert registry.build(KIND, a_mission_report(summary="autre"), "fr").check_code != code


def test_every_page_bears_the_check_code_the_number_and_the_count(tmp_path: Path) -> None:
    paper = registry.build(KIND, a_mission_report(), "en")

    pages = pages_of(paper.pdf, tmp_path)

    assert len(pages) == paper.pages > 1
    for number, page in enumerate(pages):
        assert paper.check_code in page
        assert f"page {number + 1} of {paper.pages}" in page
        assert "MA-RAP-2026-0014" in page


def test_all_fonts_are_embedded_and_known_to_readers(tmp_path: Path) -> None:
    paper = registry.build(KIND, a_mission_report(), "fr")

    fonts = fonts_of(paper.pdf, tmp_path)

    assert fonts
    assert {tuple(font[-5:-2]) for font in fonts} == {("yes", "yes", "yes")}


def test_markup_in_a_text_of_an_officer_is_text(tmp_path: Path) -> None:
    finding = Finding(HOSTILE, HOSTILE, Wording(HOSTILE))
    meeting = Meeting("2026-03-10", Wording(HOSTILE), (PersonMet(HOSTILE),), "", HOSTILE, HOSTILE)
    report = a_mission_report(
        title=Wording(HOSTILE), summary=HOSTILE, findings=(finding,), meetings=(meeting,)
    )

    text = text_of(registry.build(KIND, report, "fr").pdf, tmp_path)

    assert "<b>gras</b> &amp; &#233; <a href='x'>lien</a> %s {0} \\n (parenthèse \\) [31m" in text
    assert "inversé fin" in text


def test_a_character_without_a_font_is_shown_as_missing_and_told() -> None:
    paper = registry.build(KIND, a_mission_report(summary="chinois 中, sourire 😀"), "fr")

    assert paper.unprintable == "中😀"


def test_signs_that_the_text_font_lacks_come_from_another(tmp_path: Path) -> None:
    summary = "A → B, −5 °C, ✓ fait, ⵣ, ɛ́ bambara, №, ŋ"

    paper = registry.build(KIND, a_mission_report(summary=summary), "fr")

    assert paper.unprintable == ""
    assert summary in text_of(paper.pdf, tmp_path)


def test_an_arabic_name_is_read_with_its_ordinary_letters(tmp_path: Path) -> None:
    text = text_of(registry.build(KIND, a_mission_report(), "fr").pdf, tmp_path)

    assert "أمينة بنعلي" in text


def test_a_finding_of_twenty_pages_flows_on(tmp_path: Path) -> None:
    sentence = "Le guichet suit chaque dossier pendant un an et rend compte au ministère. "
    long_text = "\n".join(f"Alinéa {n}. {sentence * 9}" for n in range(130))
    report = a_mission_report(findings=(Finding(long_text, "Long", DEVELOPMENT),))

    paper = registry.build(KIND, report, "fr")

    text = text_of(paper.pdf, tmp_path)
    assert paper.pages > 20
    assert all(f"Alinéa {n}." in text for n in range(130))


def test_sixty_meetings_repeat_the_headings_on_each_page(tmp_path: Path) -> None:
    meetings = tuple(
        Meeting("2026-03-10", Wording(f"Organisme numéro {n}"), (), "", f"Sujet {n} " * 12, "", "")
        for n in range(60)
    )

    pages = pages_of(registry.build(KIND, a_mission_report(meetings=meetings), "en").pdf, tmp_path)

    with_rows = [page for page in pages if "Organisme numéro" in page]
    assert len(with_rows) > 3
    assert all("Organisation, persons met" in page for page in with_rows)
    assert all(f"Organisme numéro {n} " in " ".join(pages) + " " for n in range(60))


def test_a_word_without_end_is_cut_at_the_margin(tmp_path: Path) -> None:
    paper = registry.build(KIND, a_mission_report(summary="x" * 20_000), "fr")

    assert text_of(paper.pdf, tmp_path).replace(" ", "").count("x") >= 20_000


def test_a_row_longer_than_a_page_is_continued(tmp_path: Path) -> None:
    meeting = Meeting("2026-03-10", Wording("Organisme"), (), "", "mot " * 3000, "", "fin du texte")

    paper = registry.build(KIND, a_mission_report(meetings=(meeting,)), "fr")

    assert text_of(paper.pdf, tmp_path).count("mot ") >= 3000


def test_empty_optional_sections_are_left_out(tmp_path: Path) -> None:
    report = a_mission_report(commitments=(), next_steps="", annexes=(), context="", objectives="")

    text = text_of(registry.build(KIND, report, "en").pdf, tmp_path)

    assert "Commitments served" not in text
    assert "Next steps" not in text
    assert "Context and terms of reference" not in text


def test_a_draft_says_which_required_sections_are_missing(tmp_path: Path) -> None:
    report = a_mission_report(findings=(), summary=" ")

    text = text_of(registry.build(KIND, report, "en", draft=True).pdf, tmp_path)

    assert [section.code for section in registry.missing_sections(KIND, report)] == [
        "summary",
        "findings",
    ]
    assert text.count("This section is still to be written.") == 2
    assert "DRAFT" in text


def test_sample_data_are_marked_on_every_page(tmp_path: Path) -> None:
    report = a_mission_report(imprint=an_imprint(sample=True))

    pages = pages_of(registry.build(KIND, report, "en").pdf, tmp_path)

    assert all("SPECIMEN" in page for page in pages)


def test_an_almost_empty_report_is_still_a_paper() -> None:
    imprint = replace(
        an_imprint(), reference="", signers=(), distribution=(), prepared_by=(), dated="2026"
    )
    report = a_mission_report(
        imprint=imprint,
        title=Wording(),
        travellers=(),
        legs=(),
        meetings=(),
        findings=(),
        recommendations=(),
        departs_on="2026",
        returns_on="",
        places=(),
        countries=(),
        exchange=None,
    )

    assert registry.build(KIND, report, "en", draft=True).pages < 3


def test_many_stops_are_drawn_in_several_rows(tmp_path: Path) -> None:
    legs = tuple(
        Leg(f"2026-03-{n + 1:02}", f"Ville {n}", f"2026-03-{n + 1:02}", f"Ville {n + 1}")
        for n in range(20)
    )

    text = text_of(registry.build(KIND, a_mission_report(legs=legs), "fr").pdf, tmp_path)

    assert all(f"Ville {n}" in text for n in range(21))
