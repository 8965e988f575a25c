"""Two records of one thing become one; the other goes into it, and can come out again."""

from datetime import date
from random import Random
from typing import Any

import pytest

from ocop.organisation.models import User
from products.choices import Rank, Status
from products.kinds import KINDS
from products.models import (
    Amendment,
    Evidence,
    FloorListing,
    IPRight,
    Producer,
    Product,
    Rating,
    Recognition,
    ScienceTask,
    TraceabilityEnrolment,
)
from products.records import amendments, merging, workflow
from products.records.proposals.cancellation import references_to
from products.scoring.schemes import scheme_at
from tests.products.takeback.people import second_provincial_officer
from tests.products.takeback.steps import (
    figures,
    hidden_fields,
    merge_page,
    propose_merge,
    take,
    verify_proposal,
)
from tests.support.factories import (
    district,
    make_enrolment,
    make_ip_right,
    make_listing,
    make_producer,
    make_product,
    make_recognition,
    make_task,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2022, 8, 22)
MODELS = (
    *(Producer, Product, Rating, Recognition, TraceabilityEnrolment, FloorListing),
    *(ScienceTask, IPRight),
)
UNCOMPARED = {"version", "updated_at", "verified_by", "edited_by"}


def all_rows() -> dict[str, Any]:
    """Everything that records say, links and files among it."""
    found: dict[str, Any] = {}
    for model in MODELS:
        names = [f.attname for f in model._meta.fields if f.name not in UNCOMPARED]
        found[model.__name__] = list(model.everything.order_by("pk").values(*names))
    links = IPRight.products.through.objects.order_by("ipright_id", "product_id")
    found["links"] = list(links.values_list("ipright_id", "product_id"))
    found["files"] = list(Evidence.objects.order_by("pk").values("pk", "kind", "record_id"))
    return found


def a_file(record: Any, digest: str = "1") -> Evidence:
    owner = User.objects.get(username="tinh")
    about = {"content_type": "image/png", "size": 1, "sha256": digest * 64, "added_by": owner}
    return Evidence.objects.create(kind="product", record_id=record.pk, name="a", **about)


def a_rating(product: Any, day: date = DAY, **fields: Any) -> Rating:
    given = {"scheme": scheme_at(day), "level": "province", "session_on": day}
    return Rating.objects.create(product=product, **{"status": "verified", **given, **fields})


def a_history(product: Any, seed: Random) -> None:
    """Some records about a product on few days, so that two products often share some."""
    days = [date(2022, 8, 22), date(2023, 3, 1), date(2024, 5, 5)]
    for day in seed.sample(days, 2):
        rating = a_rating(product, day, stars=seed.choice((3, 4)))
        rank = seed.choice((Rank.THREE, Rank.FOUR))
        make_recognition(product, day, rank, rating=seed.choice((None, rating)))
        make_listing(product, day, seed.choice(("voso", "shopee")), url=seed.choice(("", "x")))
        status = seed.choice((Status.VERIFIED, Status.SUBMITTED, Status.DRAFT))
        make_enrolment(product, day, status=status)
    right = make_ip_right(filed_on=days[0], granted_on=days[1], supported=True)
    right.products.add(product)
    a_file(product, str(seed.randint(1, 2)))


def test_merged_and_separated_again_every_row_and_figure_is_as_before(
    officer: Any, verifier: Any
) -> None:
    for number in range(6):
        seed = Random(number)
        producer = make_producer()
        one, two = (make_product(producer=producer) for _each in range(2))
        for product in (one, two):
            a_history(product, seed)
        rows, before = all_rows(), figures()
        propose_merge(officer, one, two, stays=seed.choice(("survivor", "other")))
        verify_proposal(verifier, one)
        one.refresh_from_db()
        assert one.status == Status.CANCELLED, number
        for model in (Recognition, TraceabilityEnrolment, FloorListing, Rating):
            assert not model.objects.filter(product=one).exists(), (number, model)
        assert set(one.ip_rights.all()) == set()
        assert two.ip_rights.count() == 2
        merged = figures()
        assert merged != before, number
        take(officer, verifier, one, "separate", reason="Hai sản phẩm khác nhau")
        assert one.status == Status.VERIFIED
        assert all_rows() == rows, number
        assert figures() == before, number


