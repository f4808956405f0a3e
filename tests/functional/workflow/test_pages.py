"""The pages: who sees them, what they cost, what they promise in their headers."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from uuid import UUID, uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from reportlab.pdfgen.canvas import Canvas

from audit import registry
from audit.models import Event
from campaigns.models import AwardItem
from documents.inspection import Kind, inspect_upload
from documents.models import Document, DocumentVersion
from documents.services import UploadSpec, keep_upload
from organisations.models import Delegation
from tests import rounds
from workflow.models import Dossier, Nomination, WorkItem
from workflow.pages import wording
from workflow.papers.requests import link

Office = Callable[[str], Client]


def pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "Quyet dinh")
    canvas.save()
    return out.getvalue()


def uploaded(nomination: UUID) -> tuple[Document, DocumentVersion]:
    """Return a paper in the nomination's dossier that needs no LibreOffice."""
    content = pdf()
    file = inspect_upload("quyet-dinh.pdf", content, allowed=frozenset({Kind.PDF}))
    dossier = Nomination.objects.get(pk=nomination).dossier
    document = keep_upload(
        who=rounds.actor("cv.rachgia").who(None),
        at=timezone.now(),
        file=file,
        content=content,
        spec=UploadSpec(
            title="Quyết định: “A/B” số 1", stream=dossier.stream, subject=dossier.stream
        ),
    )
    link(document, [dossier])
    return document, document.versions.get()


def addresses(nomination: UUID) -> dict[str, str]:
    """Return an address for every page of the product, by name."""
    document, version = uploaded(nomination)
    row = Nomination.objects.get(pk=nomination)
    keys = {"nominations": nomination, "dossiers": row.dossier_id, "documents": document.pk}
    found = {}
    for name, route in product_routes():
        pk = keys.get(route.partition("/")[0], nomination)
        address = "/" + re.sub(r"<\w+:pk>", str(pk), route)
        address = re.sub(r"<\w+:version>", str(version.pk), address)
        address = address.replace("<slug:what>", "upload").replace("<slug:name>", "prepare")
        for kind, value in (("uuid", row.dossier.unit_id), ("int", 2026), (r"\w+", "x")):
            address = re.sub(rf"<{kind}:\w+>", str(value), address)
        found[name] = address + (f"?item={row.pk}:{row.version}" if name == "act" else "")
    return found


def product_routes() -> list[tuple[str, str]]:
    return list(_routes(get_resolver().url_patterns, ""))


