"""What the parts of a campaign are called on screen, and what a person must know to fill them in.

A name is looked up by its place, longest first: "awards.items.key", then "items.key", then "key".
A new section needs its words here and nothing else; a test says which are missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.models import Decider, DeskName, Kind, Level, OccasionKind
from campaigns.models.scores import How, Rounding, TieKey
from campaigns.schema import wording_of_rules

SECTIONS: Final[dict[str, Promise]] = {
    "": _("Tỉnh và các câu chung"),
    "source": _("Nguồn tin"),
    "campaign": _("Tên, chủ đề, thời gian"),
    "documents": _("Văn bản của phong trào"),
    "legal_bases": _("Căn cứ pháp lý"),
    "bodies": _("Các cơ quan tham gia"),
    "desks": _("Cơ quan ở từng khâu xử lý"),
    "purpose": _("Mục đích"),
    "general_goal": _("Mục tiêu chung"),
    "emulation_contents": _("Nội dung thi đua"),
    "priority_fields": _("Lĩnh vực ưu tiên"),
    "recipients": _("Nơi nhận"),
    "funding": _("Kinh phí"),
    "result_use": _("Sử dụng kết quả"),
    "subjects": _("Đối tượng"),
    "award_forms": _("Hình thức khen thưởng"),
    "awards": _("Đợt xét và mục khen thưởng"),
    "criteria": _("Tiêu chuẩn xét khen thưởng"),
    "indicators": _("Chỉ tiêu và mục tiêu từng năm"),
    **wording_of_rules.SECTIONS,
    "route": _("Đường đi của hồ sơ"),
    "dossier": _("Thành phần và số bộ hồ sơ"),
    "procedure": _("Trình tự"),
    "milestones": _("Mốc thời gian"),
    "reporting": _("Chế độ báo cáo"),
    "pending_norms": _("Định mức còn chờ"),
    "draft_vs_issued": _("Dự thảo và bản ban hành khác nhau"),
    "anomalies": _("Lỗi trong văn bản"),
    "not_in_source": _("Điều văn bản chưa nêu"),
}

LABELS: Final[dict[str, Promise]] = {
    "actor": _("Người thực hiện"),
    "action": _("Việc làm"),
    "agency": _("Cơ quan"),
    "also_named_in_e": _("Được nhắc thêm ở tiêu chuẩn cá nhân"),
    "alternative": _("Trường hợp khác"),
    "amount": _("Mức tiền (đồng)"),
    "applies_if": _("Chỉ áp dụng khi"),
    "asked_of": _("Hỏi cơ quan nào"),
    "attachments": _("Kèm theo"),
    "authority": _("Thẩm quyền ký"),
    "author": _("Tác giả"),
    "award": _("Hình thức"),
    "base": _("Tính trên"),
    "body": _("Cơ quan (mã)"),
    "bullet": _("Gạch đầu dòng thứ"),
    "by": _("Do ai lập"),
    "pending_norms.by": _("Do ai quy định"),
    "clause": _("Điều khoản"),
    "cmp": _("So sánh, đúng chữ in"),
    "collective": _("Tập thể"),
    "collective_short_name": _("Gọi chung tập thể là"),
    "complete": _("Bản đầy đủ"),
    "components": _("Thành phần hồ sơ"),
    "conditions": _("Điều kiện"),
    "council": _("Hội đồng"),
    "count_stated": _("Số mục văn bản nêu"),
    "criteria": _("Nhóm tiêu chuẩn"),
    "date": _("Ngày"),
    "decided_by": _("Người quyết định"),
    "decider": _("Người quyết định"),
    "desk": _("Khâu"),
    "does": _("Làm gì"),
    "draft": _("Bản dự thảo"),
    "due": _("Thời hạn"),
    "effective": _("Ngày hiệu lực"),
    "except": _("Trừ"),
    "field": _("Lĩnh vực"),
    "for": _("Dành cho"),
    "route.for": _("Cho người quyết định"),
    "form": _("Hình thức khen thưởng"),
    "frequency": _("Bao lâu một lần"),
    "from": _("Từ năm"),
    "general": _("Tiêu chuẩn chung"),
    "gist": _("Tóm tắt"),
    "heading": _("Tiêu đề"),
    "headline": _("Tiêu đề bài"),
    "in": _("Có ở văn bản"),
    "individual": _("Cá nhân"),
    "individual_condition": _("Điều kiện với cá nhân"),
    "is_example": _("Dữ liệu ví dụ"),
    "issued": _("Bản ban hành"),
    "issuer": _("Cơ quan ban hành"),
    "awards.items": _("Mục khen thưởng"),
    "provincial_level.items": _("Các tiêu chuẩn"),
    "indicators.items": _("Chỉ tiêu"),
    "priority_fields.items": _("Các lĩnh vực"),
    "milestones.items": _("Các mốc"),
    "key": _("Mã"),
    "provincial_level.key": _("Chữ cái của nhóm"),
    "kind": _("Loại"),
    "label": _("Phân biệt"),
    "lead": _("Câu dẫn"),
    "level": _("Cấp"),
    "located_at": _("Nêu ở đâu"),
    "n": _("Số thứ tự"),
    "name": _("Tên"),
    "signer.name": _("Họ tên người ký"),
    "names": _("Cách gọi khác"),
    "norm": _("Định mức"),
    "number": _("Số, ký hiệu"),
    "of": _("So với"),
    "op": _("Dấu so sánh"),
    "order": _("Thứ tự (chữ)"),
    "others": _("Lĩnh vực khác"),
    "outcome": _("Kết quả"),
    "output": _("Sản phẩm"),
    "per": _("Lập cho"),
    "percent_statement": _("Câu có tỷ lệ phần trăm"),
    "period": _("Thời gian"),
    "pillar": _("Trụ cột"),
    "pillars": _("Trụ cột"),
    "place": _("Nơi ban hành"),
    "position": _("Chức vụ"),
    "problem": _("Lỗi gì"),
    "procedure_time_limits": _("Thời hạn xử lý"),
    "province": _("Tỉnh"),
    "province_key": _("Mã tỉnh"),
    "provincial_level": _("Tiêu chuẩn khen thưởng cấp tỉnh, theo nhóm"),
    "quarter": _("Quý"),
    "ref": _("Dòng nguồn"),
    "result": _("Kết quả so sánh"),
    "role": _("Vai trò"),
    "bodies.role": _("Nhiệm vụ"),
    "rule": _("Quy định"),
    "schema": _("Kiểu tệp"),
    "set_by": _("Do ai quy định"),
    "sets": _("Số bộ"),
    "dossier.sets": _("Số bộ hồ sơ"),
    "short_name": _("Tên ngắn"),
    "signer": _("Người ký"),
    "standing_agency": _("Cơ quan thường trực"),
    "state_level": _("Tiêu chuẩn khen thưởng cấp Nhà nước"),
    "step": _("Bước"),
    "steps": _("Các bước"),
    "symbol": _("Ký hiệu"),
    "text": _("Nội dung"),
    "theme": _("Chủ đề"),
    "then": _("Sau đó"),
    "route.steps.then": _("Bước tiếp theo (mã)"),
    "threshold": _("Ngưỡng"),
    "title": _("Tên đầy đủ"),
    "awards.title": _("Tên đợt xét"),
    "to": _("Gửi ai"),
    "period.to": _("Đến năm"),
    "type": _("Loại văn bản"),
    "unit": _("Đơn vị tính"),
    "bodies.unit": _("Bộ phận phụ trách"),
    "updated": _("Ngày đăng"),
    "value": _("Giá trị"),
    "what": _("Việc gì"),
    "who": _("Ai báo cáo"),
    "who_prepares": _("Ai lập hồ sơ"),
    "with": _("Phối hợp với"),
    "words": _("Nguyên văn"),
    "year": _("Năm"),
    "years": _("Các năm"),
    **wording_of_rules.LABELS,
}

HELP: Final[dict[str, Promise]] = {
    "clause": _("Như khi trích dẫn: Mục IV.2.a."),
    "ref": _("Nguồn:dòng, ví dụ 002:164; mỗi dòng một chỗ. Không có thì để trống."),
    "key": _("Chữ, số, gạch dưới; các mục khác dùng mã này để gọi. Không đổi khi đã có đề nghị."),
    "names": _("Mỗi dòng một cách gọi mà cơ quan, đơn vị thường viết."),
    "form": _("Đúng tên đã khai ở “Hình thức khen thưởng”."),
    "decided_by": _("Như văn bản ghi; phải khớp với hình thức khen thưởng."),
    "label": _("Chỉ cần khi một hình thức có hai mục trong cùng đợt xét."),
    "cmp": _("Số trần, đạt, tối thiểu là từ mức đó trở lên; trên là phải vượt mức đó."),
    "op": _("Để trống: hiểu theo chữ in."),
    "awards.year": _("Trong thời gian của phong trào. Đợt hằng năm thì để trống."),
    "count_stated": _("Nếu văn bản nêu số lượng thì phải bằng số mục đã khai."),
    "subjects.criteria": _("Chữ cái của nhóm tiêu chuẩn áp dụng."),
    "award_forms.level": _("Phải khớp với người quyết định."),
    "not_in_source.text": _("Điều cơ quan còn phải trả lời; chưa trả lời thì không được suy diễn."),
    "award_forms.names": _("Mỗi dòng một cách gọi, kể cả chữ viết tắt."),
    "sets.award": _("Tên hình thức như văn bản ghi."),
    "amount": _("Chưa quy định thì để trống; trang phong trào sẽ nêu là còn thiếu."),
    "conditions": _("Mỗi dòng một điều kiện."),
    "attachments": _("Mỗi dòng một giấy tờ."),
    **wording_of_rules.HELP,
}

_CHOICES: Final[dict[str, type[TextChoices]]] = {
    "level": Level,
    "decider": Decider,
    "route.for": Decider,
    "desk": DeskName,
    "kind": OccasionKind,
    "subjects.collective.kind": Kind,
    "subjects.individual.kind": Kind,
    "quotas.kind": Kind,
    "how": How,
    "rounding": Rounding,
    "tie_breaks.by": TieKey,
}
_WORDS: Final[dict[str, Promise]] = {
    "cmp.": _("(chỉ in con số)"),
    "per.candidate": _("Mỗi tập thể, cá nhân một bản"),
    "desk.unit": _("Đơn vị đề nghị"),
    "does.propose": _("Đề nghị"),
    "does.appraise": _("Thẩm định"),
    "does.appraise_again": _("Thẩm định lại"),
    "does.review": _("Xét"),
    "does.send_up": _("Trình lên trên"),
    "does.decide": _("Quyết định"),
    **wording_of_rules.WORDS,
}


def of_place(words: dict[str, Promise], names: Sequence[str]) -> str:
    """Return the words for a place, by the longest end of it that has any; else ""."""
    for start in range(len(names)):
        found = words.get(".".join(names[start:]))
        if found is not None:
            return str(found)
    return ""


def label_of(names: Sequence[str]) -> str:
    """Return what a field or section is called; a year's target by its year, else its own name."""
    if not names:
        return str(SECTIONS[""])
    if len(names) == 1 and names[0] in SECTIONS:
        return str(SECTIONS[names[0]])
    last = names[-1]
    if last[1:].isdecimal() and last[0] == "y":
        return str(_("Mục tiêu năm %(year)s") % {"year": last[1:]})
    if last.startswith("name_") and last[5:].isdecimal():
        return str(_("Tên dùng cho năm %(year)s") % {"year": last[5:]})
    return of_place(LABELS, names) or last


def help_of(names: Sequence[str]) -> str:
    """Return what a person must know to fill in a field; "" where its name says it all."""
    return of_place(HELP, names)


def word_of(names: Sequence[str], word: str) -> str:
    """Return a word that a field may hold, as people say it."""
    for start in range(len(names)):
        choices = _CHOICES.get(".".join(names[start:]))
        if choices is not None and word in choices.values:
            return str(choices(word).label)
    return of_place(_WORDS, [*names, word]) or word
