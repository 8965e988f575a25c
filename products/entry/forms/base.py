"""What all forms of entered records share: values in plain form, soft checks, reasons."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import sources_of
from ocop.organisation.scope import Scope
from products.choices import Status
from products.confirmed_periods import lookup
from products.entry.forms.fields import ErrorSummary, NumberField
from products.kinds import KINDS, RecordKind
from products.records import as_plain, set_content, similar

IN_THE_FUTURE = _("This day has not come yet.")
NEAR_NAME = _(
    "Is it “%(other)s”, which is on record? If it is the same, write it so; if it is another, say "
    "so below."
)


class RecordForm(ErrorSummary, forms.ModelForm):
    """A form over one kind of record. It checks and gives values; products.records.editing saves
    them.

    `scope` limits what can be chosen. `shown` is the plain content the form starts from (for a
    verified record with a proposed change laid over it). Soft checks (`warn`) ask for a reason
    the first time and let pass what comes with one.
    """

    slug: ClassVar[str] = ""
    fieldsets: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = ()
    help: ClassVar[dict[str, Any]] = {}
    happened: ClassVar[tuple[str, ...]] = ()
    """Fields with the day of what has happened: none of them is later than today."""

    warning_reason = forms.CharField(
        label=_("Why is it right all the same?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    change_reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The verified values count until this change is verified."),
    )

    def __init__(
        self,
        *args: Any,
        scope: Scope,
        day: date,
        shown: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.scope, self.day = scope, day
        self.warnings: dict[str, list[Any]] = {}
        self.remarks: list[Any] = []  # said once it is saved; they ask for nothing
        self.stored_status = self.instance.status if self.instance.pk else ""
        if shown is not None:
            self._start_from(shown)
        if not self.verified:
            del self.fields["change_reason"]
        else:
            self.fields["change_reason"].required = True
        for name, words in self.help.items():
            self.fields[name].help_text = words

    @property
    def kind(self) -> RecordKind:
        return KINDS[self.slug]

    @property
    def verified(self) -> bool:
        return self.stored_status == Status.VERIFIED

    def _start_from(self, shown: dict[str, Any]) -> None:
        set_content(self.instance, shown)
        for name in self.fields:
            if name in shown and name in {field.name for field in self._all_columns()}:
                self.initial[name] = self._initial(name, shown[name])
                if isinstance(self.fields[name], NumberField):
                    self.fields[name].stored = self.initial[name]  # type: ignore[attr-defined]

    def _all_columns(self) -> list[Any]:
        options = self.instance._meta
        return [*options.fields, *options.many_to_many]

    def _initial(self, name: str, plain: Any) -> Any:
        field: Any = self.instance._meta.get_field(name)
        if field.many_to_many:
            return plain
        return getattr(self.instance, field.attname)

    def started(self) -> None:
        """Called again when what was typed before is laid over the values it starts from."""

    # --- Checks -------------------------------------------------------------------------------

    def warn(self, field: str, message: Any) -> None:
        """Something unlikely: it passes with a reason."""
        self.warnings.setdefault(field, []).append(message)

    def soft_checks(self) -> None:
        """Call `warn` for what is unlikely. Runs only where there are no errors."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in self.happened:
            if cleaned.get(name) and cleaned[name] > self.day:
                self.add_error(name, IN_THE_FUTURE)
        return cleaned

    def warn_of_near_name(self, field: str, records: Any) -> None:
        """Ask about a name that may be one of `records`, written otherwise."""
        text = self.cleaned_data.get(field) or ""
        if other := similar.near_name_among(records, field, text):
            self.warn(field, NEAR_NAME % {"other": other})

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        self.derive()
        self._check_constraints()
        if self.errors:
            return
        self.soft_checks()
        if not self.verified:
            self._ask_about_confirmed()
        if self.warnings and not self.cleaned_data.get("warning_reason", "").strip():
            self.add_error(
                "warning_reason",
                ValidationError(
                    _("Something above looks unusual. Mend it, or say why it is right."),
                    code="unusual",
                ),
            )

    def _ask_about_confirmed(self) -> None:
        """What a district has confirmed changes with a reason; a verified record asks anyway."""
        if periods := lookup.touched_periods(self.kind, self.instance):
            field = (*self.kind.counting_dates, "producer")[0]
            self.warn(field, lookup.reason_needed_message(lookup.labels_text(periods)))

    def derive(self) -> None:
        """Set on the instance what follows from the fields given."""

    def _check_constraints(self) -> None:
        """Every constraint of the table, those over derived and fixed columns included."""
        for column in self.instance._meta.fields:
            sources = sources_of(column)
            if sources and getattr(self.instance, sources[0], None) not in (None, ""):
                column.pre_save(self.instance, add=False)
        wrong = {name for name in self.errors if name in self.fields}
        relations = {
            f.name for f in self.instance._meta.fields if f.is_relation and f.name in wrong
        }
        try:
            self.instance.validate_constraints(exclude=wrong | relations | self._empty_columns())
        except ValidationError as error:
            known = [m for m in error.messages if m not in self.non_field_errors()]
            for message in known:
                self.add_error(None, message)

    def _empty_columns(self) -> set[str]:
        """Columns that must be filled and are not: their own errors say so."""
        return {
            field.name
            for field in self.instance._meta.fields
            if not field.null
            and getattr(self.instance, field.attname, None) in (None, "")
            and not field.blank
        }

    # --- Result -------------------------------------------------------------------------------

    def plain_values(self) -> dict[str, Any]:
        """The values given and what follows from them, in the plain form of
        products.records.content."""
        values: dict[str, Any] = {}
        for name in self.kind.content:
            field: Any = self.instance._meta.get_field(name)
            if field.many_to_many:
                if name in self.cleaned_data:
                    values[name] = sorted(one.pk for one in self.cleaned_data[name])
            elif name in self.cleaned_data or name in self.derived:
                values[name] = as_plain(getattr(self.instance, field.attname))
        return values

    derived: ClassVar[tuple[str, ...]] = ()
    """Content fields that `derive` sets."""

    @property
    def related_values(self) -> dict[str, Any]:
        many = {field.name for field in self.instance._meta.many_to_many}
        return {name: value for name, value in self.plain_values().items() if name in many}

    @property
    def reason(self) -> str:
        """What goes into the history as the reason, as far as the person gave one."""
        given = (self.cleaned_data.get(name, "") for name in ("change_reason", "warning_reason"))
        return " · ".join(text.strip() for text in given if text and text.strip())

    # --- For the page -------------------------------------------------------------------------

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """(title, fields) in the order of the paper dossier."""
        shown = [
            (title, [self[name] for name in names if name in self.fields and self.shows(name)])
            for title, names in self.fieldsets
        ]
        return [(title, fields) for title, fields in shown if fields]

    def shows(self, name: str) -> bool:
        """Whether the page shows the field of that name; all are, but those asked only at times."""
        return True

    @property
    def shows_warning_reason(self) -> bool:
        return bool(self.warnings) or bool(self.data.get("warning_reason"))


def typed(field: forms.Field, plain: Any, model_field: models.Field) -> list[str]:
    """A plain value as the form field would be sent it: for taking over another's value."""
    if plain is None or plain == "":
        return []
    if isinstance(plain, list):
        return [str(one) for one in plain]
    if isinstance(plain, bool):
        return ["on"] if plain else []
    exact = model_field.to_python(plain) if not model_field.is_relation else plain
    return [str(field.prepare_value(exact))]
