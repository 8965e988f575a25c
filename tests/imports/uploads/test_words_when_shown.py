"""What an import found and did is kept without words, and shown in the reader's language."""

import json

import pytest
from django.utils import translation

from ocop.imports.findings.messages import SENTENCES, in_cell, sentence
from ocop.imports.findings.report import CellReference, ProblemReport, with_text
from ocop.imports.models import ImportBatch
from targets.models import Target
from targets.verification import effect_wording
from tests.imports.workbooks import RECOGNITIONS, make_book, product_row
from tests.support.cases import every_case
from tests.support.query_counts import queries

pytestmark = pytest.mark.django_db
ROWS = [product_row(f"Sản phẩm {n}", f"Hộ {n}", rank="4 sao", score=65) for n in range(3)]


@pytest.fixture(autouse=True)
def _language_afterwards():
    """A page leaves its language behind in this process."""
    with translation.override("vi"):
        yield


@pytest.fixture
def done(import_session):
    """An import by somebody who reads Vietnamese, with remarks and an effect."""
    admin = import_session()
    upload = admin.hand_in(make_book([RECOGNITIONS, *ROWS]))
    admin.page(upload)
    admin.confirm(upload)
    return admin, ImportBatch.objects.get()


def page_in(admin, language: str, batch: ImportBatch):
    admin.client.cookies["django_language"] = language
    return admin.client.get(f"/imports/{batch.pk}/")


def test_an_english_reader_sees_english(done):
    admin, batch = done
    text = page_in(admin, "en", batch).text
    with translation.override("en"):
        shown = [one["text"] for one in map(with_text, batch.warnings)]
        effects = [one["sentence"] for one in effect_wording.with_sentences(batch.effect)]
    assert "is more than the score of 65 reaches" in shown[0]
    assert "from 0 to 3" in effects[0]
    assert shown[0] in text
    assert all(one in text for one in effects)
    vietnamese = page_in(admin, "vi", batch).text
    assert shown[0] not in vietnamese
    assert effects[0] not in vietnamese


def test_nothing_in_words_is_kept(done):
    _admin, batch = done
    assert all({"message", "text"}.isdisjoint(one) for one in batch.warnings)
    assert all("sentence" not in one for one in batch.effect)


def test_a_target_that_is_no_longer_there_is_called_by_its_code(done):
    _admin, batch = done
    stored = batch.effect[0]
    code = stored["figures"]["target"]
    assert Target.objects.filter(code=code).exists()
    gone = {**stored, "figures": {**stored["figures"], "plan": "another"}}
    assert effect_wording.with_sentences([gone])[0]["sentence"].startswith(code)


def test_the_sentences_of_many_effects_are_one_query(done):
    _admin, batch = done
    assert len(batch.effect) > 1
    assert queries(lambda: effect_wording.with_sentences(batch.effect)) == 1
    assert queries(lambda: effect_wording.with_sentences(batch.effect * 9)) == 1
    assert queries(lambda: effect_wording.with_sentences([])) == 0


def test_what_former_versions_kept_in_words_is_still_shown(done):
    admin, batch = done
    old = {"sheet": "A", "cell": "F2", "column": "Hạng sao", "value": "x", "code": "conflict"}
    batch.warnings = [old | {"message": "Ô F2: câu cũ"}]
    batch.effect = [
        {"unit": "Tỉnh", "sentence": "từ 1 thành 2", "newly_met": True, "no_longer_met": False}
    ]
    batch.save()
    text = page_in(admin, "en", batch).text
    assert "Ô F2: câu cũ" in text
    assert "từ 1 thành 2" in text


@every_case("code", SENTENCES)
def test_a_finding_that_was_kept_says_what_it_said(code):
    names = (
        "least",
        "most",
        "choices",
        "other",
        "owner",
        "product",
        "producer",
        "above",
        "now",
        "columns",
    )
    details = dict.fromkeys(names, "7") | {"near": "gần", "within": "đâu"}
    report = ProblemReport("A")
    report.warn(code, CellReference("Cột", "B2", "giá trị", 2, "key"), **details)
    shown = with_text(json.loads(json.dumps(report.warnings[0].stored())))
    assert shown["message"] == report.warnings[0].message
    assert shown["text"] == report.warnings[0].text


def test_a_cause_keeps_its_own_sentence():
    report = ProblemReport("A")
    details = {"because": "rank_above_score", "score": "65"}
    report.warn("conflict", CellReference("Hạng sao", "F2", "4 sao", 2), **details)
    shown = with_text(report.warnings[0].stored())
    assert shown["cause"] == "rank_above_score"
    assert shown["message"] == in_cell("F2", sentence("conflict", "Hạng sao", "4 sao", details))
