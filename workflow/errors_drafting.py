"""What is refused while a nomination is written: its fields and its nominee."""

from collections.abc import Sequence
from http import HTTPStatus

from django.utils.translation import gettext as _

from audit.errors import Refusal


class ValueMissingError(Refusal):
    """A value that the act needs was not given."""

    code = "VALUE_MISSING"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, field: str) -> None:
        super().__init__(
            _("Còn thiếu “%(field)s”.") % {"field": field},
            why=_("Việc này cần nội dung đó để ghi vào hồ sơ và in ra văn bản."),
            next_step=_("Hãy nhập rồi làm lại."),
        )


class ValueFormatError(Refusal):
    """A value was given that cannot be right."""

    code = "VALUE_FORMAT"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, field: str, why: str) -> None:
        super().__init__(
            _("“%(field)s” chưa đúng.") % {"field": field},
            why=why,
            next_step=_("Hãy sửa rồi làm lại."),
        )


class NomineeTwiceError(Refusal):
    """The nominee already stands for this award form on this occasion."""

    code = "NOMINEE_TWICE"

    def __init__(self, *, name: str, form: str, dossier: str) -> None:
        super().__init__(
            _("%(name)s đã được đề nghị %(form)s trong đợt này.") % {"name": name, "form": form},
            why=_("Đề nghị đó nằm trong hồ sơ %(dossier)s.") % {"dossier": dossier},
            next_step=_("Hãy mở đề nghị đã có thay vì lập thêm."),
        )


class NomineeInUseError(Refusal):
    """The same nominee stands with other facts in a nomination that has left its draft."""

    code = "NOMINEE_IN_USE"

    def __init__(self, *, name: str, dossier: str) -> None:
        super().__init__(
            _("Thông tin của %(name)s khác với thông tin đã trình.") % {"name": name},
            why=_("Đối tượng này đang có trong hồ sơ %(dossier)s đã rời khỏi bước soạn thảo.")
            % {"dossier": dossier},
            next_step=_("Hãy nhập đúng như hồ sơ đó, hoặc đề nghị trả lại hồ sơ đó để sửa."),
        )


class ForeignNomineeError(Refusal):
    """A unit proposes in another unit's name."""

    code = "NOMINEE_OF_OTHER_UNIT"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, *, name: str, unit: str) -> None:
        super().__init__(
            _("Không thể đề nghị %(name)s.") % {"name": name},
            why=_("Đối tượng này thuộc %(unit)s, không thuộc đơn vị anh/chị.") % {"unit": unit},
            next_step=_("Hãy để đơn vị đó đề nghị, hoặc sửa lại đơn vị trong danh sách."),
        )


class NotMemberError(Refusal):
    """An emulation group proposes somebody of none of its members."""

    code = "NOMINEE_NOT_OF_GROUP"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, *, name: str, group: str, members: Sequence[str]) -> None:
        super().__init__(
            _("%(group)s không thể đề nghị %(name)s.") % {"group": group, "name": name},
            why=_("Khối, Cụm thi đua chỉ đề nghị cho thành viên của mình: %(members)s.")
            % {"members": "; ".join(members) or "—"},
            next_step=_("Hãy ghi đúng tên thành viên, hoặc để đơn vị đó tự đề nghị."),
        )


class FieldNotOfMovementError(Refusal):
    """A nomination names a priority field that its movement does not have."""

    code = "FIELD_NOT_OF_MOVEMENT"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, *, offered: Sequence[str]) -> None:
        super().__init__(
            _("Lĩnh vực này không có trong phong trào."),
            why=_("Các lĩnh vực của phong trào: %(offered)s.")
            % {"offered": "; ".join(offered) or _("không nêu")},
            next_step=_("Hãy chọn một lĩnh vực trong danh sách, hoặc để trống."),
        )
