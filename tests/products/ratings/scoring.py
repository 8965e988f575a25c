"""What the tests of rating pages share: ratings, and forms as a browser would send them."""

import re
from datetime import date
from typing import Any

from ocop.organisation.models import User
from products.kinds import KINDS
from products.models import ProductSet, Rating, ScoringScheme
from products.records import editing
from products.scoring.sheets import criteria_for
from tests.support.factories import district, make_product


def make_rating(number: int | None = 1, code: str = "844", **fields: Any) -> Rating:
    fields.setdefault("product", None)
    product = fields.pop("product") or make_product(
        district=district(code),
        product_set=ProductSet.objects.get(number=number) if number else None,
    )
    rating: Rating = Rating.objects.create(
        product=product,
        scheme=fields.pop("scheme", None) or ScoringScheme.objects.get(code="qd-148"),
        level=fields.pop("level", "district"),
        session_on=fields.pop("session_on", date(2024, 5, 6)),
        created_by=User.objects.get(username="huyen844"),
        **fields,
    )
    return rating


def address(rating: Rating, number: int = 1, more: str = "") -> str:
    return f"/ratings/{rating.pk}/sheets/{number}/{more}"


def sent(rating: Rating, member: str = "Lan", **more: str) -> dict[str, str]:
    version = editing.shown_version(KINDS["rating"], rating)
    return {"member": member, "version": str(version), "token": editing.new_token(), **more}


def full(rating: Rating, *, case: int = 1) -> dict[str, str]:
    return {
        f"points-{leaf.criterion}-{leaf.leaf}": str(leaf.max_points)
        for leaf in criteria_for(rating).leaves
        if leaf.alternative in (None, case)
    }


def text_of(response: Any) -> str:
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", bare)


def fresh(rating: Rating) -> Rating:
    return Rating.objects.get(pk=rating.pk)


def entered(rating: Rating, sheets: list[dict[str, Any]]) -> Rating:
    """The sheets as saved by the district's officer, with a history row."""
    user = User.objects.get(username="huyen844")
    kind, version = KINDS["rating"], editing.shown_version(KINDS["rating"], rating)
    values = {"sheets": sheets, "total": None, "stars": None}
    editing.change(kind, rating, values, user, "thử", version)
    return fresh(rating)


def lan(points: int) -> dict[str, Any]:
    return {"member": "Lan", "points": {"1.1": points, "1.2": 1}}


MINH = {"member": "Minh", "points": {"1.1": 5}}
