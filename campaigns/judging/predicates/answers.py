"""Rules that stand on an answer: yes or no, a word, a document, a person's finding."""

from __future__ import annotations

from campaigns.judging.finding import Finding, Params, ask, met, not_met, settled, unknown
from campaigns.judging.reader import Reader


def holds(params: Params, reader: Reader) -> Finding:
    """Return whether a yes-or-no fact is as wanted (yes, unless `wanted` is false).

    Where it is not, `question` says what a person has to do next.
    """
    answer = reader.answer(params["fact"])
    if answer is None:
        return unknown()
    said = f"{reader.label(params['fact'])}: {'có' if answer else 'không'}"
    if answer is params.get("wanted", True):
        return met(f"{said}: đạt")
    return not_met(f"{said}: không đạt", question=params.get("question", ""))


def person_finds(params: Params, reader: Reader) -> Finding:
    """Return what a person found; as long as nobody has, ask.

    For criteria in words ("hoàn thành tốt nhiệm vụ") that no figure settles.
    """
    found = reader.answer(params["fact"])
    if found is None:
        return ask(params.get("question") or "Tiêu chuẩn này đạt hay không đạt? Nêu minh chứng.")
    return settled(holds=found, arithmetic="Người xét kết luận")


def has_document(params: Params, reader: Reader) -> Finding:
    """Return whether the dossier has a document."""
    there = reader.paper(params["fact"])
    if there is None:
        return unknown()
    name = reader.label(params["fact"])
    said = "có trong hồ sơ" if there else "không có trong hồ sơ"
    return settled(holds=there, arithmetic=f"{name}: {said}")


def one_of(params: Params, reader: Reader) -> Finding:
    """Return whether a word is among those allowed."""
    word = reader.text(params["fact"])
    if word is None:
        return unknown()
    fits = word in params["words"]
    said = f"{reader.label(params['fact'])}: {reader.said(params['fact'], word)}"
    if not fits:
        allowed = (reader.said(params["fact"], other) for other in params["words"])
        said = f"{said}; chỉ nhận: {', '.join(allowed)}"
    return settled(holds=fits, arithmetic=said)


def asks_person(params: Params, _reader: Reader) -> Finding:
    """Ask, always: for rules that nothing in the product can settle."""
    return ask(params["question"])
