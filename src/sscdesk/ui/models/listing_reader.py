"""Reads pages of a list from the open desk, in a worker, the newest question only."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from sscdesk.application.views import ListPage, ListQuery
from sscdesk.model.refusal import DeskError
from sscdesk.ui.models.paging import PageRun, read_run
from sscdesk.ui.operations import Latest

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


class ListingReader:
    """The ``Reader`` of a list."""

    def __init__(self, workspace: "Workspace", latest: Latest) -> None:
        self._workspace = workspace
        self._latest = latest

    def __call__(
        self,
        query: ListQuery,
        first: int,
        count: int,
        then: Callable[[PageRun], None],
        failed: Callable[[DeskError], None],
    ) -> None:
        self._latest.ask(partial(read_pages, self._workspace, query, first, count), then, failed)


def read_pages(w: "Workspace", query: ListQuery, first: int, count: int) -> PageRun:
    """Read pages one after the other (in a worker)."""
    from sscdesk.application.records import listing

    def page(one: ListQuery) -> ListPage:
        return listing(w, one)

    return read_run(page, query, first, count)
