"""What imports do to the targets is told, and tested, at the import pages."""

import pytest


@pytest.fixture(autouse=True)
def _untold(effects_untold: None) -> None:
    return
