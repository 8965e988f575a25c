"""The story of 2023 to 2025: new rounds, renewals before certificates end, and what lapses.

From 24/2/2023 to 5/7/2025 districts decide on 3 stars (QĐ 148/QĐ-TTg), so a round is then one
decision a district on working days that follow each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from targets.demonstration.names import districts
from targets.demonstration.register import (
    FIVE,
    FOUR,
    POTENTIAL,
    THREE,
    DemoProducer,
    DemoProduct,
    Register,
)

BY_DISTRICT_UNTIL = date(2025, 7, 5)


@dataclass(frozen=True)
class RecognitionRound:
    """New products by district (in the order of their codes) and kinds of new producers.

    The first `four` of them reach 4 stars, by a decision of the province on `province_day`, and
    the next `potential` potential 5 stars.
    """

    cohort: str
    first_day: date
    products: tuple[int, ...]
    producers: str
    four: int = 0
    potential: int = 0
    province_day: date | None = None


ROUNDS = {
    "2023 summer": RecognitionRound(
        "2023", date(2023, 6, 12), (6, 5, 4, 3, 6, 5, 3, 2, 2), "C" * 4 + "YYT" + "H" * 19
    ),
    "2023 autumn": RecognitionRound(
        "2023",
        date(2023, 11, 14),
        (8, 6, 5, 4, 6, 6, 4, 2, 3),
        "C" * 4 + "YYE" + "H" * 23,
        four=4,
        potential=1,
        province_day=date(2023, 12, 5),
    ),
    "2024 spring": RecognitionRound(
        "2024-03", date(2024, 2, 26), (5, 5, 4, 3, 5, 5, 3, 1, 2), "CCCY" + "H" * 19
    ),
    "2024 summer": RecognitionRound(
        "2024", date(2024, 6, 10), (7, 6, 4, 4, 6, 6, 3, 2, 2), "CCY" + "H" * 17
    ),
    "2024 autumn": RecognitionRound(
        "2024", date(2024, 10, 7), (6, 5, 4, 3, 5, 5, 4, 2, 2), "CCY" + "H" * 15
    ),
    "2024 winter": RecognitionRound(
        "2024",
        date(2024, 12, 9),
        (5, 5, 4, 3, 5, 4, 3, 1, 2),
        "CYT" + "H" * 12,
        four=2,
        province_day=date(2024, 12, 20),
    ),
    "2025 spring": RecognitionRound(
        "2025", date(2025, 5, 12), (2, 2, 1, 1, 2, 2, 1, 1, 1), "CHHHH"
    ),
    "2025 autumn": RecognitionRound(
        "2025", date(2025, 11, 10), (2, 2, 2, 1, 2, 2, 1, 1, 1), "HHHHH"
    ),
}

OTHER_SETS = (21, 19, 24, 22, 18, 21, 23, 20)
EVERY_OTHER_SET = 14
"""One product in so many is not food or drink."""

TO_FIVE = date(2023, 7, 1)
SPRING_2024 = date(2024, 3, 20)
END_OF_2021 = date(2024, 3, 30)
JANUARY_2025 = date(2025, 1, 6)
END_OF_JANUARY_2022 = date(2025, 1, 12)
AUGUST_2025 = date(2025, 8, 12)
DECEMBER_2025 = date(2025, 12, 15)
RENEWED_AUGUST = 14
RENEWED_DECEMBER = 8


def add_later_rounds(register: Register) -> None:
    _round(register, "2023 summer")
    _ministry(register)
    _round(register, "2023 autumn")
    _round(register, "2024 spring")
    _renewals_of_2021(register)
    _round(register, "2024 summer")
    _round(register, "2024 autumn")
    _round(register, "2024 winter")
    _renewals_of_january_2022(register)
    _round(register, "2025 spring")
    _renewals_of_2025(register)
    _round(register, "2025 autumn")


def _round(register: Register, name: str) -> None:
    plan = ROUNDS[name]
    slots = [
        code for code, number in zip(districts(), plan.products, strict=True) for _ in range(number)
    ]
    fresh = register.chance.sample(range(len(slots)), len(plan.producers))
    kinds = dict(zip(fresh, plan.producers, strict=True))
    added: list[DemoProduct] = []
    for place, code in enumerate(slots):
        producer = _producer(register, code, kinds.get(place))
        added.append(register.add_product(producer, plan.cohort, _set(register)))
    best = register.chance.sample(added, plan.four + plan.potential)
    for product in added:
        _decide(register, plan, product, best)


def _producer(register: Register, district: str, kind: str | None) -> DemoProducer:
    if kind is not None:
        return register.add_producers(district, kind)[0]
    few = min(len(owner.products) for owner in register.producers[district]) + 1
    return register.chance.choice(
        [owner for owner in register.producers[district] if len(owner.products) <= few]
    )


def _set(register: Register) -> int | None:
    number, rest = divmod(len(register.products), EVERY_OTHER_SET)
    return OTHER_SETS[number % len(OTHER_SETS)] if rest == 0 else None


def _decide(
    register: Register, plan: RecognitionRound, product: DemoProduct, best: list[DemoProduct]
) -> None:
    if product in best:
        rank = FOUR if best.index(product) < plan.four else POTENTIAL
        register.recognise(product, plan.province_day or plan.first_day, rank)
        return
    code = product.producer.district
    if plan.first_day > BY_DISTRICT_UNTIL:
        register.recognise(product, plan.first_day, THREE)
        return
    day = _working_day(plan.first_day, list(districts()).index(code))
    register.recognise(product, day, THREE, code)


def _working_day(first: date, steps: int) -> date:
    """The working day `steps` after `first`, itself a working day."""
    day = first
    while steps:
        day += timedelta(days=1)
        steps -= day.weekday() < 5
    return day


def _ministry(register: Register) -> None:
    """The three oldest products waiting at potential 5 stars reach 5."""
    waiting = [product for product in register.products if product.rank_at(TO_FIVE) == POTENTIAL]
    waiting.sort(key=lambda product: product.history[-1].decided_on)
    for product in waiting[:3]:
        register.recognise(product, TO_FIVE, FIVE, "ministry")


# --- Renewals -------------------------------------------------------------------------------------


def _renew(register: Register, products: Iterable[DemoProduct], day: date, rank: int) -> None:
    """Recognise again at `rank`: the district at 3 stars where the law of the day says so."""
    for product in products:
        by_district = rank == THREE and day <= BY_DISTRICT_UNTIL
        batch = product.producer.district if by_district else "province"
        register.recognise(product, day, rank, batch)


def _ending(register: Register, cohorts: Iterable[str], day: date) -> dict[int, list[DemoProduct]]:
    """Products of the cohorts by rank that have nothing valid after `day` as things stand."""
    found: dict[int, list[DemoProduct]] = {rank: [] for rank in (THREE, FOUR, POTENTIAL, FIVE)}
    for cohort in cohorts:
        for product in register.cohort(cohort):
            rank = product.rank_at(day)
            if rank is not None and product.rank_at(day + timedelta(days=1)) is None:
                found[rank].append(product)
    return found


def _without(products: list[DemoProduct], gone: set[DemoProduct]) -> list[DemoProduct]:
    return [product for product in products if product not in gone]


def _renewals_of_2021(register: Register) -> None:
    """6 at 4 stars: 1 lapses, 1 falls to 3; 16 at 3 stars: 5 lapse, 2 rise to 4."""
    ending = _ending(register, ["2021"], END_OF_2021)
    gone: set[DemoProduct] = set()
    register.spared(ending[FOUR], 1, END_OF_2021, gone)
    register.spared(ending[THREE], 5, END_OF_2021, gone)
    four, three = _without(ending[FOUR], gone), _without(ending[THREE], gone)
    _renew(register, [*four[1:], *three[:2]], SPRING_2024, FOUR)
    _renew(register, [four[0], *three[2:]], SPRING_2024, THREE)


def _renewals_of_january_2022(register: Register) -> None:
    """24 at 3 stars: 6 lapse, 2 rise to 4; the potential 5 among those of 2021 is renewed."""
    waiting = _ending(register, ["2021"], END_OF_JANUARY_2022)[POTENTIAL]
    _renew(register, waiting, JANUARY_2025, POTENTIAL)
    ending = _ending(register, ["2022-01"], END_OF_JANUARY_2022)[THREE]
    gone: set[DemoProduct] = set()
    register.spared(ending, 6, END_OF_JANUARY_2022, gone)
    stays = _without(ending, gone)
    _renew(register, stays[:2], JANUARY_2025, FOUR)
    _renew(register, stays[2:], JANUARY_2025, THREE)


def _renewals_of_2025(register: Register) -> None:
    """Half of August 2022, one falling to 3 stars; few of December 2022, whose cliff stays."""
    waiting = _ending(register, ["2021"], date(2025, 8, 17))[POTENTIAL]
    _renew(register, waiting, AUGUST_2025, POTENTIAL)
    ending = _ending(register, ["2019", "2022-08"], date(2025, 8, 22))
    _renew(register, ending[FOUR][:1], AUGUST_2025, THREE)
    _renew(register, ending[FOUR][1:3], AUGUST_2025, FOUR)
    _renew(register, ending[THREE][: RENEWED_AUGUST - 3], AUGUST_2025, THREE)
    december = _ending(register, ["2022-12"], date(2025, 12, 30))
    _renew(register, december[FOUR][:2], DECEMBER_2025, FOUR)
    _renew(register, december[THREE][: RENEWED_DECEMBER - 2], DECEMBER_2025, THREE)