def _routes(patterns: list[URLPattern | URLResolver], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += _routes(pattern.url_patterns, route)
        else:
            found.append((str(pattern.name), route))
    return found


OPEN_TO_ALL = {"about", "ballot_cast", "check", "account_login", "account_inactive", "set_language"}
POST_ONLY = {
    "ballot_cast", "ballot_papers", "document_remake", "document_retry", "dossier_export",
    "dossier_merge", "dossier_print", "judge", "paper_template_again", "paper_template_discard", "paper_template_mend",
    "archive_print", "paper_template_publish", "print_cancel", "trail_verify",
}  # fmt: skip


def test_every_address_asks_for_log_in_but_those_named(office: Office) -> None:
    (key,) = rounds.nominations_in("draft")
    visitor = Client()
    asking = set()
    for name, address in addresses(key).items():
        answer = visitor.get(address)
        if answer.status_code == 302 and "/accounts/login/" in answer["Location"]:
            asking.add(name)
    # A visitor who logs out is sent to the first page, which asks in turn.
    everything = {name for name, _route in product_routes()}
    assert everything - asking - {"account_logout"} == OPEN_TO_ALL


def test_every_address_carries_the_security_headers(office: Office) -> None:
    (key,) = rounds.nominations_in("draft")
    clerk = office("cv.rachgia")
    for name, address in addresses(key).items():
        if name == "account_logout":
            continue
        answer = clerk.get(address)
        policy = answer["Content-Security-Policy"]
        framed = name == "document_preview"
        assert "default-src 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert ("frame-ancestors 'self'" in policy) is framed, name
        assert answer["X-Frame-Options"] == ("SAMEORIGIN" if framed else "DENY"), name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert answer.status_code < 500, name


def test_no_get_changes_anything(office: Office) -> None:
    (key,) = rounds.nominations_in("draft")
    pages = addresses(key)
    clerk, auditor = office("cv.rachgia"), office("kiemtra")

    def everything() -> tuple[object, ...]:
        return (
            list(Nomination.objects.order_by("pk").values()),
            list(WorkItem.objects.order_by("pk").values()),
            list(DocumentVersion.objects.order_by("pk").values("pk", "status")),
            Event.objects.count(),
        )

    before = everything()
    for name, address in pages.items():
        if not name.startswith("account"):
            answers = {clerk.get(address).status_code, auditor.get(address).status_code}
            assert name not in POST_ONLY or answers <= {405}, name
    assert everything() == before


FOREIGN = {"nomination", "nomination_edit", "dossier", "unit_meeting", "act", "document",
           "document_sources", "document_status", "document_sign", "document_seal",
           "document_file", "document_preview", "document_number", "dossier_send"}  # fmt: skip


def test_foreign_pages_are_not_found_and_tell_nothing(office: Office) -> None:
    (key,) = rounds.nominations_in("draft")
    pages = addresses(key)
    own, foreign = office("cv.rachgia"), office("cv.hatien")
    for name in sorted(FOREIGN):
        assert own.get(pages[name]).status_code == 200, name
        answer = foreign.get(pages[name])
        assert answer.status_code == 404, name
        assert rounds.NAMES[0] not in answer.content.decode(), name
    theirs = ("dossier_export", "dossier_merge", "dossier_print", "document_remake")
    for name in (*theirs, "document_retry"):
        assert foreign.post(pages[name]).status_code in {403, 404}, name


def test_what_is_missing_and_what_is_foreign_read_the_same(office: Office) -> None:
    (key,) = rounds.nominations_in("draft")
    foreign = office("cv.hatien")
    missing = uuid4()
    theirs = foreign.get(f"/nominations/{key}/")
    nobodys = foreign.get(f"/nominations/{missing}/")
    assert theirs.status_code == nobodys.status_code == 404
    secret = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    one, other = (secret.sub("", answer.content.decode()) for answer in (theirs, nobodys))
    assert one.replace(str(key), "") == other.replace(str(missing), "")


TRAIL_PAGES = ("trails", "trail", "trail_export")


def test_trails_are_for_auditors_alone(office: Office) -> None:
    (key,) = rounds.nominations_in("draft")
    pages = addresses(key)
    for name in TRAIL_PAGES:
        assert office("kiemtra").get(pages[name]).status_code == 200, name
        assert office("cv.rachgia").get(pages[name]).status_code == 404, name


def test_auditor_verifies_searches_and_exports(office: Office) -> None:
    (key,) = rounds.nominations_in("proposed")
    auditor = office("kiemtra")
    dossier = Nomination.objects.get(pk=key).dossier
    text = auditor.post(f"/dossiers/{dossier.pk}/trail/verify/").content.decode()
    assert "Nguyên vẹn" in text
    assert "Bị hỏng" not in text
    export = json.loads(auditor.get(f"/dossiers/{dossier.pk}/trail/export/").content)
    actions = [event["action"] for event in export["streams"][0]["events"]]
    assert "nomination.proposed" in actions
    query = {"action": "nomination.proposed", "q": "bảo quốc", "since": "01/01/2022"}
    found = auditor.get("/trails/", {**query, "q": "Bảo Quốc"})
    assert {row.record.action for row in found.context["table"].rows} == {"nomination.proposed"}
    assert len(auditor.get("/trails/", {"until": "01/01/2022"}).context["table"].rows) == 0


def count_queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lists_cost_the_same_for_one_and_for_three(office: Office) -> None:
    first = rounds.nominations_in("proposed", rounds.NAMES[:1])
    dossier = Nomination.objects.get(pk=first[0]).dossier_id
    pages = {
        "thamdinh1": ["/", "/?state=proposed", "/dossiers/", "/documents/"],
        "cv.rachgia": [
            "/",
            "/dossiers/",
            f"/dossiers/{dossier}/",
            f"/dossiers/{dossier}/send/",
            f"/nominations/{first[0]}/",
        ],
        "kiemtra": ["/trails/", f"/dossiers/{dossier}/trail/"],
    }
    browsers = {name: office(name) for name in pages}
    before = {
        (name, address): count_queries(browsers[name], address)
        for name, some in pages.items()
        for address in some
    }
    rounds.nominations_in("proposed", rounds.NAMES[1:3])
    after = {key: count_queries(browsers[key[0]], key[1]) for key in before}
    assert after == before
    assert max(after.values()) <= 56  # the nomination page


def test_inbox_shows_what_waits_and_narrows_down(office: Office) -> None:
    first, second = rounds.nominations_in("proposed", rounds.NAMES[:2])
    client = office("thamdinh1")

    def names(**query: str) -> set[UUID]:
        table = client.get("/", query).context["table"]
        return {row.record.nomination_id for row in table.rows}

    assert names() == {first, second}
    assert names(q="Trần Văn Đường") == {second}
    assert names(q="Tra\u0302\u0300n Va\u0306n") == {second}
    assert names(unit="thành phố Rạch Giá") == {first, second}
    assert names(unit="Hà Tiên") == set()
    assert names(state="proposed") == {first, second}
    assert names(state="under_appraisal") == set()
    shown = client.get("/", {"state": "proposed"}).content.decode()
    assert 'formaction="/acts/receive/choose/"' in shown
    assert office("cv.hatien").get("/").context["total"] == 0


def test_inbox_offers_for_many_what_the_persons_role_does(office: Office) -> None:
    rounds.nominations_in("proposed", rounds.NAMES[:1])
    appraiser = office("thamdinh1").get("/", {"state": "proposed"})
    assert [act.name for act in appraiser.context["acts"]] == ["receive", "hold"]
    rounds.nominations_in("prepared", rounds.NAMES[1:2])
    chief = office("tt.rachgia").get("/", {"state": "prepared"})
    assert "withdraw" in [act.name for act in chief.context["acts"]]


def test_inbox_page_beyond_the_last_is_the_last(office: Office) -> None:
    rounds.nominations_in("proposed")
    assert office("thamdinh1").get("/", {"page": "99"}).status_code == 200
    assert office("thamdinh1").get("/", {"page": "x", "sort": "no-such"}).status_code == 200


def form(**changed: object) -> dict[str, object]:
    facts = rounds.facts(rounds.NAMES[0])
    unit = rounds.actor("cv.rachgia").mandates[0].unit_id
    return {
        "unit": unit,
        "award_item": facts.award_item_id,
        "subject_kind": facts.subject_kind_id,
        "name": "Lê Thị Mỹ Hạnh",
        "birth_date": "3/2/1990",
        "gender": "female",
        "achievement": "Thành tích.",
        "past-TOTAL_FORMS": 2,
        "past-INITIAL_FORMS": 0,
        "past-0-year": 2023,
        "past-0-form": "Giấy khen",
        **changed,
    }


def test_clerk_drafts_edits_and_is_told_of_twins(office: Office) -> None:
    clerk = office("cv.rachgia")
    assert clerk.get("/nominations/new/").status_code == 200
    made = clerk.post("/nominations/new/", form())
    assert made.status_code == 302
    row = Nomination.objects.get()
    assert (row.nominee.name, str(row.nominee.birth_date)) == ("Lê Thị Mỹ Hạnh", "1990-02-03")
    assert row.past_awards == [{"year": "2023", "form": "Giấy khen", "decision": ""}]
    twin = clerk.post("/nominations/new/", form())
    assert twin.status_code == 409
    assert "NOMINEE_TWICE" in twin.content.decode()
    address = f"/nominations/{row.pk}/edit/"
    assert "Lê Thị Mỹ Hạnh" in clerk.get(address).content.decode()
    changed = form(expected_version=1, address="Phường Vĩnh Thanh Vân")
    assert clerk.post(address, changed).status_code == 302
    lost = clerk.post(address, form(expected_version=1, address="Nơi khác"))
    assert lost.status_code == 409
    assert "NOMINATION_CHANGED" in lost.content.decode()
    assert "Nơi khác" in lost.content.decode()
    assert 'name="expected_version" value="2"' in lost.content.decode()


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"birth_date": "31/02/1980"}, "birth_date"),
        ({"name": "   "}, "name"),
        ({"award_item": uuid4()}, "award_item"),
        ({"unit": uuid4()}, "unit"),
        ({"past-1-decision": "Số 1"}, "past"),
    ],
)
def test_bad_value_is_named_and_nothing_typed_is_lost(
    office: Office, changed: dict[str, object], word: str
) -> None:
    answer = office("cv.rachgia").post("/nominations/new/", form(**changed))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "invalid-feedback" in text or "overdue" in text
    assert word in text
    assert "Thành tích." in text
    assert not Nomination.objects.exists()


