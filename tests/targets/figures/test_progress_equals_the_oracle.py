"""`progress` prints what the oracle works out from the domain page, field by field."""

import random

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from tests.support import oracle
from tests.support.held_against_the_oracle import all_differences, report
from tests.support.worlds import days_to_ask, worlds

pytestmark = [pytest.mark.django_db, pytest.mark.database]
EXAMPLES = hypothesis.settings().max_examples // 6
"""A world costs a second: it is written, and asked for on three days, units and bases."""


@hypothesis.settings(
    max_examples=EXAMPLES,
    # Shrinking a world takes minutes; what differs is named by day, unit and field.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(world=worlds(), rng=st.randoms(use_true_random=False))
def test_progress_equals_the_oracle(world: oracle.World, rng: random.Random) -> None:
    differing = all_differences(world, days_to_ask(rng.choice, world, 3))
    assert not differing, report(differing)
