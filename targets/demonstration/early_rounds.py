"""The story up to the end of 2022, round by round as it was published.

Districts by code: 842 TP Trà Vinh, 844 Càng Long, 845 Cầu Kè, 846 Tiểu Cần, 847 Châu Thành,
848 Cầu Ngang, 849 Trà Cú, 850 huyện Duyên Hải, 851 thị xã Duyên Hải.
"""

from datetime import date

from targets.demonstration.register import (
    FOUR,
    POTENTIAL,
    THREE,
    DemoProducer,
    DemoProduct,
    Register,
    shared_out,
)

FIRST_ROUND = date(2019, 12, 30)
SECOND_ROUND = date(2021, 3, 30)
THIRD_ROUND = date(2022, 1, 12)
REVOKED = date(2022, 6, 30)
UPGRADE = date(2022, 8, 17)
AUGUST = date(2022, 8, 22)
AUTUMN_UPGRADE = date(2022, 11, 15)
DECEMBER = date(2022, 12, 30)
YEAR_END = date(2022, 12, 31)

CountsByDistrict = dict[str, int]

PRODUCTS_2019: CountsByDistrict = {
    "842": 6, "847": 5, "844": 5, "845": 5, "851": 3, "846": 3, "849": 2, "850": 1,
}  # fmt: skip
PRODUCERS_2019 = {
    "842": "YYHHH", "847": "CHHH", "844": "CYHH", "845": "CYH",
    "851": "EH", "846": "YH", "849": "CH", "850": "H",
}  # fmt: skip
FOUR_2019 = {("842", 1), ("851", 0), ("846", 0), ("845", 4)}
"""(district, place) of the products of 2019 at 4 stars."""
REVOKED_2019 = ("845", 4)
LAPSED_2019 = {("842", 5), ("847", 4), ("844", 4)}
AGAIN_IN_AUGUST = {("842", 0): FOUR, ("847", 0): THREE, ("844", 1): THREE, ("845", 0): THREE}

PRODUCTS_2021: CountsByDistrict = {
    "842": 5, "847": 4, "844": 3, "845": 5, "851": 3, "846": 3, "849": 2, "850": 1,
}  # fmt: skip
PRODUCERS_2021 = {
    "842": "YH", "847": "CH", "844": "H", "845": "YH",
    "851": "H", "846": "C", "849": "H", "850": "H",
}  # fmt: skip
JOINING_2021 = {"842": 1, "844": 1, "845": 0, "851": 0, "846": 0}
"""Place of the producer of 2019 who has products again in 2021."""
FOUR_2021: CountsByDistrict = {"842": 2, "847": 2, "844": 1, "845": 3, "846": 1, "849": 1}
UPGRADED_JANUARY = [("845", 0), ("845", 1), ("847", 0)]
UPGRADED_AUGUST = ("842", 0)

PRODUCTS_JANUARY: CountsByDistrict = {
    "842": 4, "847": 4, "844": 3, "845": 4, "851": 3, "846": 3, "849": 2, "850": 1,
}  # fmt: skip
PRODUCERS_JANUARY = {
    "842": "YHH", "847": "CH", "844": "EH", "845": "CH",
    "851": "HH", "846": "YH", "849": "H", "850": "H",
}  # fmt: skip

PRODUCTS_AUGUST: CountsByDistrict = {
    "842": 2, "847": 5, "844": 3, "845": 5, "851": 4, "846": 3, "849": 1, "850": 1,
}  # fmt: skip
PRODUCERS_AUGUST = {
    "842": "H", "847": "YHH", "844": "CH", "845": "THH",
    "851": "YHH", "846": "EH", "849": "C", "850": "H",
}  # fmt: skip
JOINING_AUGUST = {"842": "H", "847": "H", "845": "Y", "851": "H", "846": "C"}
"""Kind of the earlier producer who joins; one who is not recognised again in that decision."""
FOUR_AUGUST: CountsByDistrict = {"847": 2, "845": 2, "844": 1, "851": 1}
UPGRADED_AUTUMN = ("845", 0)
UPGRADED_YEAR_END = [("847", 0), ("844", 0)]

PRODUCTS_DECEMBER: CountsByDistrict = {
    "842": 18, "847": 13, "844": 12, "848": 14, "845": 7, "851": 5, "846": 5, "849": 4, "850": 4,
}  # fmt: skip
PRODUCERS_DECEMBER = {
    "842": "CYYHHHHHHHH", "847": "CCYHHHHH", "844": "CYEHHHHH", "848": "CCYYTEHHHHHH",
    "845": "CYHH", "851": "YHH", "846": "CHH", "849": "CH", "850": "YH",
}  # fmt: skip
FOUR_DECEMBER = 25
OTHER_SETS_DECEMBER = (26, 20, 21, 21, 22, 21, 22, 21)
"""Of the 104 of December: 1 tourism, 1 herbal, 6 handicraft; the others food and drink."""


