"""The sentence of an effect, made when it is shown: only figures are stored, in no language."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from targets.figures import FigureRow, wording
from targets.indicators import INDICATORS
from targets.models import Target
from targets.progress import ProgressResult

FRACTIONS = ("threshold", "aim", "actual")
PLAIN = ("kind", "operator", "numerator", "denominator", "met", "gap")


def figures_of(plan: str, old: FigureRow, new: FigureRow) -> dict[str, Any]:
    """What the sentence is made of, as plain values; `plan` is the plan's code."""
    return {
        "plan": plan,
        "target": new.code,
        "period": new.period,
        "measure": new.measure,
        "before": _plain(old.result),
        "after": _plain(new.result),
    }


def _plain(result: ProgressResult) -> dict[str, Any]:
    exact = {name: getattr(result, name) for name in FRACTIONS}
    return {name: getattr(result, name) for name in PLAIN} | {
        name: None if value is None else str(value) for name, value in exact.items()
    }


def _result(stored: dict[str, Any]) -> ProgressResult:
    """The result with what a sentence says of it; nothing is known of its course."""
    exact: dict[str, Any] = {
        name: None if stored[name] is None else Fraction(stored[name]) for name in FRACTIONS
    }
    unknown: dict[str, Any] = dict.fromkeys(
        ("expected", "expected_basis", "needed", "percent_of_target", "counted_at"), None
    )
    plain: dict[str, Any] = {name: stored[name] for name in PLAIN}
    return ProgressResult(**plain, **exact, **unknown, state="", closed=False)


def sentence(figures: dict[str, Any], short_name: str) -> str:
    """ "Sản phẩm 3 sao 2022: từ 24 thành 25, đạt mức 25" in the active language."""
    old, new = _result(figures["before"]), _result(figures["after"])
    words = {
        "target": f"{short_name} {wording.period_label(figures['period'])}".strip(),
        "before": _shown(old),
        "after": _shown(new),
    }
    limit = {"limit": wording.limit_text(new)}
    text = _("%(target)s: from %(before)s to %(after)s") % words
    if (old.threshold, old.aim) != (new.threshold, new.aim):
        words |= {"before": wording.limit_text(old), "after": wording.limit_text(new)}
        words["figure"] = _shown(new)
        text = _("%(target)s: limit from %(before)s to %(after)s, reached %(figure)s") % words
    if new.met and not old.met:
        return text + ", " + _("reaching %(limit)s") % limit
    if old.met and not new.met:
        return text + ", " + _("no longer at %(limit)s") % limit
    missing = wording.missing_text(INDICATORS[figures["measure"]], new.gap)
    return f"{text}, {missing}" if missing else text


def _shown(result: ProgressResult) -> str:
    """The figure; of a share with the two numbers it is made of."""
    if result.denominator is None:
        return wording.actual_text(result)
    return wording.share_with_parts(result)


def with_sentences(effects: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Effects as they were kept, each with its `sentence`; one query for all of them.

    Those of former versions have it already, in the language of whoever imported.
    """
    listed = list(effects)
    stored = [one["figures"] for one in listed if "figures" in one]
    names: dict[tuple[str, str], str] = {}
    if stored:
        found = Target.objects.filter(
            plan__code__in={one["plan"] for one in stored},
            code__in={one["target"] for one in stored},
        )
        for target in found.select_related("plan"):
            names[target.plan.code, target.code] = wording.in_language(target, "short_name")
    return [_with_sentence(one, names) for one in listed]


def _with_sentence(effect: dict[str, Any], names: dict[tuple[str, str], str]) -> dict[str, Any]:
    if (figures := effect.get("figures")) is None:
        return effect
    name = names.get((figures["plan"], figures["target"]), figures["target"])
    return effect | {"sentence": sentence(figures, name)}
