"""The book in which the made-up story is written down: producers, products, recognitions."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from products.certificates import certificate_end
from targets.demonstration.names import KINDS, OFTEN, STEMS, districts

SEED = 20
THREE, FOUR, POTENTIAL, FIVE = 30, 40, 45, 50

SCORES = {THREE: (500, 699), FOUR: (700, 899), POTENTIAL: (900, 960), FIVE: (920, 980)}
"""Least and highest score of a rank, in tenths of a point."""


@dataclass(eq=False)
class DemoProducer:
    name: str
    kind: str
    district: str
    commune: str
    products: list["DemoProduct"] = field(default_factory=list)


@dataclass(eq=False)
class Recognised:
    """`batch` tells apart the decisions of one day: "province", "ministry", a district's code."""

    decided_on: date
    rank: int
    score: Decimal
    note: str
    batch: str
    revoked_on: date | None = None
    reason: str = ""

    def valid_at(self, day: date) -> bool:
        revoked = self.revoked_on is not None and self.revoked_on <= day
        return self.decided_on <= day <= certificate_end(self.decided_on) and not revoked


@dataclass(eq=False)
class DemoProduct:
    name: str
    producer: DemoProducer
    set_number: int
    cohort: str
    history: list[Recognised] = field(default_factory=list)

    def rank_at(self, day: date) -> int | None:
        valid = [entry for entry in self.history if entry.valid_at(day)]
        return max(valid, key=lambda entry: (entry.decided_on, entry.rank)).rank if valid else None


class Register:
    """Writes the story in the order it is told; chance comes from one seeded source."""

    def __init__(self) -> None:
        self.chance = Random(SEED)
        self.producers: dict[str, list[DemoProducer]] = {code: [] for code in districts()}
        self.products: list[DemoProduct] = []
        self._numbers: Counter[str] = Counter()

    def add_producers(self, district: str, letters: str) -> list[DemoProducer]:
        """New producers of the kinds that `letters` of names.KINDS stand for."""
        added = []
        for letter in letters:
            self._numbers[letter] += 1
            name = KINDS[letter].name.format(self._numbers[letter])
            commune = self.chance.choice(districts()[district].communes)
            added.append(DemoProducer(name, letter, district, commune))
        self.producers[district] += added
        return added

    def add_product(
        self, producer: DemoProducer, cohort: str, set_number: int | None = None
    ) -> DemoProduct:
        number = len(self.products) + 1
        chosen = set_number or OFTEN[number % len(OFTEN)]
        product = DemoProduct(f"{STEMS[chosen]} minh họa {number:03}", producer, chosen, cohort)
        producer.products.append(product)
        self.products.append(product)
        return product

    def recognise(
        self, product: DemoProduct, day: date, rank: int, batch: str = "province", score: str = ""
    ) -> Recognised:
        low, high = SCORES[rank]
        points = Decimal(score) if score else Decimal(self.chance.randint(low, high)) / 10
        entry = Recognised(day, rank, points, _note(product, rank, day), batch)
        product.history.append(entry)
        return entry

    def cohort(self, name: str, district: str | None = None) -> list[DemoProduct]:
        """Products first recognised in the round `name`, in the order they were entered."""
        return [
            product
            for product in self.products
            if product.cohort == name and district in (None, product.producer.district)
        ]

    def spared(
        self, candidates: Iterable[DemoProduct], number: int, day: date, gone: set[DemoProduct]
    ) -> list[DemoProduct]:
        """`number` candidates whose producers keep another product after `day` without them.

        `gone` are products already left to lapse that day; those returned are added to it.
        """
        pool = list(candidates)
        self.chance.shuffle(pool)
        after = day + timedelta(days=1)
        chosen: list[DemoProduct] = []
        for product in pool:
            others = [other for other in product.producer.products if other is not product]
            if len(chosen) < number and any(
                other not in gone and (other in pool or other.rank_at(after)) for other in others
            ):
                gone.add(product)
                chosen.append(product)
        return chosen


def _note(product: DemoProduct, rank: int, day: date) -> str:
    before = product.history[-1].rank if product.history else None
    if before is None:
        return ""
    if rank > before:
        return "Nâng hạng"
    return "Tái công nhận" if rank == before else "Tái công nhận, hạ hạng"


def shared_out(
    owners: Mapping[str, list[DemoProducer]], counts: Mapping[str, int]
) -> list[tuple[str, DemoProducer]]:
    """(district, producer) for each product of a round: every owner one, then round again."""
    return [
        (district, owners[district][place % len(owners[district])])
        for district, number in counts.items()
        for place in range(number)
    ]