def test_the_chosen_values_stay_and_what_moved_says_so_in_its_history(
    officer: Any, verifier: Any
) -> None:
    producer = make_producer("HTX Quy")
    kept = make_product("Kẹo dừa", producer)
    wrong = make_product("Kẹo dừa sáp", producer)
    recognition = make_recognition(wrong, DAY)
    propose_merge(officer, wrong, kept, **{"value-name": "other"})
    page = verifier.get("/my-work/").content.decode()
    assert "Gộp Sản phẩm: Kẹo dừa sáp" in page
    amendment = Amendment.objects.get()
    shown = verifier.get(f"/verification/amendment/{amendment.pk}/").content.decode()
    for text in ("<del>Kẹo dừa</del>", "Kẹo dừa sáp", str(recognition), "Trùng"):
        assert text in shown, text
    verify_proposal(verifier, wrong)
    kept.refresh_from_db()
    recognition.refresh_from_db()
    assert (kept.name, recognition.product_id) == ("Kẹo dừa sáp", kept.pk)
    row = recognition.history.order_by("-history_id").first()
    assert (row.action, row.history_change_reason) == ("merge", "Trùng")
    gone = officer.get(f"/products/{wrong.pk}/").content.decode()
    assert f'href="/products/{kept.pk}/"' in gone
    assert "đã gộp" in gone


def test_equal_records_are_folded_and_of_unequal_ones_somebody_chooses(
    officer: Any, verifier: Any
) -> None:
    producer = make_producer()
    one, two = (make_product(producer=producer) for _each in range(2))
    ratings = [a_rating(product, stars=3) for product in (one, two)]
    mine, theirs = (
        make_recognition(p, DAY, rating=r) for p, r in zip((one, two), ratings, strict=True)
    )
    differing = make_listing(one, DAY, url="https://a.vn/1")
    other = make_listing(two, DAY, url="https://a.vn/2")
    draft = make_enrolment(two, DAY, status=Status.DRAFT)
    verified = make_enrolment(one, DAY)
    page = officer.get(merge_page(one, two)).content.decode()
    assert f'name="keep-listing-{differing.pk}"' in page
    assert "keep-recognition" not in page
    propose_merge(officer, one, two, stays="")
    assert not Amendment.objects.exists()
    propose_merge(officer, one, two, stays="other")
    verify_proposal(verifier, one)
    statuses = {
        record: type(record).everything.get(pk=record.pk).status
        for record in (mine, theirs, *ratings, differing, other, draft, verified)
    }
    gone = {record for record, status in statuses.items() if status == Status.CANCELLED}
    assert gone == {mine, ratings[0], other, draft}
    assert TraceabilityEnrolment.objects.get() == verified
    assert officer.get(f"/records/recognition/{mine.pk}/").content.decode().count("đã gộp")
    # What was folded comes back with its merge, not alone.
    assert officer.get(f"/records/recognition/{mine.pk}/restore/").status_code == 302
    assert officer.get(f"/records/recognition/{mine.pk}/separate/").status_code == 302


def test_producers_rights_and_tasks_are_merged_too_and_separated(
    verifier: Any, second_verifier: Any
) -> None:
    producers = [make_producer(name) for name in ("HTX Qui", "HTX Quy")]
    made = make_product(producer=producers[0])
    make_recognition(made, DAY)
    tasks = [make_task(DAY, name=name) for name in ("Nhiệm vụ A", "Nhiệm vụ  B")]
    rights = [
        make_ip_right(name="Nhãn", filing_number="4-2022-11111", science_task=tasks[0]),
        make_ip_right(name="Nhãn", owner_producer=producers[0]),
    ]
    rights[1].products.add(made)
    for one, two in (producers, tasks, rights):
        rows = all_rows()
        propose_merge(verifier, one, two)
        verify_proposal(second_verifier, one)
        one.refresh_from_db()
        assert one.status == Status.CANCELLED, one
        figures()
        if one is producers[0]:
            assert Product.objects.get().producer == producers[1]
            assert IPRight.objects.get(pk=rights[1].pk).owner_producer == producers[1]
        elif one is tasks[0]:
            assert IPRight.objects.get(pk=rights[0].pk).science_task == tasks[1]
        else:
            kept = IPRight.objects.get(pk=rights[1].pk)
            assert (kept.filing_number, kept.science_task) == ("4-2022-11111", tasks[0])
            assert kept.products.get() == made
        take(verifier, second_verifier, one, "separate")
        assert all_rows() == rows, one


