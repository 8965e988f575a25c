"""Decisions on recognition as workbooks would bring them, and the revocations."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from targets.demonstration import early_rounds, later_rounds
from targets.demonstration.names import KINDS, districts, set_names
from targets.demonstration.register import (
    FIVE,
    FOUR,
    POTENTIAL,
    THREE,
    DemoProduct,
    Recognised,
    Register,
)

FIRST_NUMBER = 9001
RANK_TEXTS = {THREE: "3 sao", FOUR: "4 sao", POTENTIAL: "tiềm năng 5 sao", FIVE: "5 sao"}


@dataclass(frozen=True)
class DemoDecision:
    """One decision with its annex; `issuer` is the district's code, "province" or "ministry"."""

    number: str
    decided_on: date
    issuer: str
    rows: list[dict[str, Any]]


@cache
def build_register() -> Register:
    """The whole register, built once."""
    book = Register()
    early_rounds.add_early_rounds(book)
    later_rounds.add_later_rounds(book)
    return book


@cache
def _numbered() -> dict[tuple[date, str], str]:
    keys = {
        (entry.decided_on, entry.batch)
        for product in build_register().products
        for entry in product.history
    }
    ending = {True: "QĐ-BNN", False: "QĐ-UBND"}
    return {
        key: f"{number}/{ending[key[1] == 'ministry']}"
        for number, key in enumerate(sorted(keys), FIRST_NUMBER)
    }


def decisions() -> list[DemoDecision]:
    """Every decision in order of its day; rows by district, as annexes have them."""
    found: dict[tuple[date, str], list[tuple[DemoProduct, Recognised]]] = defaultdict(list)
    for product in build_register().products:
        for entry in product.history:
            found[entry.decided_on, entry.batch].append((product, entry))
    ordered = []
    for key, number in _numbered().items():
        entries = sorted(found[key], key=lambda pair: pair[0].producer.district)
        rows = [_row(product, entry, number) for product, entry in entries]
        ordered.append(DemoDecision(number, key[0], key[1].partition(",")[0], rows))
    return ordered


def _row(product: DemoProduct, entry: Recognised, number: str) -> dict[str, Any]:
    producer = product.producer
    return {
        "Tên sản phẩm": product.name,
        "Chủ thể": producer.name,
        "Loại hình": KINDS[producer.kind].text,
        "Xã": producer.commune,
        "Huyện": districts()[producer.district].name,
        "Bộ sản phẩm": set_names()[product.set_number],
        "Điểm": entry.score,
        "Hạng sao": RANK_TEXTS[entry.rank],
        "Số quyết định": number,
        "Ngày quyết định": entry.decided_on,
        "Ghi chú": entry.note,
    }


def revocations() -> list[dict[str, Any]]:
    """Which recognition (by product and day of decision) was revoked on which day, and why."""
    return [
        {
            "Tên sản phẩm": product.name,
            "Chủ thể": product.producer.name,
            "Ngày quyết định": entry.decided_on,
            "Ngày thu hồi": entry.revoked_on,
            "Lý do": entry.reason,
        }
        for product in build_register().products
        for entry in product.history
        if entry.revoked_on is not None
    ]
