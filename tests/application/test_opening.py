"""Opening a desk that already exists."""

from pathlib import Path

import pytest
from sqlalchemy import text

from sscdesk.application import search
from sscdesk.application.opening import open_workspace
from tests.desks import PASSPHRASE, DeskMaker, an_organisation


@pytest.mark.parametrize(
    "loss",
    [
        "DROP TABLE search_text",
        "UPDATE search_format SET number = 0",
        "DROP TABLE search_format",
    ],
)
def test_a_lost_search_index_is_built_again_when_the_desk_opens(tmp_path: Path, loss: str) -> None:
    desks = DeskMaker(tmp_path)
    w = desks.office("MA")
    kept = an_organisation(w, "Observatoire de Kayes")
    with w.exclusive() as connection:
        connection.execute(text(loss))
    assert search.everything(w, "kayes") == ()
    w.close()

    again = open_workspace(tmp_path / "MA", None, PASSPHRASE)
    found = search.everything(again, "kayes")
    again.close()

    assert [hit.id for hit in found] == [kept.id]
