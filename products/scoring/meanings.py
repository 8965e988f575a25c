"""What points mean, as a workbook of the office's own copy: one row for each number of points.

A resource of django-import-export, used by the administration's import and export. Columns: Văn
bản (code of the scheme, the newest one where it is empty), Bộ, Tiêu chí, Mục, Điểm, Nội dung. A row
without Nội dung takes away what is on file.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import Widget

from products.models import Criterion, LevelMeaning, ScoringScheme

SCHEME, SET, CRITERION, LEAF, POINTS, TEXT = COLUMNS = (
    *("Văn bản", "Bộ", "Tiêu chí", "Mục", "Điểm"),
    "Nội dung",
)
NEEDED = (SET, CRITERION, LEAF, POINTS, TEXT)
Place = tuple[str, int, int, int]
"""Code of the scheme, number of the set, of the criterion and of the leaf in it."""


class _CriterionWidget(Widget):
    """Finds the criterion by what the row says; the resource holds all of them while it imports."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[Place, Criterion] = {}
        self.newest = ""

    def read(self) -> None:
        found = Criterion.objects.select_related("sheet__scheme", "sheet__product_set")
        self.known = {_place(one): one for one in found}
        with_sheets = ScoringScheme.objects.filter(sheets__isnull=False).order_by("valid_from")
        newest = with_sheets.last()
        self.newest = newest.code if newest else ""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Criterion:
        """ValueError where there is no such criterion."""
        scheme = str(row.get(SCHEME) or "").strip() or self.newest
        leaf = str(value or "").strip().rsplit(".", 1)[-1]
        try:
            place = (scheme, _number(row[SET]), _number(row[CRITERION]), _number(leaf))
            return self.known[place]
        except (KeyError, ValueError):
            words = _("There is no criterion %(criterion)s.%(leaf)s in set %(set)s of %(scheme)s.")
            given = {"criterion": row.get(CRITERION), "leaf": leaf, "set": row.get(SET)}
            raise ValueError(words % (given | {"scheme": scheme})) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value.leaf) if value else ""


class _PointsWidget(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int:
        try:
            return _number(value)
        except ValueError:
            raise ValueError(_("“%(text)s” is no number of points.") % {"text": value}) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


def _place(criterion: Criterion) -> Place:
    sheet = criterion.sheet
    return sheet.scheme.code, sheet.product_set.number, criterion.number, criterion.leaf


def _number(value: Any) -> int:
    """A whole number, also as "Bộ 16", "16. …" or the 16.0 of a spreadsheet; ValueError."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    text = str(value if value is not None else "").strip().casefold().removeprefix("bộ").strip()
    return int(text.split(".", 1)[0])


class LevelMeaningResource(ModelResource):
    """Key: criterion and points. All rows are written or none."""

    scheme = Field("criterion__sheet__scheme__code", SCHEME, readonly=True)
    set_number = Field("criterion__sheet__product_set__number", SET, readonly=True)
    criterion_number = Field("criterion__number", CRITERION, readonly=True)
    criterion = Field("criterion", LEAF, widget=_CriterionWidget())
    points = Field("points", POINTS, widget=_PointsWidget())
    text = Field("text", TEXT)

    class Meta:
        model = LevelMeaning
        fields = ("scheme", "set_number", "criterion_number", "criterion", "points", "text")
        import_id_fields = ("criterion", "points")
        clean_model_instances = True
        use_transactions = True
        skip_unchanged = True
        report_skipped = True

    def import_data(self, dataset: Any, *args: Any, **kwargs: Any) -> Any:
        """As the library's; a row that is refused leaves all others unwritten too."""
        kwargs.setdefault("rollback_on_validation_errors", True)
        return super().import_data(dataset, *args, **kwargs)

    def get_queryset(self) -> Any:
        return LevelMeaning.objects.select_related(
            "criterion__sheet__scheme", "criterion__sheet__product_set"
        ).order_by(
            "criterion__sheet__scheme__valid_from",
            "criterion__sheet__product_set__number",
            "criterion__position",
        )

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """ValidationError where a column is missing or unknown, so that nothing is passed over."""
        headers = [str(header or "").strip() for header in dataset.headers or []]
        dataset.headers = headers
        if missing := [name for name in NEEDED if name not in headers]:
            words = _("These columns are missing: %(names)s.")
            raise ValidationError(words % {"names": ", ".join(missing)})
        if unknown := [name for name in headers if name not in COLUMNS]:
            words = _("Nothing is read from these columns: %(names)s. Take them out.")
            raise ValidationError(words % {"names": ", ".join(unknown)})
        self.fields["criterion"].widget.read()
        self.seen: set[tuple[int, Any]] = set()

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """ValidationError for what is not there, and for points that the file names twice: the
        later would win unseen."""
        try:
            criterion = self.fields["criterion"].clean(row)
            key = criterion.pk, self.fields["points"].clean(row)
        except ValueError as error:
            raise ValidationError(str(error)) from None
        if key in self.seen:
            raise ValidationError(_("The file says twice what these points mean."))
        self.seen.add(key)

    def for_delete(self, row: Any, instance: LevelMeaning) -> bool:
        return not str(row.get(TEXT) or "").strip()
