"""Rules that stand on days: periods, intervals, ends."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date

from campaigns.judging.finding import Finding, Params, ask, met, not_met, settled, unknown
from campaigns.judging.reader import Reader
from campaigns.judging.wording import day_words

_MONTHS = 12
_NO_PERIOD = (
    "Tính từ ngày quyết định; nếu quyết định có ghi thời gian đạt thành tích thì nhập để tính từ đó"
)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of a shorter month.

    Never later than the last day of the calendar.
    """
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def within_months(params: Params, reader: Reader) -> Finding:
    """Return whether the day `by` is at most so many months after the day `ends`.

    For achievements that must be counted to within 06 months of the submission.
    """
    ends, by = reader.day(params["ends"]), reader.day(params["by"])
    if ends is None or by is None:
        return unknown()
    months = params["months"]
    last = months_after(ends, months)
    said = f"{day_words(ends)} + {months:02d} tháng = {day_words(last)}; "
    said += f"{day_words(by)} {'≤' if by <= last else '>'} {day_words(last)}"
    return settled(holds=by <= last, arithmetic=said)


def movement_lasted(params: Params, reader: Reader) -> Finding:
    """Return whether a movement ran long enough, or was launched by one who needs no length."""
    launcher = reader.text(params["launched_by"])
    exempt = params.get("exempt", ())
    if launcher is not None and launcher in exempt:
        return met(f"{reader.said(params['launched_by'], launcher)} phát động: không tính số năm")
    since, until = reader.day(params["since"]), reader.day(params["until"])
    if since is None or until is None:
        return unknown()
    enough = months_after(since, params["years"] * _MONTHS)
    said = f"{day_words(since)} + {params['years']:02d} năm = {day_words(enough)}; "
    said += f"{day_words(until)} {'≥' if until >= enough else '<'} {day_words(enough)}"
    if until >= enough:
        return met(f"{said}: đạt")
    if launcher is None and exempt:
        who = ", ".join(reader.said(params["launched_by"], word) for word in exempt)
        return ask(f"Phong trào do ai phát động? Do {who} phát động thì không tính số năm.", said)
    return not_met(f"{said}: không đạt", question=params.get("question", ""))


def exists(params: Params, reader: Reader) -> Finding:
    """Return whether a body still exists on a day; no end known to be there means that it does."""
    if reader.is_none(params["ended"]):
        return met("Đơn vị đang hoạt động: đạt")
    ended, on = reader.day(params["ended"]), reader.day(params["on"])
    if ended is None or on is None:
        return unknown()
    said = f"Giải thể ngày {day_words(ended)}; xét ngày {day_words(on)}"
    return settled(holds=on < ended, arithmetic=said)


def interval(params: Params, reader: Reader) -> Finding:
    """Return whether enough months passed since the last award of the same form.

    They count from the end of the achievement period written in the last decision, else from its
    day (NĐ 152/2025/NĐ-CP, Điều 33.7). Without `months` the time is shown and a person is asked.
    """
    if reader.is_none(params["decided_on"]):
        return met("Chưa được tặng hình thức này: đạt")
    decided, until = reader.day(params["decided_on"]), reader.day(params["until"])
    if decided is None or until is None:
        return unknown()
    stated = reader.day(params["period_to"]) if reader.knows(params["period_to"]) else None
    since, months = stated or decided, params.get("months")
    warnings = () if stated else (_NO_PERIOD,)
    if months is None:
        said = f"Lần khen trước tính đến {day_words(since)}; thành tích này đến {day_words(until)}"
        return ask("Khoảng cách giữa hai lần khen đã đủ theo quy định chưa?", said, warnings)
    enough = months_after(since, months)
    said = f"{day_words(since)} + {months:02d} tháng = {day_words(enough)}; "
    said += f"{day_words(until)} {'≥' if until >= enough else '<'} {day_words(enough)}"
    return settled(holds=until >= enough, arithmetic=said, warnings=warnings)


def no_overlap(params: Params, reader: Reader) -> Finding:
    """Return whether this achievement was not awarded before.

    Days decide only when the periods lie apart; where they meet, a person says whether it is the
    same achievement. What a person said goes before the days.
    """
    same = reader.answer(params["same"]) if reader.knows(params["same"]) else None
    if same is not None:
        return settled(
            holds=not same, arithmetic=f"Cùng một thành tích: {'có' if same else 'không'}"
        )
    if reader.is_none(params["other_until"]):
        return met("Chưa được khen thưởng trước đó: đạt")
    names = ("since", "until", "other_since", "other_until")
    since, until, other_since, other_until = (reader.day(params[name]) for name in names)
    if since is None or until is None or other_since is None or other_until is None:
        return unknown()
    said = (
        f"Thành tích này: {day_words(since)} - {day_words(until)}; "
        f"đã khen: {day_words(other_since)} - {day_words(other_until)}"
    )
    if other_until < since or until < other_since:
        return met(f"{said}; không trùng thời gian: đạt")
    return ask("Có phải cùng một thành tích đã được khen thưởng không?", said)


def by_day(params: Params, reader: Reader) -> Finding:
    """Return whether something was done by its last day."""
    done = reader.day(params["fact"])
    if done is None:
        return unknown()
    last = params["last"]
    said = f"{day_words(done)} {'≤' if done <= last else '>'} {day_words(last)}"
    return settled(holds=done <= last, arithmetic=said)
