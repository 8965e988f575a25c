"""Workbooks handed in, looked at, imported, taken back; templates and exports."""

from django.urls import path

from ocop.imports.views import done, files, remembered, uploads

urlpatterns = [
    path("", uploads.import_list, name="import-list"),
    path("files/", uploads.upload_add, name="import-add"),
    path("files/<uuid:pk>/", uploads.upload_page, name="upload"),
    path("files/<uuid:pk>/choose/", uploads.upload_choose, name="upload-choose"),
    path("files/<uuid:pk>/import/", uploads.upload_apply, name="upload-apply"),
    path("files/<uuid:pk>/discard/", uploads.upload_discard, name="upload-discard"),
    path("files/<uuid:pk>/progress/", uploads.upload_progress, name="upload-progress"),
    path("files/<uuid:pk>/original/", files.upload_original, name="upload-original"),
    path("files/<uuid:pk>/marked/", files.upload_marked, name="upload-marked"),
    path("files/<uuid:pk>/left-out/", files.upload_left_out, name="upload-left-out"),
    path("<int:pk>/left-out/", files.batch_left_out, name="import-left-out"),
    path("remembered/", remembered.remembered_answers, name="remembered-answers"),
    path("remembered/forget/", remembered.forget_answers, name="forget-answers"),
    path("<int:pk>/", done.batch_page, name="import"),
    path("<int:pk>/file/", files.batch_original, name="import-file"),
    path("<int:pk>/undo/", done.batch_undo, name="import-undo"),
    path("templates/<slug:dataset>.xlsx", files.template, name="import-template"),
    path("exports/<slug:dataset>.<slug:form>", files.export, name="import-export"),
]
