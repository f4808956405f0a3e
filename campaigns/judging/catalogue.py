"""The facts that rules of any campaign may ask for, as a person is asked for them.

Which fact a rule needs is data (the law's rules, a campaign's); what a fact is called and how it
is answered is the same everywhere and stands here. `{form}` is the key of the award form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from campaigns.judging.rules import AskedFact, AskedKind

_YES_NO, _DATE, _DOCUMENT = AskedKind.YES_NO, AskedKind.DATE, AskedKind.DOCUMENT
_LAUNCHERS: Final = (
    ("president", "Chủ tịch nước"),
    ("prime_minister", "Thủ tướng Chính phủ"),
    ("ministry", "Bộ, ban, ngành"),
    ("province", "Tỉnh"),
)
_TYPES: Final = (
    ("chuyen_de", "Theo đợt hoặc chuyên đề"),
    ("cong_trang", "Công trạng"),
    ("dot_xuat", "Đột xuất"),
    ("cong_hien", "Quá trình cống hiến"),
    ("nien_han", "Niên hạn"),
    ("doi_ngoai", "Đối ngoại"),
)
_KINDS: Final = (
    ("individual", "Cá nhân"),
    ("collective", "Tập thể"),
    ("household", "Hộ gia đình"),
)

_ALL: Final = (
    AskedFact("nominee.subject", "Đối tượng", AskedKind.TEXT),
    AskedFact("nominee.kind", "Loại đối tượng", AskedKind.TEXT, choices=_KINDS),
    AskedFact("award.type", "Loại hình khen thưởng", AskedKind.TEXT, choices=_TYPES),
    AskedFact("judged.on", "Ngày xét", _DATE),
    AskedFact("submission.on", "Ngày trình cấp trên", _DATE, "Ngày của tờ trình của tỉnh"),
    AskedFact("period.from", "Thành tích tính từ ngày", _DATE),
    AskedFact("period.to", "Thành tích tính đến ngày", _DATE),
    AskedFact("contribution.amount", "Giá trị đóng góp", AskedKind.MONEY, "Quy ra tiền, đồng"),
    AskedFact(
        "quota.proposed",
        "Số đề nghị hình thức này của đơn vị trong đợt xét",
        AskedKind.COUNT,
        "Đếm cả đề nghị này, không đếm đề nghị đã rút hoặc không đạt",
    ),
    AskedFact("registration.exists", "Đã đăng ký thi đua trong phong trào", _YES_NO),
    AskedFact(
        "movement.launched_by", "Phong trào do ai phát động", AskedKind.TEXT, choices=_LAUNCHERS
    ),
    AskedFact("movement.since", "Ngày phát động phong trào", _DATE),
    AskedFact("movement.until", "Ngày sơ kết, tổng kết phong trào", _DATE),
    AskedFact(
        "unit.dissolved_on",
        "Ngày đơn vị giải thể, sáp nhập",
        _DATE,
        "Đơn vị đang hoạt động thì ghi là không có",
    ),
    AskedFact(
        "case.open",
        "Đang bị xem xét kỷ luật, điều tra, thanh tra, kiểm tra, khiếu nại, "
        "tố cáo hoặc báo chí nêu",
        _YES_NO,
    ),
    AskedFact("prior_award.from", "Thành tích đã khen tính từ ngày", _DATE),
    AskedFact(
        "prior_award.to",
        "Thành tích đã khen tính đến ngày",
        _DATE,
        "Chưa được khen thì ghi là không có",
    ),
    AskedFact("prior_award.same", "Cùng một thành tích đã được khen thưởng", _YES_NO),
    AskedFact(
        "last_award.{form}.on",
        "Ngày quyết định tặng hình thức này lần trước",
        _DATE,
        "Chưa được tặng thì ghi là không có",
    ),
    AskedFact(
        "last_award.{form}.to", "Thời gian thành tích ghi trong quyết định trước, đến ngày", _DATE
    ),
    AskedFact(
        "grounds.themed", "Lấy kết quả khen theo đợt, chuyên đề hoặc đột xuất làm căn cứ", _YES_NO
    ),
    AskedFact(
        "grounds.contribution",
        "Thành tích là đóng góp lớn, phát minh, sáng chế, sáng kiến hoặc ứng dụng khoa học, công nghệ",
        _YES_NO,
    ),
    AskedFact("grounds.initiative_reused", "Dùng lại sáng kiến đã làm căn cứ khen thưởng", _YES_NO),
    AskedFact("nominee.enterprise", "Là doanh nghiệp, hợp tác xã", _YES_NO),
    AskedFact(
        "nominee.managed_by_standing_committee",
        "Là cá nhân thuộc diện Ban Thường vụ Tỉnh ủy quản lý",
        _YES_NO,
    ),
    AskedFact(
        "nominee.provincial_body",
        "Là cơ quan cấp tỉnh hoặc người đứng đầu cơ quan cấp tỉnh",
        _YES_NO,
    ),
    AskedFact("nominee.central_body", "Là đơn vị của trung ương đóng tại tỉnh", _YES_NO),
    AskedFact(
        "nominee.foreign", "Là người nước ngoài hoặc người Việt Nam định cư ở nước ngoài", _YES_NO
    ),
    AskedFact(
        "document.tax_confirmation", "Xác nhận nghĩa vụ nộp ngân sách của cơ quan thuế", _DOCUMENT
    ),
    AskedFact("document.insurance_confirmation", "Xác nhận của cơ quan bảo hiểm xã hội", _DOCUMENT),
    AskedFact("document.standing_committee_opinion", "Ý kiến của Ban Thường vụ Tỉnh ủy", _DOCUMENT),
    AskedFact(
        "document.ministry_opinion", "Ý kiến (hiệp y) của bộ, ngành quản lý lĩnh vực", _DOCUMENT
    ),
    AskedFact("document.province_opinion", "Ý kiến (hiệp y) của Ủy ban nhân dân tỉnh", _DOCUMENT),
    AskedFact("document.security_opinion", "Ý kiến của Bộ Công an", _DOCUMENT),
    AskedFact("document.foreign_affairs_opinion", "Ý kiến của Bộ Ngoại giao", _DOCUMENT),
    AskedFact("document.public_notice", "Báo cáo kết quả lấy ý kiến công khai", _DOCUMENT),
    AskedFact(
        "document.contribution_confirmation",
        "Xác nhận đóng góp của cơ quan có thẩm quyền",
        _DOCUMENT,
    ),
)

FACTS: Final = {fact.key: fact for fact in _ALL}
"""Every such fact by its key."""


@lru_cache(maxsize=64)
def facts_for(form: str) -> Mapping[str, AskedFact]:
    """Return every fact as it is asked for one award form, by its key."""
    asked = (replace(fact, key=fact.key.format(form=form)) for fact in _ALL)
    return {fact.key: fact for fact in asked}
