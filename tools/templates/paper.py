"""What a paper is: its key, who signs it, its fields, and how it is laid out."""

from collections.abc import Callable
from dataclasses import dataclass

import yaml

from documents.format30 import pack
from tools.templates.fields import Field
from tools.templates.package import packed
from tools.templates.sheet import Sheet


@dataclass(frozen=True)
class Paper:
    """One template. `series` is the type's abbreviation in NĐ 30/2020, Phụ lục III, mục I."""

    key: str
    title: str
    series: str
    signed_by: str
    fields: tuple[Field, ...]
    lay_out: Callable[[Sheet], None]

    @property
    def is_administrative(self) -> bool:
        """Whether that decree sets its layout; a certificate is none of its papers."""
        return self.key not in pack().not_judged

    def template(self) -> bytes:
        """Return the bytes of <key>.docx."""
        sheet = Sheet(self.title)
        self.lay_out(sheet)
        return packed(sheet.document)

    def field_list(self) -> str:
        """Return the text of <key>.yaml."""
        description = {
            "key": self.key,
            "title": self.title,
            "series": self.series,
            "signed_by": self.signed_by,
            "fields": [field.described() for field in self.fields],
        }
        return yaml.safe_dump(description, allow_unicode=True, sort_keys=False, width=100)
