"""Cards that come along with files: offered to the officer, never accepted by themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import synchronise as sync
from sscdesk.model.refusal import FileRefused, NotFound
from tests.desks import DeskMaker, a_mission, befriend, send


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


def test_a_card_introduced_by_a_file_waits_for_its_words(desks: DeskMaker, tmp_path: Path) -> None:
    ma, ml, sn = desks.office("MA"), desks.office("ML"), desks.office("SN")
    befriend(tmp_path, ma, ml)
    befriend(tmp_path, ma, sn)
    a_mission(ma)
    send(tmp_path, ma, ml)

    (offered,) = sync.offered_cards(ml)
    with pytest.raises(FileRefused) as refused:
        sync.trust_offered(ml, "SN", "autres mots que ceux de la carte")
    trusted = sync.trust_offered(ml, "SN", sync.own_card(sn).fingerprint)

    assert (offered.office, offered.change) == ("SN", "new")
    assert refused.value.code == "fingerprint-differs"
    assert trusted.verified
    assert sync.offered_cards(ml) == ()


def test_no_card_is_accepted_that_nobody_offered(desks: DeskMaker) -> None:
    ma = desks.office("MA")

    with pytest.raises(NotFound) as refused:
        sync.trust_offered(ma, "SN", "huit mots")

    assert refused.value.code == "no-card-offered"
