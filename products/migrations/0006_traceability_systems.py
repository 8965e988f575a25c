"""Traceability systems become reference data like floors; both may be proposed.

What enrolments say in words becomes a system each: the one of the reference data that is called or
spelt so, else one of that name. All of them are confirmed and count, whatever the reference data
say of them: every enrolment counted until now, and a migration changes no figure. Where the
reference data do not count one (a bar code alone), `load_reference` names it as edited here and
leaves it; an administrator decides. History rows, proposed changes and what imports remember of
former values are brought along, so that they can still be read and taken back.
"""

import re
from collections import Counter

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import ocop.db.fields
from ocop.db.append_only import append_only
from ocop.lib.identity import identity_key
from ocop.lib.text import folded, nfc, vietnamese_sort_key
from ocop.organisation.data_version import watched

REFERENCE = (
    (
        "vn-national",
        "Cổng thông tin truy xuất nguồn gốc sản phẩm, hàng hóa quốc gia",
        (
            *("Cổng thông tin truy xuất nguồn gốc quốc gia", "Cổng TXNG quốc gia"),
            *("truyxuat.gov.vn", "vntrace", "check.gov.vn"),
        ),
    ),
    (
        "tra-vinh",
        "Nền tảng dữ liệu điện tử hệ thống truy xuất nguồn gốc cho sản phẩm chủ lực tỉnh Trà Vinh",
        ("hệ thống TXNG tỉnh Trà Vinh", "Hệ thống truy xuất của tỉnh", "tem truy xuất tỉnh"),
    ),
    ("gs1-vn", "Mã số mã vạch GS1 Việt Nam (893)", ("GS1", "mã vạch 893", "GTIN", "MSMV")),
    ("vnpt-check", "VNPT Check", ("VNPT-Check", "vnptcheck.vn")),
    ("icheck", "iCheck", ("icheck.vn", "icheck.com.vn")),
    ("itrace247", "iTrace247", ()),
    ("te-food", "TE-FOOD", ("te food", "tefood", "te-food.com")),
    (
        "traceverified",
        "TraceVerified / TraceFarm",
        ("TraceVerified", "trace verified", "TraceFarm", "traceverified.com"),
    ),
    ("vinacheck", "VinaCHG / VinaCheck", ("vinacheck", "vina check", "vinachg")),
    (
        "qr-own",
        "Mã QR của doanh nghiệp, không thuộc hệ thống nào",
        ("mã QR", "QR code", "tem QR"),
    ),
)
"""(code, name, spellings) of the reference data of this day, as far as people may have written
them: a migration does not follow the files."""

HISTORIES = ("products_historicaltraceabilityenrolment", "products_historicalamendment")
REBUILT = ("products_traceabilityenrolment", "products_ecommercefloor")
STATUSES = [
    ("proposed", "Awaiting confirmation"),
    ("confirmed", "Confirmed"),
    ("merged", "Taken for another"),
]
ACTIONS = [
    ("create", "Entered"),
    ("edit", "Changed"),
    ("submit", "Submitted"),
    ("verify", "Verified"),
    ("return", "Returned"),
    ("amend", "Change verified"),
    ("delete", "Draft discarded"),
    ("undo", "Import undone"),
    ("cancel", "Cancelled as entered by mistake"),
    ("restore", "Brought back"),
    ("merge", "Merged"),
    ("separate", "Separated again"),
]


# --- Data -----------------------------------------------------------------------------------------


def texts_to_systems(apps, schema_editor):
    enrolments = apps.get_model("products", "TraceabilityEnrolment").objects
    rows = apps.get_model("products", "HistoricalTraceabilityEnrolment").objects
    written = Counter(enrolments.values_list("system", flat=True))
    texts = set(written) | set(rows.order_by().values_list("system", flat=True).distinct())
    for values in _said(apps):
        texts.add(values.get("system"))
    texts -= {None, ""}
    place_of = _places(texts, enrolments)
    systems = _made(apps, texts, place_of, written)
    for text in sorted(texts):
        system = systems[place_of[text]]
        enrolments.filter(system=text).update(system_ref=system)
        rows.filter(system=text).update(system_ref=system)

    def to_id(values):
        if (text := values.get("system")) not in (None, ""):
            values["system"] = systems[place_of[text]].pk

    _rewrite(apps, to_id, lambda before: _before_with_id(before, systems, place_of))
    _check_now(schema_editor)