def test_what_changed_since_stands_in_the_way_of_separating(officer: Any, verifier: Any) -> None:
    producer = make_producer()
    one, two = (make_product(producer=producer) for _each in range(2))
    listing = make_listing(one, DAY)
    propose_merge(officer, one, two)
    verify_proposal(verifier, one)
    take(officer, verifier, listing, "cancel")
    take_page = officer.get(f"/records/product/{one.pk}/separate/").content.decode()
    assert str(listing) in take_page
    assert 'name="reason"' not in take_page
    one.refresh_from_db()
    fields = {"reason": "x", "version": str(one.version * 100_000)}
    officer.post(f"/records/product/{one.pk}/separate/", fields)
    assert not Amendment.objects.unsettled().exists()


def test_bad_merges_are_refused_in_words(officer: Any, verifier: Any) -> None:
    producer = make_producer()
    one, two = (make_product(producer=producer) for _each in range(2))
    foreign = make_product(district=district("848"))
    draft = make_product(producer=producer, status=Status.DRAFT)
    assert officer.get(merge_page(one, foreign)).status_code == 404
    assert officer.get(merge_page(foreign, one)).status_code == 404
    assert officer.get(f"/records/product/{one.pk}/merge/?with=x").status_code == 404
    assert "chính nó" in officer.get(merge_page(one, one)).content.decode()
    recognition = make_recognition(one)
    assert officer.get(f"/records/recognition/{recognition.pk}/merge/").status_code == 404
    propose_merge(officer, one, draft)
    # Somebody changes the other one while the form is open.
    fields = {**hidden_fields(officer, merge_page(one, two)), "with": two.pk, "reason": "Trùng"}
    two.version += 1
    two.save()
    answer = officer.post(f"/records/product/{one.pk}/merge/", fields)
    assert answer.status_code == 200
    assert not Amendment.objects.exists()
    # Pressed twice: proposed once; the proposer does not verify it.
    for _press in range(2):
        propose_merge(verifier, one, two)
    verify_proposal(verifier, one)
    assert Amendment.objects.get().status == Status.SUBMITTED
    # What is changed while it waits is not merged over.
    two.version += 1
    two.save()
    other_verifier_refuses(one)


def other_verifier_refuses(one: Any) -> None:
    with pytest.raises(workflow.WorkflowError):
        workflow.advance(Amendment.objects.get(), "verify", second_provincial_officer())
    one.refresh_from_db()
    assert one.status == Status.VERIFIED


def test_producers_with_one_product_in_both_wait_for_the_products(officer: Any) -> None:
    one, two = (make_producer(name) for name in ("HTX Qui", "HTX Quy"))
    for producer in (one, two):
        make_product("Kẹo dừa", producer)
    page = officer.get(merge_page(one, two)).content.decode()
    assert "Kẹo dừa" in page
    assert 'name="reason"' not in page


def test_a_change_proposed_of_what_moves_moves_along(officer: Any, verifier: Any) -> None:
    producer = make_producer()
    one, two = (make_product(producer=producer) for _each in range(2))
    listing = make_listing(one, DAY)
    person = User.objects.get(username="huyen844")
    proposal = amendments.propose(KINDS["listing"], listing, {"url": "https://a.vn"}, person, "sửa")
    workflow.advance(proposal, "submit", person)
    propose_merge(officer, one, two)
    verify_proposal(verifier, one)
    workflow.advance(
        Amendment.objects.get(pk=proposal.pk), "verify", User.objects.get(username="tinh")
    )
    listing.refresh_from_db()
    assert (listing.product, listing.url) == (two, "https://a.vn")


def test_every_kind_that_refers_to_a_merged_one_has_its_rule() -> None:
    """A new kind about a product without a rule for what both have would break its uniqueness."""
    for slug in merging.MERGEABLE:
        for kind, field in references_to(KINDS[slug].model):
            unique = [
                rule
                for rule in kind.model._meta.constraints
                if field.name in getattr(rule, "fields", ())
            ]
            assert not unique or kind.slug in merging.SAME, (slug, kind.slug)