def add_early_rounds(register: Register) -> None:
    _first_round(register)
    _second_round(register)
    _third_round(register)
    register.recognise(_at(register, "2021", UPGRADED_AUGUST), UPGRADE, POTENTIAL, score="95")
    _august(register)
    upgraded = _at(register, "2022-08", UPGRADED_AUTUMN)
    register.recognise(upgraded, AUTUMN_UPGRADE, POTENTIAL)
    _december(register)
    _year_end(register)


def _at(register: Register, cohort: str, where: tuple[str, int]) -> DemoProduct:
    district, place = where
    return register.cohort(cohort, district)[place]


def _added(register: Register, letters: dict[str, str]) -> dict[str, list[DemoProducer]]:
    return {code: register.add_producers(code, kinds) for code, kinds in letters.items()}


def _first_round(register: Register) -> None:
    owners = _added(register, PRODUCERS_2019)
    for place, producer in _places(shared_out(owners, PRODUCTS_2019)):
        product = register.add_product(producer, "2019")
        register.recognise(product, FIRST_ROUND, FOUR if place in FOUR_2019 else THREE)


def _places(
    shares: list[tuple[str, DemoProducer]],
) -> list[tuple[tuple[str, int], DemoProducer]]:
    """Each product's district and place in it, with its producer."""
    placed, count = [], dict.fromkeys([district for district, _owner in shares], 0)
    for district, producer in shares:
        placed.append(((district, count[district]), producer))
        count[district] += 1
    return placed


def _second_round(register: Register) -> None:
    earlier = {code: list(found) for code, found in register.producers.items()}
    owners = _added(register, PRODUCERS_2021)
    company = owners["845"][0]
    for code, place in JOINING_2021.items():
        owners[code].append(earlier[code][place])
    for (district, place), producer in _places(shared_out(owners, PRODUCTS_2021)):
        rank = FOUR if place < FOUR_2021.get(district, 0) else THREE
        register.recognise(register.add_product(producer, "2021"), SECOND_ROUND, rank)
    potential = register.add_product(company, "2021-potential")
    register.recognise(potential, SECOND_ROUND, POTENTIAL, "province, potential 5 stars")


def _third_round(register: Register) -> None:
    owners = _added(register, PRODUCERS_JANUARY)
    for _district, producer in shared_out(owners, PRODUCTS_JANUARY):
        register.recognise(register.add_product(producer, "2022-01"), THIRD_ROUND, THREE)
    revoked = _at(register, "2019", REVOKED_2019)
    for product in [revoked, *(_at(register, "2021", where) for where in UPGRADED_JANUARY)]:
        register.recognise(product, THIRD_ROUND, POTENTIAL, "province, potential 5 stars")
    for entry in revoked.history:
        entry.revoked_on = REVOKED
        entry.reason = "Chủ thể minh họa ngừng sản xuất sản phẩm"


def _august(register: Register) -> None:
    again = {_at(register, "2019", where): rank for where, rank in AGAIN_IN_AUGUST.items()}
    busy = {product.producer for product in again}
    joining = {
        code: next(
            owner for owner in register.producers[code] if owner.kind == kind and owner not in busy
        )
        for code, kind in JOINING_AUGUST.items()
    }
    owners = _added(register, PRODUCERS_AUGUST)
    for code, producer in joining.items():
        owners[code].append(producer)
    for (district, place), producer in _places(shared_out(owners, PRODUCTS_AUGUST)):
        rank = FOUR if place < FOUR_AUGUST.get(district, 0) else THREE
        register.recognise(register.add_product(producer, "2022-08"), AUGUST, rank)
    for product, rank in again.items():
        register.recognise(product, AUGUST, rank)


def _december(register: Register) -> None:
    _renew_of_2019(register)
    earlier = {code: list(found) for code, found in register.producers.items()}
    owners = _added(register, PRODUCERS_DECEMBER)
    for code, producers in owners.items():
        producers += earlier[code]
    shares = shared_out(owners, PRODUCTS_DECEMBER)
    order = register.chance.sample(range(len(shares)), len(shares))
    four = set(order[:FOUR_DECEMBER])
    others = dict(zip(order[FOUR_DECEMBER:], OTHER_SETS_DECEMBER, strict=False))
    for place, (_district, producer) in enumerate(shares):
        product = register.add_product(producer, "2022-12", others.get(place))
        register.recognise(product, DECEMBER, FOUR if place in four else THREE)


def _renew_of_2019(register: Register) -> None:
    """22 of 2019 at their rank; the others lapse, were revoked or recognised again in August."""
    for district in PRODUCTS_2019:
        for place, product in enumerate(register.cohort("2019", district)):
            where = (district, place)
            if where not in {REVOKED_2019, *LAPSED_2019, *AGAIN_IN_AUGUST}:
                register.recognise(product, DECEMBER, product.history[-1].rank)


def _year_end(register: Register) -> None:
    company = next(owner for owner in register.producers["842"] if owner.kind == "Y")
    upgraded = [_at(register, "2022-08", where) for where in UPGRADED_YEAR_END]
    for product in [*upgraded, register.add_product(company, "2022-potential")]:
        register.recognise(product, YEAR_END, POTENTIAL)
