"""What the acts of the audit log are called on screen."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.states import MOVES

ACTS: Final[dict[str, Promise]] = {
    "access.denied": _("Bị từ chối quyền"),
    "upload.refused": _("Tệp tải lên bị từ chối"),
    "dossier.opened": _("Mở hồ sơ"),
    "nomination.drafted": _("Lập đề nghị"),
    "nomination.edited": _("Sửa đề nghị"),
    "nomination.prepared": _("Chuyển thủ trưởng ký"),
    "nomination.revised": _("Trả lại người soạn"),
    "nomination.proposed": _("Ký trình đề nghị"),
    "nomination.received": _("Tiếp nhận"),
    "nomination.appraised": _("Kết luận đủ điều kiện"),
    "nomination.found_ineligible": _("Kết luận không đủ điều kiện"),
    "nomination.returned": _("Trả lại để bổ sung"),
    "nomination.resubmitted": _("Nộp lại sau bổ sung"),
    "nomination.decided_in_unit": _("Quyết định tặng Giấy khen"),
    "nomination.submitted_to_board": _("Trình Hội đồng"),
    "nomination.submitted_for_second": _("Trình thẩm định lần hai"),
    "nomination.endorsed": _("Đồng ý với kết quả thẩm định"),
    "nomination.passed": _("Hội đồng thông qua"),
    "nomination.not_passed": _("Hội đồng không thông qua"),
    "nomination.submitted_to_chairman": _("Trình Chủ tịch UBND tỉnh"),
    "nomination.decided": _("Quyết định khen thưởng"),
    "nomination.declined": _("Không khen thưởng"),
    "nomination.sent_up": _("Trình cấp trên"),
    "nomination.centrally_awarded": _("Trung ương khen thưởng"),
    "nomination.centrally_refused": _("Trung ương không khen thưởng"),
    "nomination.held": _("Tạm dừng xem xét"),
    "nomination.resumed": _("Tiếp tục xem xét"),
    "nomination.withdrawn": _("Rút đề nghị"),
    "nomination.closed": _("Lưu hồ sơ"),
    "document.requested": _("Yêu cầu tạo văn bản"),
    "document.produced": _("Văn bản đã tạo xong"),
    "document.failed": _("Không tạo được văn bản"),
    "document.retried": _("Yêu cầu tạo lại văn bản"),
    "document.uploaded": _("Tải văn bản lên"),
    "document.signed": _("Ký số"),
    "document.sealed": _("Đóng dấu số"),
    "number.taken": _("Lấy số văn bản"),
    "number.voided": _("Hủy số văn bản"),
    "number.dispatched": _("Phát hành văn bản"),
    "template.published": _("Ban hành mẫu văn bản"),
    "signer.certified": _("Cấp chứng thư cho người ký"),
    "dossier.regime_changed": _("Đổi chế độ khen thưởng"),
    "law_rules.updated": _("Cập nhật điều kiện khen thưởng theo pháp luật"),
    "regimes.updated": _("Cập nhật chế độ khen thưởng"),
    "regime_fact.entered": _("Cơ quan nhập quy định"),
    "calendar.day_set": _("Nhập ngày nghỉ, ngày làm bù"),
    "calendar.day_removed": _("Bỏ ngày nghỉ, ngày làm bù"),
    "bonuses.computed": _("Tính tiền thưởng"),
    "meeting.recorded": _("Ghi biên bản họp"),
    "figures.called": _("Yêu cầu báo cáo số liệu"),
    "figures.saved": _("Ghi nháp số liệu"),
    "figures.sent": _("Gửi số liệu"),
    "figures.checked": _("Ghi kết quả kiểm tra số liệu"),
    "figures.returned": _("Trả lại số liệu"),
    "figures.verified": _("Xác nhận số liệu"),
    "figures.reopened": _("Mở lại số liệu để kiểm tra"),
    "figures.reported": _("Lập báo cáo năm"),
    "fact.entered": _("Nhập dữ kiện"),
    "nomination.judged": _("Đối chiếu tiêu chuẩn"),
    "rule.overruled": _("Chấp thuận khác kết quả đối chiếu"),
    "rule.restored": _("Rút chấp thuận, tiêu chuẩn áp dụng lại"),
    "auth.logged_in": _("Đăng nhập"),
    "auth.login_failed": _("Đăng nhập sai"),
    "auth.locked": _("Khóa đăng nhập"),
    "authority.delegated": _("Ủy quyền"),
    "authority.revoked": _("Thu hồi ủy quyền"),
    "group.joined": _("Vào Khối, Cụm thi đua"),
    "group.left": _("Ra khỏi Khối, Cụm thi đua"),
    "campaign.created": _("Nạp phong trào"),
    "campaign.updated": _("Cập nhật phong trào"),
    "campaign.closed": _("Đóng phong trào"),
    "campaign.draft_discarded": _("Bỏ bản nháp phong trào"),
    "campaign.draft_edited": _("Sửa bản nháp phong trào"),
    "campaign.drafted": _("Lập bản nháp phong trào"),
    "campaign.reopened": _("Mở lại phong trào"),
    "occasion.opened": _("Mở đợt xét"),
    "occasion.closed": _("Đóng đợt xét"),
    "desk.assigned": _("Phân công cơ quan xử lý"),
    "legal_grounds.updated": _("Cập nhật căn cứ pháp lý"),
    "person.created": _("Thêm người dùng"),
    "person.deactivated": _("Ngừng tài khoản"),
    "role.granted": _("Giao vai trò"),
    "role.ended": _("Kết thúc vai trò"),
    "unit.created": _("Thêm đơn vị"),
    "unit.renamed": _("Đổi tên đơn vị"),
    "unit.ended": _("Kết thúc đơn vị"),
    "unit.moved": _("Chuyển cấp trên trực tiếp"),
    "dossier.handed_over": _("Bàn giao hồ sơ"),
    "nomination.handed_over": _("Bàn giao cho đơn vị kế thừa"),
    "desk.handed_over": _("Bàn giao bàn xử lý"),
}


def act_text(action: str) -> str:
    """Return the act in the reader's language; the log's own word where it has no other."""
    return str(ACTS.get(action, action))


def move_text(move: str) -> str:
    """Return a move in the reader's language; its name where the table knows it no more."""
    return str(MOVES[move].label) if move in MOVES else move
