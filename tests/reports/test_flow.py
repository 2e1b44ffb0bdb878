from sscdesk.reports.flow import Strip, paginate
from sscdesk.reports.ink import Ink


def nothing(ink: Ink, left: float, top: float) -> None:
    """Draw nothing."""


def strips(*heights: float, keep: tuple[int, ...] = ()) -> list[Strip]:
    return [Strip(height, nothing, keep=place in keep) for place, height in enumerate(heights)]


def heights(given: list[Strip]) -> list[list[float]]:
    """The heights of the strips on each page of 100 points."""
    pages = paginate(given, 100, 100, 0)
    return [[placed.strip.height for placed in page.placed] for page in pages]


def test_a_page_is_filled_before_the_next_begins() -> None:
    assert heights(strips(60, 40, 10)) == [[60, 40], [10]]


def test_a_strip_moves_with_the_one_it_is_kept_with() -> None:
    assert heights(strips(60, 30, 20, keep=(1,))) == [[60], [30, 20]]


def test_what_is_taller_than_a_page_together_is_parted_all_the_same() -> None:
    assert heights(strips(50, 60, 60, keep=(0, 1))) == [[50], [60], [60]]


def test_space_above_is_dropped_at_the_top_of_a_page() -> None:
    given = strips(90, 20)
    given[1].gap = 30

    pages = paginate(given, 100, 100, 0)

    assert pages[1].placed[0].top == 100


def test_headings_are_repeated_above_a_row_that_opens_a_page() -> None:
    head = Strip(15, nothing, keep=True)
    rows = [Strip(40, nothing, head=(head,)) for _ in range(4)]

    assert heights([head, *rows]) == [[15, 40, 40], [15, 40, 40]]


def test_a_chapter_opens_a_page_but_not_an_empty_one() -> None:
    given = strips(10, 10)
    given[0].opens_page = given[1].opens_page = True

    assert heights(given) == [[10], [10]]


def test_the_first_page_may_begin_higher() -> None:
    pages = paginate(strips(20, 95), 120, 100, 0)

    assert [len(page.placed) for page in pages] == [2]


def test_nothing_is_one_empty_page() -> None:
    assert [page.placed for page in paginate([], 100, 100, 0)] == [[]]