def _places(texts, enrolments):
    """{text: code or key of its system}: one of the reference data, else the name's identity.

    Two spellings of one system that a product has with one day stay two: nothing is dropped.
    """
    known = {}
    for code, name, spellings in REFERENCE:
        known |= {identity_key(one): code for one in (name, *spellings)}
    place_of = {text: known.get(identity_key(text), f"={identity_key(text)}") for text in texts}
    seen, twice = set(), set()
    for product, text, day in enrolments.order_by("pk").values_list(
        "product_id", "system", "started_on"
    ):
        key = product, place_of[text], day
        if key in seen:
            twice.add(place_of[text])
        seen.add(key)
    named = {code: identity_key(name) for code, name, _spellings in REFERENCE}
    for text, place in place_of.items():
        if place in twice and identity_key(text) != named[place]:
            place_of[text] = f"={identity_key(text)}"
    return place_of


def _made(apps, texts, place_of, written):
    """{code or key: the system made for it}; named as the reference data or most rows name it."""
    model = apps.get_model("products", "TraceabilitySystem")
    history = apps.get_model("products", "HistoricalTraceabilitySystem")
    reference = {code: (name, list(spellings)) for code, name, spellings in REFERENCE}
    own_names = {place for place in place_of.values() if place.startswith("=")}
    systems = {}
    for place in sorted(set(place_of.values())):
        if place in reference:
            code, (name, spellings) = place, reference[place]
            spellings = [one for one in spellings if f"={identity_key(one)}" not in own_names]
        else:
            its = [text for text in texts if place_of[text] == place]
            name = nfc(max(its, key=lambda text: (written[text], text)))
            code, spellings = _code_of(name, {*reference, *(s.code for s in systems.values())}), []
        values = {"code": code, "name": name, "spellings": spellings, "counted": True}
        values |= {"status": "confirmed", **_keys(name)}
        systems[place] = model.objects.create(**values)
        history.objects.create(
            id=systems[place].pk,
            **values,
            created_at=systems[place].created_at,
            updated_at=systems[place].updated_at,
            action="create",
            history_type="+",
            history_date=django.utils.timezone.now(),
            history_change_reason="taken over from what enrolments said",
        )
    return systems


def _keys(name):
    return {
        "name_key": identity_key(name),
        "name_search": folded(name),
        "name_sort": vietnamese_sort_key(name),
    }


def _code_of(name, taken):
    base = re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")[:40].strip("-") or "system"
    code, number = base, 1
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    return code


def systems_to_texts(apps, schema_editor):
    """Each enrolment says the name of its system again."""
    enrolments = apps.get_model("products", "TraceabilityEnrolment").objects
    rows = apps.get_model("products", "HistoricalTraceabilityEnrolment").objects
    names = {}
    for system in apps.get_model("products", "TraceabilitySystem").objects.order_by("pk"):
        names[system.pk] = system.name
        values = {"system": system.name} | {
            f"system_{key.removeprefix('name_')}": value for key, value in _keys(system.name).items()
        }
        enrolments.filter(system_ref=system).update(**values)
        rows.filter(system_ref_id=system.pk).update(**values)

    def to_text(values):
        if values.get("system"):
            values["system"] = names.get(values["system"], "")

    _rewrite(apps, to_text, lambda before: _before_with_text(before, names))
    _check_now(schema_editor)


def _said(apps):
    """The values by field name that proposed changes and imports hold of enrolments."""
    for model in ("Amendment", "HistoricalAmendment"):
        found = apps.get_model("products", model).objects.filter(kind="traceability")
        for values in found.order_by().values_list("values", flat=True):
            yield values
    for change in _imported(apps):
        yield change.before


def _imported(apps):
    return apps.get_model("imports", "ImportedChange").objects.filter(
        model="products.traceabilityenrolment", before__isnull=False
    )


def _rewrite(apps, change_values, change_before):
    for model in ("Amendment", "HistoricalAmendment"):
        for one in apps.get_model("products", model).objects.filter(kind="traceability"):
            if "system" in one.values:
                change_values(one.values)
                type(one).objects.filter(pk=one.pk).update(values=one.values)
    for one in _imported(apps):
        change_before(one.before)
        one.save(update_fields=["before"])


