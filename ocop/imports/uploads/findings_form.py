"""The one form of an upload's page: answers, corrected cells and rows left out, sent together.

Whatever button is pressed, all that was chosen or typed goes with it; nothing typed is lost.
Fields: `d-N` the answer to question N (whose id stands in the list `asked`: an answer from an older
page is taken where the question is still the same), `d-N-KEY` what was typed for it;
`c-PART-PLACES` the text for some cells ("G17,G18", or "17:day" where the sheet has no such column);
`x-PART` rows to be left out; `do` the button, with what it is about after a colon.
"""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from ocop.imports.findings import NEW, TYPED, apart
from ocop.imports.models import Upload
from ocop.imports.pipeline import MAX_CORRECTION_LENGTH, Correction
from ocop.imports.uploads import problem_views, question_views, services

LEAVE = "leave"
"""Answer to a question: its rows are left out."""
MAX_DECISIONS = 1000
MAX_CORRECTIONS = 2000
MAX_NOT_USED = 1000
LEAVE_ERRORS, LEAVE_OUTSIDE, DRAFTS = "leave-errors", "leave-outside", "drafts"
REST_NEW, REST_SAME = "rest-new", "rest-same"
LEFT_OUT_BY = {LEAVE_ERRORS: {apart.BY_ERRORS}, LEAVE_OUTSIDE: {apart.BY_OUTSIDE}}
BACK, UNDO_CORRECTION, ASK_AGAIN = "back", "uncorrect", "again"


def apply_findings_form(upload: Upload, posted: QueryDict, who: str) -> None:
    """Take over all that was posted; `who` is kept with each corrected cell."""
    findings = upload.findings or {}
    form = _Form(findings.get("parts", []), posted, posted.get("preview") == str(upload.preview))
    services.change_choices(upload, lambda stored: form.changed(stored, who))


