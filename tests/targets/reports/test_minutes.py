"""Minutes of a meeting in the form of Decree 30, from plain data."""

import io
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn

from targets.reports.writers.document import Letterhead, Minutes, MinutesAssignment, MinutesTopic
from targets.reports.writers.minutes import write_minutes

HEAD = Letterhead("CƠ QUAN TRÊN", "BAN THỬ", "QUỐC HIỆU", "Tiêu ngữ", "Số:      /BB-T", "X, ngày")
FULL = Minutes(
    title="Họp giao ban quý IV",
    day=date(2022, 12, 30),
    place="Hội trường thử",
    chair="Nguyễn Văn Thử",
    attendees=["Sở thử", "UBND huyện thử"],
    as_of=date(2022, 12, 31),
    topics=[
        MinutesTopic(
            "Nhãn hiệu <tập thể>", "2/10", "Chậm", "Còn thiếu 8.", "Giao\x0b Sở thử\nđôn đốc."
        ),
        MinutesTopic("Truy xuất nguồn gốc"),
    ],
    assignments=[
        MinutesAssignment("Rà soát", "Sở thử", date(2023, 1, 31), "Cao", "Mới giao"),
        MinutesAssignment("Báo cáo", "UBND huyện thử"),
    ],
    secretary="Trần Thị Thử",
)


def written(minutes: Minutes, language: str = "vi") -> Any:
    stream = io.BytesIO()
    with translation.override(language):
        write_minutes(minutes, HEAD, stream)
    return Document(io.BytesIO(stream.getvalue()))


def text_of(document: Any) -> str:
    return "\n".join(text.text or "" for text in document.element.body.iter(qn("w:t")))


def test_everything_given_stands_in_the_minutes() -> None:
    text = text_of(written(FULL))
    for part in (
        *("Họp giao ban quý IV", "30/12/2022", "31/12/2022", "Hội trường thử", "- Sở thử"),
        *("1. Nhãn hiệu <tập thể>", "2/10 – Chậm", "Còn thiếu 8.", "Giao Sở thử đôn đốc."),
        *("Rà soát", "31/01/2023", "Cao", "Mới giao", "Trần Thị Thử", "Nguyễn Văn Thử"),
    ):
        assert part in text, part


def test_what_is_not_known_yet_is_dotted_for_the_clerk() -> None:
    empty = Minutes("Họp", date(2022, 1, 1), "", "", [], date(2022, 1, 1), [MinutesTopic("A")])
    document = written(empty)
    dotted = [p for p in document.paragraphs if "……" in p.text]
    assert len(dotted) == 5
    assert len(document.tables) == 2


def test_the_day_stands_in_the_text_and_not_under_the_national_title() -> None:
    head = written(FULL).tables[0]
    assert "QUỐC HIỆU" in head.rows[0].cells[1].text
    assert (head.rows[1].cells[0].text, head.rows[1].cells[1].text) == ("Số:      /BB-T", "")


def test_assignments_repeat_their_head_on_every_page() -> None:
    table = written(FULL).tables[1]
    assert len(table.rows) == 3
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_minutes_come_in_the_language_that_is_active(language: str) -> None:
    document = written(FULL, language)
    assert document.core_properties.language == language
    assert len([p for p in document.paragraphs if p.style.name == "Heading 1"]) == 3