def _before_with_id(before, systems, place_of):
    text = before.pop("system", None)
    for name in ("system_key", "system_search", "system_sort"):
        before.pop(name, None)
    if text:
        before["system_id"] = systems[place_of[text]].pk


def _before_with_text(before, names):
    name = names.get(before.pop("system_id", None))
    if name:
        before["system"] = name
        before |= {
            f"system_{key.removeprefix('name_')}": value for key, value in _keys(name).items()
        }


def _check_now(schema_editor):
    """PostgreSQL alters no table while a check of its rows is put off to the end."""
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


# --- Tables ---------------------------------------------------------------------------------------


def own_name():
    return [
        ("name", ocop.db.fields.NameField(max_length=200, verbose_name="name")),
        *(
            (
                f"name_{key}",
                ocop.db.fields.KeyField(
                    db_index=True, editable=False, max_length=600, source="name", **how
                ),
            )
            for key, how in (("key", {}), ("search", {"search": True}), ("sort", {"sort": True}))
        ),
    ]


def added():
    """What floors have from now on as systems do."""
    return [
        ("valid_from", models.DateField(blank=True, null=True, verbose_name="in operation from")),
        ("valid_to", models.DateField(blank=True, null=True, verbose_name="in operation until")),
        ("note", ocop.db.fields.NfcTextField(blank=True, default="", verbose_name="note")),
        (
            "status",
            models.CharField(
                choices=STATUSES, default="confirmed", max_length=10, verbose_name="status"
            ),
        ),
        ("version", models.PositiveIntegerField(default=1, editable=False)),
    ]


def described(unique):
    return [
        ("code", models.SlugField(unique=unique, verbose_name="code")),
        *own_name(),
        ("website", models.CharField(blank=True, max_length=200, verbose_name="website")),
        (
            "spellings",
            models.JSONField(blank=True, default=list, verbose_name="other spellings"),
        ),
        ("counted", models.BooleanField(default=True, verbose_name="counts for the target")),
        *added(),
        ("loaded_digest", models.CharField(blank=True, editable=False, max_length=64)),
    ]


def operator():
    return [
        ("operator", ocop.db.fields.NfcTextField(blank=True, default="", verbose_name="operator"))
    ]


