"""Documents that plans and targets rest on, those put out for opinions included; the opinions."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NfcTextField
from ocop.organisation.models import Agency
from targets.choices import DocumentKind, DocumentState


class DocumentQuerySet(models.QuerySet["Document"]):
    def named_in(self, text: str, day: Any = None) -> "Document | None":
        """The document whose number stands in `text`; of several the one of `day`, else None."""
        found = [one for one in self.exclude(number="") if one.number.casefold() in text.casefold()]
        if len(found) > 1:
            found = [one for one in found if one.dated == day]
        return found[0] if len(found) == 1 else None


class Document(models.Model):
    """A directive, programme, resolution or plan. A draft has neither number nor day yet.

    `carries_out` are the documents that it is there to carry out; `code` is that of the reference
    file, None for what was entered here.
    """

    code = models.SlugField(max_length=60, unique=True, null=True, blank=True, editable=False)
    number = models.CharField(_("number"), max_length=60, blank=True)
    dated = models.DateField(_("date"), null=True, blank=True)
    issuer = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("issuing agency"),
    )
    title = models.CharField(_("title"), max_length=500)
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind)
    state = models.CharField(
        _("state"), max_length=10, choices=DocumentState, default=DocumentState.ISSUED
    )
    carries_out: Any = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="carried_out_by",
        verbose_name=_("carries out"),
    )
    note = NfcTextField(_("note"), blank=True)
    version = models.PositiveIntegerField(default=1)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects: ClassVar[Any] = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        ordering = ["-dated", "number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "dated"],
                condition=~Q(number=""),
                name="document_number_once_a_day",
                violation_error_message=_("A document of that number and date is on record."),
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.ISSUED) | Q(dated__isnull=False),
                name="issued_document_has_its_date",
                violation_error_message=_("An issued document has its date."),
            ),
        ]

    def __str__(self) -> str:
        """Kind, number and day, "Nghị quyết 80/2019/NQ-HĐND (12/04/2019)"; a draft by its title."""
        if not self.number:
            return self.title
        day = f" ({self.dated:%d/%m/%Y})" if self.dated else ""
        return f"{self.get_kind_display()} {self.number}{day}"

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])


class Opinion(models.Model):
    """What somebody said of a draft: entered once, never changed."""

    append_only = True

    document = models.ForeignKey(Document, models.PROTECT, related_name="opinions")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, verbose_name=_("agency"), related_name="+"
    )
    who = models.CharField(_("person or unit"), max_length=200, blank=True)
    on = models.DateField(_("day"))
    text = NfcTextField(_("opinion"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("opinion")
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | ~Q(who=""),
                name="opinion_says_whose_it_is",
                violation_error_message=_("Say whose opinion it is: an agency or a name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whose}: {self.text[:60]}"

    @property
    def whose(self) -> str:
        """ "Trần Văn A, Sở Công Thương"."""
        return ", ".join(str(part) for part in (self.who, self.agency) if part)
