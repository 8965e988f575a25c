"""What follows from a record by rule, said beside the form and on the record's page."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from products import legal_terms
from products.catalogue import rows
from products.choices import Authority, Rank, RecognitionKind
from products.kinds import RecordKind
from products.models import Recognition, ScoringScheme
from products.scoring import schemes, wording


def hints_for(kind: RecordKind, record: Any) -> list[tuple[str, str]]:
    """(label, sentence) of what is derived and never typed; [] where there is nothing yet."""
    if kind.slug == "recognition":
        return recognition_hints(record)
    if kind.slug == "rating" and record.scheme_id:
        return [(_("Scoring scheme"), record.scheme.document), *_note_of(record.scheme)]
    if kind.slug == "ip-right":
        return right_hints(record)
    return []


def recognition_hints(recognition: Recognition) -> list[tuple[str, str]]:
    """End of certificate, last day for the notice of renewal, kind, authority by law."""
    day, rank = recognition.decided_on, recognition.rank
    if not isinstance(day, date) or rank not in Rank.values:
        return []
    end = recognition.term_ends_on
    hints = [(_("Certificate until"), _as_read(end))]
    if isinstance(recognition.prolonged_until, date):
        hints.append((_("Prolonged until"), _as_read(recognition.prolonged_until)))
    else:
        window = schemes.renewal_terms().window(end)
        hints.append((_("Renewal"), wording.window_in_words(window)))
    hints.append((_("Kind"), str(kind_among(recognition).label)))
    scheme = schemes.scheme_at(day)
    if scheme is not None:
        lawful = Authority(schemes.authority_for(scheme, rank)).label
        hints.append((_("Decided by, under the law of that day"), f"{lawful} ({scheme.document})"))
        hints += _note_of(scheme)
    rating = recognition.rating
    if rating is not None and rating.stars and not schemes.agrees(rank, rating.stars):
        words = {"stars": rating.stars, "rank": recognition.get_rank_display()}
        hints.append((_("Differs"), _("rating %(stars)s stars, decision %(rank)s") % words))
    return hints


def _note_of(scheme: ScoringScheme) -> list[tuple[str, str]]:
    return [(_("Note on the law"), scheme.note)] if scheme.note else []


def kind_among(recognition: Recognition) -> RecognitionKind:
    """New, renewed, upgraded or downgraded, as the product's history makes it (also unsaved)."""
    others = Recognition.objects.counted(pending=True).filter(product_id=recognition.product_id)
    history = [one for one in others if one.pk != recognition.pk]
    subject = Recognition(
        pk=recognition.pk or 2**62, decided_on=recognition.decided_on, rank=recognition.rank
    )
    return rows.kinds_of([*history, subject])[subject.pk]


def right_hints(right: Any) -> list[tuple[str, str]]:
    """How long the protection lasts, and the reminder that is due."""
    end = legal_terms.protected_until(right.kind, right.filed_on, right.renewed_until)
    if end is None:
        return []
    return [(_("Protected until, if granted"), _as_read(end))]


def _as_read(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