def person():
    return models.ForeignKey(
        blank=True,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


def merged_into(model):
    return models.ForeignKey(
        blank=True,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="merged",
        to=f"products.{model}",
    )


def unbound(to, **how):
    return models.ForeignKey(
        blank=True,
        db_constraint=False,
        null=True,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=to,
        **how,
    )


def history(name, label, model, more=()):
    return migrations.CreateModel(
        name=name,
        fields=[
            (
                "id",
                models.BigIntegerField(
                    auto_created=True, blank=True, db_index=True, verbose_name="ID"
                ),
            ),
            ("action", models.CharField(choices=ACTIONS, default="edit", max_length=10)),
            ("details", models.JSONField(null=True)),
            *described(unique=False),
            ("created_at", models.DateTimeField(blank=True, editable=False)),
            ("updated_at", models.DateTimeField(blank=True, editable=False)),
            ("history_change_reason", models.TextField(null=True)),
            *more,
            ("history_id", models.AutoField(primary_key=True, serialize=False)),
            ("history_date", models.DateTimeField(db_index=True)),
            (
                "history_type",
                models.CharField(
                    choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                ),
            ),
            ("created_by", unbound(settings.AUTH_USER_MODEL, editable=False)),
            ("edited_by", unbound(settings.AUTH_USER_MODEL, editable=False)),
            ("merged_into", unbound(f"products.{model}", editable=False)),
            (
                "history_user",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": f"historical {label}",
            "verbose_name_plural": f"historical {label}s",
            "ordering": ("-history_date", "-history_id"),
            "get_latest_by": ("history_date", "history_id"),
        },
        bases=(simple_history.models.HistoricalChanges, models.Model),
    )


def constraints(model):
    """Those of a table of channels."""
    name = model.lower()
    merged = Q(status="merged")
    return [
        models.UniqueConstraint(
            fields=("name_key",),
            name=f"{name}_name_once",
            violation_error_message="One of this name is already known.",
        ),
        models.CheckConstraint(
            condition=Q(
                ("valid_from__isnull", True),
                ("valid_to__isnull", True),
                ("valid_to__gte", F("valid_from")),
                _connector="OR",
            ),
            name=f"{name}_ends_after_start",
            violation_error_message="It cannot end before it starts.",
        ),
        models.CheckConstraint(
            condition=Q(status="merged", merged_into__isnull=False)
            | (~merged & Q(merged_into__isnull=True)),
            name=f"{name}_merged_into_another",
        ),
    ]


class RemoveText(migrations.RemoveField):
    """Taken back, the column comes with an empty text, which the data's way back fills."""

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.model_name)
        model._meta.get_field(self.name).default = ""
        super().database_backwards(app_label, schema_editor, from_state, to_state)


def triggers_away():
    """Until the end of this migration, whichever way it runs: history rows get their system."""
    made = append_only(*HISTORIES)
    return migrations.RunPython(made.reverse_code, made.code)


class Migration(migrations.Migration):
    dependencies = [
        ("products", "0005_longer_links"),
        ("imports", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        watched("products", *REBUILT, again=True),
        triggers_away(),
        history("HistoricalEcommerceFloor", "e-commerce floor", "ecommercefloor"),
        migrations.CreateModel(
            name="TraceabilitySystem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                *described(unique=True),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("created_by", person()),
                ("edited_by", person()),
                ("merged_into", merged_into("traceabilitysystem")),
                *operator(),
            ],
            options={
                "verbose_name": "traceability system",
                "ordering": ["name_sort"],
                "abstract": False,
                "constraints": constraints("TraceabilitySystem"),
            },
        ),
        history(
            "HistoricalTraceabilitySystem", "traceability system", "traceabilitysystem", operator()
        ),
        *(
            migrations.AddField(model_name="ecommercefloor", name=name, field=field)
            for name, field in added()
        ),
        migrations.AddField(
            model_name="ecommercefloor",
            name="created_at",
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="ecommercefloor",
            name="updated_at",
            field=models.DateTimeField(auto_now=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(model_name="ecommercefloor", name="created_by", field=person()),
        migrations.AddField(model_name="ecommercefloor", name="edited_by", field=person()),
        migrations.AddField(
            model_name="ecommercefloor", name="merged_into", field=merged_into("ecommercefloor")
        ),
        migrations.AlterField(
            model_name="ecommercefloor",
            name="name",
            field=ocop.db.fields.NameField(max_length=200, verbose_name="name"),
        ),
        *(
            migrations.AddConstraint(model_name="ecommercefloor", constraint=one)
            for one in constraints("EcommerceFloor")
        ),
        # The enrolments' systems: beside their words first.
        migrations.RemoveConstraint(model_name="traceabilityenrolment", name="enrolment_once"),
        migrations.AddField(
            model_name="traceabilityenrolment",
            name="system_ref",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enrolments",
                to="products.traceabilitysystem",
                verbose_name="system",
            ),
        ),
        migrations.AddField(
            model_name="historicaltraceabilityenrolment",
            name="system_ref",
            field=unbound("products.traceabilitysystem", verbose_name="system"),
        ),
        migrations.RunPython(texts_to_systems, systems_to_texts),
        *(
            operation
            for model in ("traceabilityenrolment", "historicaltraceabilityenrolment")
            for operation in (
                *(
                    RemoveText(model_name=model, name=name)
                    for name in ("system", "system_key", "system_search", "system_sort")
                ),
                migrations.RenameField(model_name=model, old_name="system_ref", new_name="system"),
            )
        ),
        migrations.AlterField(
            model_name="traceabilityenrolment",
            name="system",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enrolments",
                to="products.traceabilitysystem",
                verbose_name="system",
            ),
        ),
        migrations.AddConstraint(
            model_name="traceabilityenrolment",
            constraint=models.UniqueConstraint(
                fields=("product", "system", "started_on"),
                name="enrolment_once",
                violation_error_message="This enrolment is already recorded.",
            ),
        ),
        append_only(
            "products_historicalecommercefloor", "products_historicaltraceabilitysystem"
        ),
        watched("products", "products_traceabilitysystem"),
        append_only(*HISTORIES),
        watched("products", *REBUILT, again=True),
    ]
