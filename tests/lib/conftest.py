"""The tests of this folder read workbooks as the program does: in a process of its own."""

import pytest


@pytest.fixture(autouse=True)
def _read_in_a_child(in_sandbox: None) -> None:
    pass
