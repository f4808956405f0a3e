"""Every door for files and texts, and bad things sent through each: only a Refusal may come out.

    python -m tests.fuzz.doors --minutes 60 --seed 1            all doors in turn
    python -m tests.fuzz.doors --only template --seed 1 --case 412      one again, its error shown

Exit code 1 when anything but an answer or a Refusal came out; each line says how to see it again.
"""

import argparse
import logging
import math
import os
import random
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import django
import yaml

from audit.errors import Refusal
from tests.fuzz.mutations import BYTES, MARKUP, TAGS, YAML, changed, package_changed

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 20.0
_END_SECONDS = 120


@dataclass(frozen=True)
class Door:
    """A way in: good files to begin with, what is put into them, and what is done with them."""

    seeds: Sequence[bytes]
    scraps: Sequence[bytes]
    enter: Callable[[bytes], object]
    is_package: bool = False

    def sent(self, dice: random.Random) -> bytes:
        """Return a file that is bad in some way."""
        seed = dice.choice(self.seeds)
        within = self.is_package and dice.random() < 0.85
        return (package_changed if within else changed)(seed, dice, self.scraps)


@cache
def doors() -> Mapping[str, Door]:
    """Return the doors by name. Django must be awake."""
    return {**_uploads(), **_templates(), **_papers(), **_texts()}


def _uploads() -> dict[str, Door]:
    from documents.inspection import Kind, inspect_upload
    from signatures.verification import TrustRoots, verify_pdf
    from tests.files import docx_of, pdf_of, picture_of, xlsx_of

    def entering(name: str) -> Callable[[bytes], object]:
        return lambda content: inspect_upload(name, content, allowed=frozenset(Kind))

    def verifying(content: bytes) -> object:
        return verify_pdf(content, TrustRoots(()))

    pdfs = [pdf_of(2), _form()]
    office = (*MARKUP, *BYTES)
    return {
        "docx": Door([docx_of("Đặng Thị Thuý")], office, entering("a.docx"), is_package=True),
        "xlsx": Door([xlsx_of(["Họ tên"])], office, entering("a.xlsx"), is_package=True),
        "pdf": Door(pdfs, BYTES, entering("a.pdf")),
        "png": Door([picture_of()], BYTES, entering("a.png")),
        "jpeg": Door([picture_of("JPEG")], BYTES, entering("a.jpg")),
        "signed pdf": Door(pdfs, BYTES, verifying),
    }


def _form() -> bytes:
    from io import BytesIO

    import pikepdf

    from tests.files import pdf_of, written

    pdf = pikepdf.open(BytesIO(pdf_of()))
    field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="x", V=pikepdf.Dictionary(Contents=b"\x30"))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.make_indirect(field)], SigFlags=3)
    return written(pdf)


def _templates() -> dict[str, Door]:
    from documents.fields import paths_of, sample_values
    from documents.linting import commented, lint_template, styles_in
    from documents.rendering import check_template, render_docx, template_fields
    from tests.papers import FIELDS, LETTER, docx_bytes

    shipped = ROOT / "docx_templates"
    keys = ("phieu_tra", "ban_dang_ky")
    fields = {
        key: yaml.load((shipped / f"{key}.yaml").read_text(), Loader=yaml.CSafeLoader)["fields"]
        for key in keys
    }
    known = [*FIELDS, *fields[keys[0]]]

    def judged(content: bytes) -> object:
        lint = lint_template(content, known)
        return commented(content, lint.findings), styles_in(content)

    def checked(content: bytes) -> object:
        return check_template(content, paths_of(known)), template_fields(content)

    def rendered(content: bytes) -> object:
        return render_docx(content, sample_values(known))

    seeds = [docx_bytes(*LETTER), *((shipped / f"{key}.docx").read_bytes() for key in keys)]
    scraps = (*TAGS, *MARKUP)
    return {
        "template judged": Door(seeds, scraps, judged, is_package=True),
        "template checked": Door(seeds, scraps, checked, is_package=True),
        "template rendered": Door(seeds, scraps, rendered, is_package=True),
    }


def _papers() -> dict[str, Door]:
    from documents.format30 import check_docx, check_pdf, mend_docx
    from documents.reading import docx_text, pdf_text
    from tests.files import pdf_of
    from tests.format30 import letter

    def looked_at(content: bytes) -> object:
        return check_docx(content), docx_text(content)

    def read(content: bytes) -> object:
        return check_pdf(content), pdf_text(content)

    seeds = [letter(), letter(number={"place": "footer"})]
    return {
        "paper looked at": Door(seeds, (*MARKUP, *TAGS), looked_at, is_package=True),
        "paper mended": Door(seeds, MARKUP, mend_docx, is_package=True),
        "printed paper": Door([pdf_of(2)], BYTES, read),
    }