class _Form:
    """What was posted, held against the findings it was posted about."""

    def __init__(self, parts: list[dict[str, Any]], posted: QueryDict, is_latest: bool) -> None:
        self.parts, self.posted = parts, posted
        self.do, _colon, self.about = posted.get("do", "").partition(":")
        self.fields = self._fields(is_latest)

    def _fields(self, is_latest: bool) -> list[tuple[question_views.QuestionView, str]]:
        """The questions with the number they were posted under; of an older page by their id."""
        asked = question_views.question_views(self.parts)
        if is_latest:
            return [(one, str(one.number)) for one in asked]
        try:
            ids = json.loads(self.posted.get("asked", "[]"))
        except ValueError:
            return []
        numbers = {str(one): str(n) for n, one in enumerate(ids if isinstance(ids, list) else [])}
        return [(one, numbers[one.id]) for one in asked if one.id in numbers]

    def changed(self, stored: dict[str, Any], who: str) -> dict[str, Any]:
        """The entries of an upload's choices that become others."""
        decided, typed, leaving = self._answers(stored)
        corrections = self._corrections(stored, who)
        chosen = self._chosen(stored, leaving, corrections)
        leave_out = set(stored.get("leave_out", []))
        drafts = bool(stored.get("drafts"))
        if self.do == BACK and not self.about:
            leave_out, drafts, chosen = set(), False, {}
        leave_out |= LEFT_OUT_BY.get(self.do, set())
        not_used = list(stored.get("not_used", []))
        if self.do == ASK_AGAIN and self.about.isdigit() and len(self.about) < 18:
            not_used.append(int(self.about))
        return {
            "decisions": [*stored.get("decisions", []), *decided][-MAX_DECISIONS:],
            "typed": typed,
            "corrections": corrections[-MAX_CORRECTIONS:],
            "chosen": chosen,
            "leave_out": sorted(leave_out),
            "drafts": drafts or self.do == DRAFTS,
            "not_used": not_used[-MAX_NOT_USED:],
        }

    # --- Answers ----------------------------------------------------------------------------------

    def _answers(
        self, stored: dict[str, Any]
    ) -> tuple[list[dict[str, Any]], dict[str, Any], list[question_views.QuestionView]]:
        """(decisions, what was typed and is not an answer yet by question, questions whose rows
        are left out)"""
        decided, leaving = [], []
        typed = dict(stored.get("typed", {}))
        for question, number in self.fields:
            answer = self.posted.get(f"d-{number}", "")
            texts = self._typed_texts(question, number)
            if any(texts.values()) and answer in ("", TYPED):
                answer = TYPED
            answer = answer or self._answer_of_the_rest(question)
            if answer == LEAVE and question.must:
                leaving.append(question)
            elif answer == TYPED and texts:
                choice = question.written(texts, question.needed)
                if choice is None:
                    typed[question.id] = texts
                    continue
                typed.pop(question.id, None)
                decided.append(question.decision(choice))
            elif (choice := question.choice(answer)) is not None:
                typed.pop(question.id, None)
                decided.append(question.decision(choice))
        return decided, typed, leaving

    def _answer_of_the_rest(self, question: question_views.QuestionView) -> str:
        """The answer of a button to all questions of a kind that have none of their own."""
        if self.about != question.kind:
            return ""
        if self.do == REST_NEW:
            return NEW
        return (question.only_suggestion or "") if self.do == REST_SAME else ""

    def _typed_texts(self, question: question_views.QuestionView, number: str) -> dict[str, str]:
        offered = question.to_type
        names = {key: f"d-{number}-{key}" for key in offered["typed"]} if offered else {}
        return {
            key: self.posted.get(name, "").strip()[:MAX_CORRECTION_LENGTH]
            for key, name in names.items()
        }

    # --- Cells ------------------------------------------------------------------------------------

    def _corrections(self, stored: dict[str, Any], who: str) -> list[dict[str, Any]]:
        kept = {(one["sheet"], _place(one)): one for one in stored.get("corrections", [])}
        if self.do == UNDO_CORRECTION:
            sheet, _bar, place = self.about.rpartition("!")
            kept.pop((sheet, place), None)
        now = timezone.now().isoformat()
        for name, texts in self.posted.lists():
            letter, _dash, rest = name.partition("-")
            number, _dash, places = rest.partition("-")
            if letter != "c" or not number.isdigit() or int(number[:4]) >= len(self.parts):
                continue
            part = self.parts[int(number[:4])]
            cells = problem_views.cells_to_correct(part)
            for place in places.split(","):
                shown = cells.get(place)
                # The cell may stand in several places of the page: what was changed there holds.
                trimmed = (str(text).strip()[:MAX_CORRECTION_LENGTH] for text in texts)
                if shown is None:
                    continue
                is_same = partial(problem_views.is_unchanged, shown=str(shown["value"]))
                others = [text for text in trimmed if not is_same(text)]
                if not others:
                    continue
                written = others[0]
                before = kept.pop((part["sheet"], place), None)
                correction = _correction(part, shown, written, who, now, before)
                kept[part["sheet"], place] = correction.as_json()
        return list(kept.values())

    # --- Rows -------------------------------------------------------------------------------------

    def _chosen(
        self,
        stored: dict[str, Any],
        leaving: list[question_views.QuestionView],
        corrections: list[dict[str, Any]],
    ) -> dict[str, dict[str, Any]]:
        """Rows left out one by one: sheet → row → what was wrong with it. One that is corrected now
        comes back."""
        chosen = {sheet: dict(rows) for sheet, rows in stored.get("chosen", {}).items()}
        for number, part in enumerate(self.parts):
            ticked = {int(row) for row in self.posted.getlist(f"x-{number}") if _is_row(row)}
            asked = [one for one in leaving if one.sheet == part["sheet"]]
            ticked |= {row for one in asked for row in one.rows if one.dataset == part["dataset"]}
            reasons = _reasons(part)
            rows = chosen.setdefault(part["sheet"], {})
            rows.update({str(row): reasons[row] for row in ticked if row in reasons})
        before = {(one["sheet"], _place(one)): one["text"] for one in stored.get("corrections", [])}
        for one in corrections:
            if before.get((one["sheet"], _place(one))) != one["text"]:
                chosen.get(one["sheet"], {}).pop(str(one["row"]), None)
        if self.do == BACK:
            sheet, _bar, row = self.about.rpartition("!")
            chosen.get(sheet, {}).pop(row, None)
        return {sheet: rows for sheet, rows in chosen.items() if rows}


def _place(stored: Mapping[str, Any]) -> str:
    return Correction.from_json(dict(stored)).place


def _is_row(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 7


def _correction(
    part: dict[str, Any],
    shown: dict[str, Any],
    text: str,
    who: str,
    now: str,
    before: dict[str, Any] | None,
) -> Correction:
    """The correction of a cell; what stood in the file stays what it was, however often."""
    return Correction(
        sheet=part["sheet"],
        row=shown["row"],
        text=text,
        cell=shown["cell"] if shown["own"] else "",
        key=shown["key"],
        dataset=part["dataset"],
        column=shown["column"],
        was=before["was"] if before else shown["value"],
        who=who,
        at=now,
    )


def _reasons(part: dict[str, Any]) -> dict[int, list[dict[str, Any]]]:
    """Row → what is wrong with it or asked about it, as it is kept with a row left out."""
    reasons: dict[int, list[dict[str, Any]]] = {}
    for problem in [*part["outcome"]["errors"], *part["outcome"]["warnings"]]:
        if problem["row"] and problem["cell"]:
            reasons.setdefault(problem["row"], []).append(apart.reason_of(problem))
    return reasons
