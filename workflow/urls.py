"""The addresses of the pages."""

from django.urls import path

from workflow.views import (
    about,
    acts,
    documents,
    dossiers,
    inbox,
    jobs,
    lists,
    nominations,
    registers,
    trails,
)

urlpatterns = [
    path("", inbox.work, name="inbox"),
    path("about/", about.about, name="about"),
    path("acts/<slug:name>/", acts.act, name="act"),
    path("nominations/new/", nominations.draft, name="nomination_draft"),
    path("nominations/import/", lists.nominee_list, name="nominee_list"),
    path("nominations/import/template/", lists.list_template, name="list_template"),
    path("nominations/<uuid:pk>/", nominations.nomination, name="nomination"),
    path("nominations/<uuid:pk>/edit/", nominations.edit, name="nomination_edit"),
    path("dossiers/", dossiers.dossier_list, name="dossiers"),
    path("dossiers/<uuid:pk>/", dossiers.dossier, name="dossier"),
    path("dossiers/<uuid:pk>/meeting/", dossiers.unit_meeting, name="unit_meeting"),
    path("dossiers/<uuid:pk>/merge/", dossiers.merge, name="dossier_merge"),
    path("dossiers/<uuid:pk>/trail/", trails.trail, name="trail"),
    path("dossiers/<uuid:pk>/trail/verify/", trails.verify, name="trail_verify"),
    path("dossiers/<uuid:pk>/trail/export/", trails.export, name="trail_export"),
    path("documents/", jobs.jobs, name="jobs"),
    path("documents/<uuid:pk>/", documents.document, name="document"),
    path("documents/<uuid:pk>/status/", documents.status, name="document_status"),
    path("documents/<uuid:pk>/retry/", documents.retry, name="document_retry"),
    path("documents/<uuid:pk>/sign/", documents.sign, name="document_sign"),
    path("documents/<uuid:pk>/seal/", documents.seal, name="document_seal"),
    path(
        "documents/<uuid:pk>/files/<uuid:version>/<slug:what>/",
        documents.file,
        name="document_file",
    ),
    path(
        "documents/<uuid:pk>/preview/<uuid:version>/<slug:what>/",
        documents.preview,
        name="document_preview",
    ),
    path("trails/", trails.trail_list, name="trails"),
    path("registers/", registers.registers, name="registers"),
    path("registers/<uuid:body>/<str:series>/<int:year>/", registers.register, name="register"),
    path("registers/numbers/<uuid:pk>/void/", registers.void, name="register_void"),
]
