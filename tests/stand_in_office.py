"""Stands in for LibreOffice where a test needs one that fails: the product's own edge, spoken to
as documents/conversion/office_worker.py is (JSON lines), failing as its first argument says.

    nothing  says that it is done and has written no file
    blank    gives its second argument, an empty page in base64, whatever the document holds
    broken   gives the beginning of that
    hangs    takes the document and never answers
    dies     takes the document and ends

A program of the system's Python, alone in the sandbox; the test puts it there (`Office`).
"""

import base64
import json
import sys
import time


def say(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main() -> None:
    failing, blank = sys.argv[1:]
    broken = base64.b64encode(base64.b64decode(blank)[:60]).decode()
    say({"ready": "stand-in"})
    answers: dict[str, dict[str, object]] = {
        "nothing": {"error": "refused", "detail": "no PDF was written"},
        "blank": {"pdf": blank, "rss_kib": 1},
        "broken": {"pdf": broken, "rss_kib": 1},
    }
    for _line in sys.stdin:
        if failing == "dies":
            return
        if failing == "hangs":
            time.sleep(600)  # its parent ends it long before
        say(answers[failing])


if __name__ == "__main__":
    main()