def sheet(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG"])
    for row in rows:
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("danh sách.xlsx", out.getvalue())


HEADER = ("Họ và tên", "Ngày sinh", "Chức vụ", "Đối tượng", "Hình thức khen thưởng")


def listing(*rows: tuple[object, ...]) -> dict[str, object]:
    facts = rounds.facts(rounds.NAMES[0])
    return {
        "unit": rounds.actor("cv.rachgia").mandates[0].unit_id,
        "occasion": AwardItem.objects.get(pk=facts.award_item_id).occasion_id,
        "sheet": sheet(HEADER, *rows),
    }


GOOD = ("Lê Thị Mỹ Hạnh", "3/2/1990", "Chuyên viên", "Cán bộ, công chức, viên chức",
        "Bằng khen của Chủ tịch UBND tỉnh")  # fmt: skip
BAD = ("Trần Văn Tèo", "31/02/1980", *GOOD[2:])


def test_list_is_read_shown_then_written(office: Office) -> None:
    clerk = office("cv.rachgia")
    shown = clerk.post("/nominations/import/", listing(GOOD))
    assert shown.status_code == 200, shown.content.decode()
    assert "Lê Thị Mỹ Hạnh" in shown.content.decode()
    assert not Nomination.objects.exists()
    token = shown.context["token"]
    assert clerk.post("/nominations/import/", {"token": token}).status_code == 302
    assert Nomination.objects.get().nominee.name == "Lê Thị Mỹ Hạnh"
    clerk.post("/nominations/import/", {"token": token})
    assert Nomination.objects.count() == 1


def test_list_of_another_person_or_a_made_up_token_is_not_found(office: Office) -> None:
    token = office("cv.rachgia").post("/nominations/import/", listing(GOOD)).context["token"]
    for person, value in (("cv.hatien", token), ("cv.rachgia", token + "x")):
        answer = office(person).post("/nominations/import/", {"token": value})
        assert answer.status_code == 404
    assert not Nomination.objects.exists()


def test_list_with_an_impossible_date_names_the_cell_and_offers_no_import(office: Office) -> None:
    shown = office("cv.rachgia").post("/nominations/import/", listing(GOOD, BAD))
    text = shown.content.decode()
    assert "31/02/1980" in text
    assert "Ngày sinh" in text
    assert "token" not in shown.context
    assert not Nomination.objects.exists()


def test_empty_list_is_read_back_by_the_import(office: Office) -> None:
    clerk = office("cv.rachgia")
    taken = clerk.get("/nominations/import/template/")
    assert taken["Content-Disposition"].startswith("attachment")
    book = openpyxl.load_workbook(io.BytesIO(taken.content))
    titles = [cell.value for cell in book["Danh sách"][1]]
    form, subject = (cell.value for cell in book["Cách ghi"][2])
    given = {"Họ và tên / Tên tập thể": "Lê Thị Mỹ Hạnh", "Hình thức khen": form,
             "Nhóm đối tượng": "Cán bộ, công chức, viên chức"}  # fmt: skip
    assert subject
    book["Danh sách"].append([given.get(str(title)) for title in titles])
    out = io.BytesIO()
    book.save(out)
    posted = {**listing(), "sheet": SimpleUploadedFile("mẫu.xlsx", out.getvalue())}
    shown = clerk.post("/nominations/import/", posted)
    assert "token" in shown.context, shown.content.decode()


def test_column_that_is_not_read_is_told(office: Office) -> None:
    posted = {**listing(), "sheet": sheet((*HEADER, "Sở thích"), (*GOOD, "đọc sách"))}
    shown = office("cv.rachgia").post("/nominations/import/", posted)
    assert shown.context["found"].notes
    assert "Sở thích" in shown.content.decode()
    assert "token" in shown.context


def test_file_that_is_no_list_gets_a_sentence(office: Office) -> None:
    wrong = {**listing(), "sheet": SimpleUploadedFile("a.xlsx", b"<html>")}
    answer = office("cv.rachgia").post("/nominations/import/", wrong)
    assert answer.status_code in {400, 409, 415, 422}
    assert "FILE_" in answer.content.decode()


def test_preview_shows_a_pdf_and_download_keeps_its_name(office: Office) -> None:
    (key,) = rounds.nominations_in("draft")
    pages = addresses(key)
    clerk = office("cv.rachgia")
    shown = clerk.get(pages["document_preview"])
    assert shown["Content-Type"] == "application/pdf"
    assert shown["Content-Disposition"].startswith("inline")
    taken = clerk.get(pages["document_file"])
    assert taken["Content-Disposition"].startswith("attachment")
    assert "Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh_%20" in taken["Content-Disposition"]
    assert taken.content.startswith(b"%PDF")
    assert clerk.get(pages["document_file"].replace("upload", "docx")).status_code == 404
    assert clerk.get(pages["document_preview"].replace("upload", "docx")).status_code == 404


def test_paper_that_failed_says_why_and_is_tried_again(office: Office) -> None:
    rounds.nominations_in("proposed")
    version = DocumentVersion.objects.filter(status="requested").first()
    assert version is not None
    clerk = office("cv.rachgia")
    address = f"/documents/{version.document_id}/"
    waiting = clerk.get(f"{address}status/")
    assert "hx-get" in waiting.content.decode()
    assert "HX-Refresh" not in waiting.headers
    DocumentVersion.objects.filter(pk=version.pk).update(
        status="failed", stage="finished", error_code="CONVERT_TIMEOUT", error_text="Quá lâu.",
        finished_at=timezone.now(),
    )  # fmt: skip
    ended = clerk.get(f"{address}status/")
    assert ended.headers["HX-Refresh"] == "true"
    assert "CONVERT_TIMEOUT" in clerk.get("/documents/").content.decode()
    assert clerk.post(f"{address}retry/").status_code == 302
    version.refresh_from_db()
    assert version.status == "requested"
    assert clerk.post(f"{address}retry/").status_code == 409


def test_merge_asks_for_one_pdf_of_the_dossier(office: Office) -> None:
    (key,) = rounds.nominations_in("proposed")
    dossier = Nomination.objects.get(pk=key).dossier_id
    answer = office("cv.rachgia").post(f"/dossiers/{dossier}/merge/", follow=True)
    assert "Hồ sơ ghép" in answer.content.decode()


def test_signing_a_paper_that_is_not_ready_is_refused_in_words(office: Office) -> None:
    rounds.nominations_in("proposed")
    version = DocumentVersion.objects.filter(document__template_key="to_trinh_don_vi").get()
    head = office("tt.rachgia")
    address = f"/documents/{version.document_id}/sign/"
    assert head.get(address).status_code == 200
    answer = head.post(address, {"version": version.pk})
    assert answer.status_code in {403, 409, 422}
    assert "refusal" in answer.content.decode()
    assert head.post(address, {"version": "x"}).status_code == 404
    assert office("cv.rachgia").post(address, {"version": version.pk}).status_code in {403, 409}


def test_language_switch_turns_the_page_english_and_back(office: Office) -> None:
    clerk = office("cv.rachgia")
    assert "Việc cần làm" in clerk.get("/").content.decode()
    clerk.post("/i18n/setlang/", {"language": "en", "next": "/"})
    text = clerk.get("/").content.decode()
    assert '<html lang="en">' in text
    assert "To do" in text
    assert "Việc cần làm" not in text


def test_desk_shows_person_offices_and_delegation(office: Office) -> None:
    text = office("chutich").get("/").content.decode()
    assert rounds.actor("chutich").name in text
    assert "Chủ tịch UBND tỉnh, Ủy ban nhân dân tỉnh Kiên Giang" in text
    assert "Chuyển đổi số" in text


def test_pages_load_nothing_from_another_host(office: Office) -> None:
    (key,) = rounds.nominations_in("draft")
    clerk = office("cv.rachgia")
    for name, address in addresses(key).items():
        if name in {"account_logout", "document_file", "document_preview", "list_template"}:
            continue
        text = clerk.get(address).content.decode()
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text), name


