"""Products in the made-up traceability system and on e-commerce floors."""

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, NamedTuple

from targets.demonstration.recognitions import build_register
from targets.demonstration.register import SEED, DemoProduct

SYSTEM = "Cổng truy xuất nguồn gốc minh họa"
FLOORS = ("Voso", "Postmart", "Shopee", "Sendo", "Lazada", "Tiki", "TikTok Shop")
UNCOUNTED = ("Facebook", "Zalo")
SECOND_FLOOR_EVERY = 4
UNCOUNTED_EVERY = 9


class Wave(NamedTuple):
    """`number` products of a cohort join between two days, all valid on the last of them."""

    cohort: str
    number: int
    first: date
    last: date


TRACED = (
    # 52 of the 104 products valid on 30 September 2022, then eight more by the year's end.
    Wave("2019", 15, date(2021, 5, 10), date(2022, 7, 10)),
    Wave("2021", 14, date(2021, 6, 1), date(2022, 7, 15)),
    Wave("2022-01", 13, date(2022, 2, 15), date(2022, 8, 15)),
    Wave("2022-08", 10, date(2022, 8, 25), date(2022, 9, 25)),
    Wave("2022-08", 8, date(2022, 10, 20), date(2022, 12, 10)),
    Wave("2022-12", 40, date(2023, 3, 1), date(2023, 12, 20)),
    Wave("2022-12", 30, date(2024, 1, 10), date(2024, 6, 30)),
    Wave("2023", 15, date(2024, 1, 10), date(2024, 6, 30)),
    Wave("2019", 8, date(2024, 3, 1), date(2024, 10, 30)),
    Wave("2022-12", 10, date(2024, 7, 5), date(2024, 12, 20)),
    Wave("2023", 20, date(2024, 7, 5), date(2024, 12, 20)),
    Wave("2024-03", 12, date(2024, 7, 5), date(2024, 12, 20)),
    Wave("2024", 20, date(2024, 11, 1), date(2025, 2, 28)),
    Wave("2024", 20, date(2025, 3, 1), date(2025, 6, 30)),
    Wave("2025", 9, date(2025, 6, 1), date(2025, 12, 10)),
)

SOLD = (
    Wave("2019", 8, date(2021, 4, 5), date(2022, 6, 20)),
    Wave("2021", 10, date(2021, 9, 1), date(2022, 8, 20)),
    Wave("2022-01", 8, date(2022, 3, 1), date(2022, 9, 20)),
    Wave("2022-08", 9, date(2022, 9, 1), date(2022, 12, 20)),
    Wave("2022-12", 45, date(2023, 2, 1), date(2023, 12, 20)),
    Wave("2022-12", 28, date(2024, 1, 10), date(2024, 12, 20)),
    Wave("2023", 45, date(2024, 1, 10), date(2024, 12, 20)),
    Wave("2024-03", 18, date(2024, 5, 2), date(2024, 12, 20)),
    Wave("2019", 14, date(2024, 3, 1), date(2024, 12, 20)),
    Wave("2021", 8, date(2024, 5, 2), date(2024, 12, 20)),
    Wave("2022-08", 9, date(2024, 5, 2), date(2024, 12, 20)),
    Wave("2024", 42, date(2024, 8, 1), date(2025, 1, 10)),
    Wave("2023", 12, date(2025, 1, 15), date(2025, 3, 20)),
    Wave("2024", 24, date(2025, 1, 15), date(2025, 4, 20)),
    Wave("2023", 18, date(2025, 5, 5), date(2025, 9, 20)),
    Wave("2024-03", 11, date(2025, 5, 5), date(2025, 9, 20)),
    Wave("2024", 30, date(2025, 5, 5), date(2025, 9, 20)),
    Wave("2025", 18, date(2025, 6, 10), date(2025, 12, 10)),
)


class Joined(NamedTuple):
    product: DemoProduct
    on: date


def _joined(waves: tuple[Wave, ...], chance: Random) -> list[Joined]:
    """Each wave's products with the day they joined; nobody joins twice."""
    inside: set[DemoProduct] = set()
    joined = []
    for wave in waves:
        free = [
            product
            for product in build_register().cohort(wave.cohort)
            if product not in inside and product.rank_at(wave.last) is not None
        ]
        for product in chance.sample(free, wave.number):
            begun = max(wave.first, product.history[0].decided_on + timedelta(days=3))
            day = begun + timedelta(days=chance.randint(0, (wave.last - begun).days))
            inside.add(product)
            joined.append(Joined(product, day))
    return sorted(joined, key=lambda item: (item.on, item.product.name))


@cache
def _traced() -> list[Joined]:
    return _joined(TRACED, Random(SEED + 1))


@cache
def _sold() -> list[Joined]:
    return _joined(SOLD, Random(SEED + 2))


def traceability() -> list[dict[str, Any]]:
    return [
        {
            "Tên sản phẩm": product.name,
            "Chủ thể": product.producer.name,
            "Hệ thống": SYSTEM,
            "Mã truy xuất": f"MH-{number:06}",
            "Ngày tham gia": on,
            "Ngày kết thúc": None,
        }
        for number, (product, on) in enumerate(_traced(), 1)
    ]


def listings() -> list[dict[str, Any]]:
    """One floor a product, a second for some (which a few left again), and places uncounted."""
    rows = []
    for number, (product, on) in enumerate(_sold()):
        rows.append(_listing(product, FLOORS[number % len(FLOORS)], on))
        if number % SECOND_FLOOR_EVERY == 0:
            ended = on + timedelta(days=200) if number % (3 * SECOND_FLOOR_EVERY) == 0 else None
            second = FLOORS[(number + 1) % len(FLOORS)]
            rows.append(_listing(product, second, on + timedelta(days=20), ended))
    sold = {item.product for item in _sold()}
    unsold = [product for product in build_register().products if product not in sold]
    for number, product in enumerate(unsold[::UNCOUNTED_EVERY]):
        on = product.history[0].decided_on + timedelta(days=30)
        rows.append(_listing(product, UNCOUNTED[number % len(UNCOUNTED)], on))
    return sorted(rows, key=lambda row: (row["Ngày lên sàn"], row["Tên sản phẩm"]))


def _listing(
    product: DemoProduct, floor: str, on: date, ended: date | None = None
) -> dict[str, Any]:
    address = product.name.rpartition(" ")[2]
    return {
        "Tên sản phẩm": product.name,
        "Chủ thể": product.producer.name,
        "Sàn": floor,
        "Đường dẫn": f"https://example.com/{floor.replace(' ', '-').lower()}/{address}",
        "Ngày lên sàn": on,
        "Ngày gỡ": ended,
    }
