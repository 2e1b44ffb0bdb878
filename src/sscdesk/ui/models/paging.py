"""Reading a list page by page: what is asked, what comes back, and the columns it fills."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from sscdesk.application.views import ListPage, ListQuery, ListRow
from sscdesk.model.refusal import DeskError

PAGE = 100


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: a field's name, its words, how a row is written there."""

    name: str
    label: str
    text: Callable[[ListRow], str]
    trailing: bool = False
    """Numbers and amounts stand at the trailing side."""
    sortable: bool = True


@dataclass(frozen=True, slots=True)
class PageRun:
    """Some pages read one after the other, from page ``first`` on."""

    first: int
    pages: tuple[ListPage, ...]


class Reader(Protocol):
    """Reads pages in a worker and answers on the main thread; an older question is dropped."""

    def __call__(
        self,
        query: ListQuery,
        first: int,
        count: int,
        then: Callable[[PageRun], None],
        failed: Callable[[DeskError], None],
    ) -> None: ...


def read_run(
    listing: Callable[[ListQuery], ListPage], query: ListQuery, first: int, count: int
) -> PageRun:
    """Read ``count`` pages, the first as ``query`` says (in a worker); fewer at the end."""
    pages: list[ListPage] = []
    asked = replace(query, limit=PAGE)
    for _page in range(count):
        page = listing(asked)
        pages.append(page)
        if page.cursor is None:
            break
        asked = replace(asked, after=page.cursor, skip=0, counted=False)
    return PageRun(first, tuple(pages))
