"""A hundred random worlds, each on six days: `progress` prints what the oracle works out."""

from random import Random

import pytest

from tests.support.cases import every_case
from tests.support.held_against_the_oracle import all_differences, report
from tests.support.worlds import days_to_ask, random_world

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.database]


@every_case("seed", range(100))
def test_progress_equals_the_oracle_in_a_hundred_worlds(seed: int) -> None:
    world = random_world(seed)
    differing = all_differences(world, days_to_ask(Random(f"days {seed}").choice, world, 6))
    assert not differing, f"seed {seed}: {report(differing, 6)}"