def test_every_registered_act_has_words() -> None:
    assert {one for one in registry.known() if not one.startswith("test.")} - set(
        wording.ACTS
    ) == set()


def test_dossier_list_narrows_down(office: Office) -> None:
    rounds.nominations_in("draft")
    clerk = office("cv.rachgia")

    def codes(**query: str) -> int:
        return len(clerk.get("/dossiers/", query).context["table"].rows)

    assert codes() == Dossier.objects.count() == 1
    assert codes(q="Ngọc Ánh") == 1
    assert codes(q="không có") == 0
    assert codes(unit="Rạch Giá", authority="provincial_chairman") == 1
    assert codes(authority="president") == 0


def test_nomination_page_tells_way_holder_finding_and_history(office: Office) -> None:
    (key,) = rounds.nominations_in("appraised")
    shown = office("giamdoc.tttt").get(f"/nominations/{key}/")
    page = shown.context["page"]
    marks = [station.mark for station in page.at.way]
    assert marks == ["done"] * 4 + ["now"] + [""] * 5
    assert page.at.holder.office.startswith("Lãnh đạo cơ quan thường trực phong trào, Sở Thông tin")
    assert rounds.actor("giamdoc.tttt").name in page.at.holder.names
    assert [note for note in page.notes if "Mục IV.2" in note]
    assert [told.event.action for told in page.events][-1] == "nomination.drafted"
    assert next(one["act"].name for one in shown.context["acts"]) == "submit_to_board"
    seen_by_clerk = office("cv.rachgia").get(f"/nominations/{key}/").context
    assert [one["act"].name for one in seen_by_clerk["acts"]] == ["topic_report"]
    assert {str(one.label) for one in seen_by_clerk["page"].barred} >= {"Trình Hội đồng"}


def test_guard_that_does_not_hold_bars_the_act_with_its_reason(office: Office) -> None:
    (key,) = rounds.draft()
    Nomination.objects.filter(pk=key).update(achievement="")
    page = office("cv.rachgia").get(f"/nominations/{key}/").context["page"]
    reasons = {str(one.label): one.why for one in page.barred}
    assert "chưa có thành tích" in reasons["Chuyển thủ trưởng ký"]
    assert page.may_edit


def test_delegate_is_shown_with_the_name_he_acts_for(office: Office) -> None:
    lent = Delegation.objects.select_related("to_user", "grant__user").first()
    assert lent is not None
    text = office(lent.to_user.username).get("/").content.decode()
    assert f"(thay {lent.grant.user.full_name})" in text
