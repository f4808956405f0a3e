"""Conversion: a cold ``soffice --convert-to`` per file against ours, in one run.

    .venv/bin/python benchmarks/conversion.py [--documents N]

The same pages, converted one after the other: first by the rival (its own kept profile, one
process per file), then by documents.conversion with everything it does (inspection, sandbox,
checks of the product) in one process, then in two. Prints medians, ratios and memory.
"""

import argparse
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
_DATA = tempfile.TemporaryDirectory()
os.environ["VINHDANH_DATA"] = _DATA.name
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django  # noqa: E402

django.setup()

import docx  # noqa: E402

from documents.conversion import close_converter, convert_to_pdf, converter_pid  # noqa: E402

TEMPLATES = Path(__file__).resolve().parent.parent / "docx_templates"
SENTENCE = "Nguyễn Thị Huỳnh Như – Đắk Lắk, đã có thành tích xuất sắc trong phong trào thi đua. "


def paper(number: int) -> bytes:
    """A one-page letter with the styles of a real template."""
    letter = docx.Document(str(TEMPLATES / "phieu_tra.docx"))
    body = letter.element.body
    for element in list(body)[:-1]:
        body.remove(element)
    for line in range(6):
        letter.add_paragraph(f"{number}.{line} " + SENTENCE * 3)
    out = io.BytesIO()
    letter.save(out)
    return out.getvalue()


def timed(papers: list[bytes]) -> list[float]:
    seconds = []
    for content in papers:
        began = time.perf_counter()
        assert convert_to_pdf(content, must_contain=["Nguyễn Thị Huỳnh Như"]).pages == 1
        seconds.append(time.perf_counter() - began)
    return seconds


def cold(papers: list[bytes]) -> list[float]:
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", folder, f"{folder}/in.docx"]
        for content in [papers[0], *papers]:  # the first makes the profile and does not count
            Path(folder, "in.docx").write_bytes(content)
            Path(folder, "in.pdf").unlink(missing_ok=True)
            began = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            seconds.append(time.perf_counter() - began)
            assert Path(folder, "in.pdf").exists()
    return seconds[1:]


def rss_mib() -> float:
    """The memory of this process's soffice."""
    below = [converter_pid()]
    for pid in below:
        tasks = Path(f"/proc/{pid}/task").glob("*/children")
        below += [int(child) for task in tasks for child in task.read_text().split()]
    status = [Path(f"/proc/{pid}/status").read_text() for pid in below]
    lines = [line for text in status if "soffice.bin" in text for line in text.splitlines()]
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def worker(papers: list[bytes], start: Barrier, answers: "Queue[float]") -> None:
    timed(papers[:2])  # warm
    start.wait()
    timed(papers)
    answers.put(rss_mib())
    close_converter()


def together(papers: list[bytes], workers: int) -> tuple[float, list[float]]:
    """Documents per second of this many processes sharing the work, and their memory in MiB."""
    context = get_context("fork")
    start, answers = context.Barrier(workers + 1), context.Queue()
    shares = [papers[n::workers] for n in range(workers)]
    processes = [context.Process(target=worker, args=(s, start, answers)) for s in shares]
    for process in processes:
        process.start()
    start.wait()
    began = time.perf_counter()
    memory = [answers.get() for _ in processes]
    seconds = time.perf_counter() - began
    for process in processes:
        process.join()
    return len(papers) / seconds, memory


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=60)
    papers = [paper(number) for number in range(parser.parse_args().documents)]
    rival = statistics.median(cold(papers[:10]))
    timed(papers[:2])
    ours = statistics.median(timed(papers))
    close_converter()
    print(f"cold soffice per file   {rival * 1000:8.0f} ms")
    print(f"ours, warm and checked  {ours * 1000:8.0f} ms   {rival / ours:.1f} × faster")
    rounds = [(together(papers, 1), together(papers, 2)) for _ in range(3)]
    one = statistics.median(single[0] for single, _ in rounds)
    two = statistics.median(double[0] for _, double in rounds)
    memory = max(mib for pair in rounds for _, held in pair for mib in held)
    print(f"one worker              {one:8.1f} documents/s")
    print(f"two workers             {two:8.1f} documents/s   {two / one:.2f} ×")
    print(f"soffice, resident       {memory:8.0f} MiB at most")


if __name__ == "__main__":
    main()
