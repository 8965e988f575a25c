"""Reference tables as spreadsheets: read in the sandbox, checked and kept in the history as forms
are; written without formulas.

django-import-export's own pages, with readers and writers of the program.
"""

from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import tablib
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget

from ocop.lib.spreadsheets.reading import read_workbook
from ocop.lib.spreadsheets.writing import SheetToWrite, write_csv, write_workbook
from ocop.organisation.models import Agency, Unit


def read_table(data: bytes) -> tablib.Dataset:
    """The first sheet as a table: its first row is the header."""
    sheet = next(iter(read_workbook(data)), None)
    rows = sheet.rows if sheet else []
    if not rows:
        raise ValueError(_t("The file holds no rows."))
    header = rows[0][1]
    columns = sorted(header)
    table = tablib.Dataset(headers=[str(header[column]).strip() for column in columns])
    for _number, cells in rows[1:]:
        table.append([plain(cells.get(column, "")) for column in columns])
    return table


def plain(value: Any) -> Any:
    """A cell as it is typed: whole numbers without a point, days as YYYY-MM-DD."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else str(value)


def cells_of(table: tablib.Dataset) -> list[list[Any]]:
    return [["" if cell is None else cell for cell in row] for row in table]


class SafeXlsx(XLSX):
    """xlsx (and what else the sandbox reads) in, xlsx out."""

    def create_dataset(self, in_stream: Any) -> tablib.Dataset:
        return read_table(in_stream)

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        stream = BytesIO()
        sheet = SheetToWrite("OCOP", dataset.headers, cells_of(dataset))
        write_workbook(stream, [sheet])
        return stream.getvalue()


class SafeCsv(CSV):
    def get_read_mode(self) -> str:
        return "rb"

    def is_binary(self) -> bool:
        return True

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> tablib.Dataset:
        return read_table(in_stream)

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        stream = StringIO(newline="")
        write_csv(stream, dataset.headers, cells_of(dataset), guard_dates=False)
        return stream.getvalue().encode("utf-8-sig")


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Kept in the history of every row that changes."),
    )


class ReasonImportForm(ImportForm):
    change_reason = reason_field()
    field_order = ("resource", "import_file", "format", "change_reason")


class ReasonConfirmForm(ConfirmImportForm):
    change_reason = forms.CharField(max_length=500, widget=forms.HiddenInput)


class SpreadsheetPages:
    """Settings of ImportExportMixin: our formats, a reason, all rows or none."""

    formats = (SafeXlsx, SafeCsv)
    import_form_class = ReasonImportForm
    confirm_form_class = ReasonConfirmForm
    export_form_class = ExportForm
    import_error_display = ("message",)
    import_template_name = "admin/reference_import.html"
    export_template_name = "admin/reference_export.html"

    def get_import_formats(self) -> list[Any]:
        return list(self.formats)

    def get_export_formats(self) -> list[Any]:
        return list(self.formats)

    def get_confirm_form_initial(self, request: Any, import_form: Any) -> dict[str, Any]:
        initial = super().get_confirm_form_initial(request, import_form)  # type: ignore[misc]
        if import_form is not None:
            initial["change_reason"] = import_form.cleaned_data["change_reason"]
        return dict(initial)

    def get_import_resource_kwargs(self, request: Any, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form")
        reason = getattr(form, "cleaned_data", {}).get("change_reason", "") if form else ""
        return {"reason": reason}

    def add_data_read_fail_error_to_form(self, form: Any, error: Exception) -> None:
        form.add_error(
            "import_file",
            _t(
                "The file cannot be read as a table: hand in an xlsx or csv file whose first sheet "
                "has the headers in its first row, without formulas, passwords or macros."
            ),
        )

    def process_result(self, result: Any, request: Any) -> Any:
        """What could be written when it was looked at may be refused now: then nothing was."""
        if result.has_errors() or result.has_validation_errors():
            messages.error(
                request,
                _t("Nothing was written: the table was changed meanwhile. Look at the file again."),
            )
            return redirect(request.path.replace("process_import/", "import/"))
        return super().process_result(result, request)  # type: ignore[misc]

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {"rollback_on_validation_errors": True}


class ReferenceResource(ModelResource):
    """A row of a table is saved like a form: checked by `full_clean`, with its history row."""

    def __init__(self, reason: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason = reason

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        instance._change_reason = self.reason or None


class UnitWidget(ForeignKeyWidget):
    """A unit by its code, on the day from which the row holds."""

    def get_queryset(self, value: Any, row: Any, *args: Any, **kwargs: Any) -> Any:
        return Unit.objects.order_by("-valid_from")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if value in (None, ""):
            return None
        units = Unit.objects.filter(code=str(value)).order_by("-valid_from")
        try:
            day = date.fromisoformat(str((row or {}).get("valid_from", "")))
        except ValueError:
            day = None
        unit = (units.valid_at(day).first() if day else None) or units.first()
        if unit is None:
            raise ValidationError(
                _t("There is no unit with the code “%(code)s”.") % {"code": value}
            )
        return unit


class UnitResource(ReferenceResource):
    parent = Field("parent", "parent", widget=UnitWidget(Unit, "code"))

    class Meta:
        model = Unit
        import_id_fields = ("code", "valid_from")
        fields = ("code", "level", "name", "parent", "valid_from", "valid_to")


class AgencyResource(ReferenceResource):
    unit = Field("unit", "unit", widget=UnitWidget(Unit, "code"))

    class Meta:
        model = Agency
        import_id_fields = ("code",)
        fields = ("code", "name", "kind", "unit")
