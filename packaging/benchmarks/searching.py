"""A key stroke in the search of everything and in the search of a list, on a full desk."""

from collections.abc import Callable, Iterator

from benchmarking import Comparison, Figure, Setting, group
from desks import fill, found, seconds

from sscdesk.application.listing import listing
from sscdesk.application.search import everything
from sscdesk.application.views import ListQuery

TYPED = (
    "coopération bamako",
    "Awa Plateau-77",
    "direction migration 1204",
    "contact4321@example.org",
    "مديرية التعاون",
    "D1999",
    "statistqiue dakar",
)


def per_key_stroke(answer: Callable[[str], object]) -> list[float]:
    """Type each text letter by letter and return the milliseconds of every answer, sorted."""
    prefixes = [text[:length] for text in TYPED for length in range(1, len(text) + 1)]
    return sorted(seconds(lambda shown=shown: answer(shown)) * 1000 for shown in prefixes)


def p95(answer: Callable[[str], object]) -> Callable[[], float]:
    """Return a function that measures the 95th percentile of all key strokes."""

    def once() -> float:
        taken = per_key_stroke(answer)
        return taken[len(taken) * 95 // 100]

    return once


@group("search")
def search(setting: Setting) -> Iterator[Comparison | Figure]:
    """From the text typed to the rows that a screen shows, without drawing them."""
    w = found(setting.folder / "desk")
    fill(w, setting.size)
    about = f"{setting.size:,} records, p95 of all key strokes"
    goal = "below 50 ms, 16 ms wished"
    yield Figure(
        f"search everything, {about}", p95(lambda text: everything(w, text, limit=20)), "ms", goal
    )
    yield Figure(
        "search in the list of organisations, p95",
        p95(lambda text: listing(w, ListQuery("organisation", search=text))),
        "ms",
        goal,
    )
    yield Figure(
        "open a list: first page of organisations by name",
        lambda: seconds(lambda: listing(w, ListQuery("organisation", sort="name_fr"))) * 1000,
        "ms",
        goal,
    )
    w.close()
