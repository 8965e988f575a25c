"""What an officer's mistakes are told says nothing of other districts' records."""

import pytest

from tests.imports.workbooks import DECIDED, TRACEABILITY, as_user, imported
from tests.support.factories import district, make_producer, make_product

pytestmark = pytest.mark.django_db


def test_a_product_of_another_district_is_answered_like_none_at_all():
    producer = make_producer("HTX Ong Vàng", unit=district("845"))
    make_product("Mật ong", producer)
    rows = [
        ["Mật ong", "HTX Ong Vàng", "iCheck", DECIDED, None],
        ["Mật mía", "HTX Mía Xanh", "iCheck", DECIDED, None],
    ]
    outcome = imported("traceability", [TRACEABILITY, *rows], as_user("huyen844"))
    there, nowhere = outcome.errors
    assert (there.code, there.cell[0]) == ("unknown_product", nowhere.cell[0])
    assert there.code == nowhere.code
    assert str(district("845")) not in there.message
    shown_text = there.text.replace("Mật ong", "Mật mía").replace("HTX Ong Vàng", "HTX Mía Xanh")
    assert shown_text == nowhere.text
