"""Whatever happens to files, clocks and desks, offices converge and nothing is lost."""

from pathlib import Path

import pytest

from tests.simulation.world import a_world


@pytest.mark.parametrize("seed", range(8))
def test_offices_converge_and_lose_nothing(seed: int, tmp_path: Path) -> None:
    with a_world(tmp_path / "world", seed, steps=60) as world:
        world.live()
        found = list(world.violations())

    assert not found, "\n".join([*found, "", f"seed {seed}:", *world.log])