def _texts() -> dict[str, Door]:
    from campaigns.schema.examples import read_example
    from campaigns.schema.reading import read_contents
    from documents.inspection import Kind, inspect_upload
    from documents.templates import read_templates
    from workflow.imports.header import find_header
    from workflow.imports.sheets import sheets_of
    from workflow.reorganisation import read_reorganisations

    data = ROOT / "campaigns" / "data"
    campaigns = [path.read_bytes() for path in sorted(data.glob("*-20*.yaml"))]
    examples = [path.read_bytes() for path in sorted((data / "examples").glob("*.yaml"))]
    lists = [(ROOT / "tests/data/danh-sach-cua-van-thu.xlsx").read_bytes()]
    shipped = ROOT / "docx_templates"
    units = [(ROOT / "organisations/data/an_giang_2025.yaml").read_bytes()]
    texts = (*YAML, *BYTES)

    def listed(content: bytes) -> object:
        inspect_upload("a.xlsx", content, allowed=frozenset({Kind.XLSX}))
        return [find_header(sheet.rows) for sheet in sheets_of(content)]

    def fields_read(content: bytes) -> object:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "phieu_tra.yaml").write_bytes(content)
            Path(folder, "phieu_tra.docx").write_bytes(b"x")
            return list(read_templates(Path(folder)))

    return {
        "campaign file": Door(campaigns, texts, read_contents),
        "example file": Door(examples, texts, read_example),
        "reorganisation": Door(units, texts, read_reorganisations),
        "list of fields": Door([(shipped / "phieu_tra.yaml").read_bytes()], texts, fields_read),
        "list of nominees": Door(lists, (*MARKUP, *BYTES), listed, is_package=True),
    }


def tried(
    name: str, door: Door, seed: int, case: int, *, patience: float = math.inf
) -> tuple[str, str]:
    """Send the file of this number through the door; seconds beyond patience are a fault.

    Return what came out ("answer" or the refusal's code), and what was wrong ("": nothing).
    """
    content = door.sent(random.Random(f"{seed} {name} {case}"))
    began = time.monotonic()
    came = "answer"
    try:
        door.enter(content)
    except Refusal as refusal:
        came = refusal.code
        if not (str(refusal.what) and str(refusal)):
            return came, "a refusal without words"
    except Exception as error:  # noqa: BLE001 - the very thing that is looked for
        return "error", f"{type(error).__name__}: {error}"[:300]
    seconds = time.monotonic() - began
    return came, f"took {seconds:.0f} s" if seconds > patience else ""


def rounds(asked: argparse.Namespace) -> Iterator[tuple[str, int, tuple[str, str]]]:
    """Yield door, number of the case and what came of it, in turn, until the time is over."""
    held = {name: door for name, door in doors().items() if asked.only in name}
    end = time.monotonic() + asked.minutes * 60
    case = asked.case or 0
    while True:
        for name, door in held.items():
            signal.alarm(_END_SECONDS)  # a loop without end is told too
            yield name, case, tried(name, door, asked.seed, case, patience=PATIENCE_SECONDS)
        case += 1
        if asked.case is not None or time.monotonic() > end:
            return


def main() -> int:
    """Send files until the time is over; return the exit code."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--minutes", type=float, default=60)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--only", default="", metavar="DOOR")
    words.add_argument("--case", type=int)
    asked = words.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    signal.signal(signal.SIGALRM, _no_end)
    logging.disable()  # that a file cannot be read is logged, each time
    came: dict[str, Counter[str]] = defaultdict(Counter)
    wrong = 0
    for name, case, (code, told) in rounds(asked):
        came[name][code] += 1
        if told:
            wrong += 1
            say(f'--only "{name}" --seed {asked.seed} --case {case}: {told}')
    signal.alarm(0)
    for name, codes in came.items():
        say(f"{name}: " + ", ".join(f"{count} {code}" for code, count in codes.most_common()))
    say(f"{sum(map(Counter.total, came.values()))} files through {len(came)} doors, {wrong} wrong")
    return 1 if wrong else 0


def _no_end(*_signal: object) -> None:
    raise TimeoutError("no end")


def say(line: str) -> None:
    """Write a line at once: a long run is watched."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
