"""Forty texts that a spreadsheet would take for a formula, and records full of them."""

from datetime import date

from ocop.organisation.models import Unit
from products.models import EcommerceFloor
from targets.models import Allocation, Target
from tests.support.factories import (
    make_enrolment,
    make_ip_right,
    make_producer,
    make_product,
    make_recognition,
    make_task,
)

STARTS = ["=", "+", "-", "@", "'=", "''=", "'@", "'-"]
BODIES = ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")', "SUM(A1:A9)", "2+5*cmd"]
PAYLOADS = [start + body for start in STARTS for body in BODIES]
DAY = date(2023, 5, 6)


def make_records() -> None:
    """One record of each dataset per payload, which stands in every text column of it."""
    units = list(Unit.objects.districts_of_plans())
    floors = list(EcommerceFloor.objects.all())
    target = Target.objects.filter(kind="count").first()
    for number, payload in enumerate(PAYLOADS):
        unit = units[number % len(units)]
        text = f"{payload} {number}"
        product = make_product(text, make_producer(text, unit), district=unit)
        make_recognition(product, DAY, decision_number=text, note=text)
        make_enrolment(product, DAY, system=text, code=text)
        floor = floors[number % len(floors)]
        product.listings.create(floor=floor, url=text, started_on=DAY, status="verified")
        task = make_task(DAY, name=text, lead=text)
        right = make_ip_right(
            name=text,
            owner=text,
            filing_number=text[:60],
            certificate_number=text,
            filed_on=DAY,
            science_task=task,
        )
        right.products.add(product)
        Allocation.objects.create(
            target=target,
            unit=unit,
            year=2022 + number % 4,
            value=number,
            document=text,
            status="verified",
        ) if number < 36 else None
