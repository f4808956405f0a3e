"""Whether the parts of a file agree with each other: keys once, references met, no nonsense."""

from django.utils.translation import gettext as _

from campaigns.deciders import LEVELS, decider_of
from campaigns.errors import Problem
from campaigns.routes import check_routes
from campaigns.schema.award_campaign import COMPARATORS
from campaigns.schema.checks import known as _known
from campaigns.schema.checks import once as _once
from campaigns.schema.contradictions import check_contradictions, targets_of
from campaigns.schema.judging_agreement import check_rules
from campaigns.schema.score_agreement import check_scores
from campaigns.schema.spec import Record
from campaigns.spelling import slug, words

ALL_OF = ("collective", "individual")
"""The two words by which an award names a whole list of the plan."""

_KEYED = {
    "bodies": "key",
    "desks": "desk",
    "legal_bases": "n",
    "documents": "role",
    "emulation_contents": "n",
    "award_forms": "key",
    "awards": "key",
    "procedure": "step",
    "anomalies": "key",
}


def check_campaign(facts: Record, problems: list[Problem]) -> None:
    """Add what disagrees within one campaign document."""
    period = facts["campaign"]["period"]
    if period["from"] > period["to"]:
        text = _("năm bắt đầu sau năm kết thúc")
        problems.append(Problem(period["line"], "BAD_VALUE", text))
    for part, name in _KEYED.items():
        _once(facts.get(part) or [], name, problems)
    if isinstance(facts.get("milestones"), list):
        _once(facts["milestones"], "key", problems)
    dossier = facts.get("dossier") or {}
    _once(dossier.get("components") or [], "key", problems)
    _once(dossier.get("sets") or [], "award", problems)
    _once([gap for gap in facts.get("not_in_source") or [] if gap.get("key")], "key", problems)
    _counts(facts, problems)
    _once(fields_of(facts), "key", problems)
    _desks(facts, problems)
    subjects = _subjects(facts, problems)
    lists = facts.get("subjects") or {}
    _awards(facts, [*subjects, *(part for part in ALL_OF if lists.get(part))], problems)
    indicators = _indicators(facts, problems)
    _criteria(facts, subjects, indicators, problems)
    check_routes(facts.get("route") or [], problems)
    check_contradictions(facts, problems)
    check_rules(facts, _all_targets(facts), problems)
    check_scores(facts, subjects, indicators, problems)


def check_grounds(facts: Record, problems: list[Problem]) -> None:
    """Add what disagrees within the list of legal grounds."""
    _once(facts["grounds"], "key", problems)
    _once(facts.get("not_in_source") or [], "key", problems)
    for ground in facts["grounds"]:
        if ground.get("valid_to") and ground["valid_to"] < ground["valid_from"]:
            text = _("ngày hết hiệu lực trước ngày có hiệu lực")
            problems.append(Problem(ground["line"], "BAD_VALUE", text))


def _counts(facts: Record, problems: list[Problem]) -> None:
    """Hold the numbers that a plan states of itself against what is listed."""
    for part in [facts.get("priority_fields") or {}, *(facts.get("awards") or [])]:
        stated, listed = part.get("count_stated"), len(part.get("items") or [])
        if stated is not None and stated != listed:
            said = {"stated": stated, "listed": listed}
            text = _("kế hoạch nêu %(stated)d nhưng tệp có %(listed)d mục") % said
            problems.append(Problem(part["line"], "BAD_VALUE", text))


def fields_of(facts: Record) -> list[Record]:
    """Return the priority fields of a plan, each with a key and the place of the whole list."""
    part = facts.get("priority_fields") or {}
    return [
        item
        | {"key": item.get("key") or slug(item["name"])[:60]}
        | {"refs": item["refs"] or part["refs"], "clause": item["clause"] or part["clause"]}
        for item in part.get("items") or []
    ]


def _desks(facts: Record, problems: list[Problem]) -> None:
    bodies = [body["key"] for body in facts.get("bodies") or []]
    for desk in facts.get("desks") or []:
        _known([desk["body"]], bodies, desk["line"], problems)


def _subjects(facts: Record, problems: list[Problem]) -> list[str]:
    subjects = facts.get("subjects") or {}
    listed = [subject for part in ALL_OF for subject in subjects.get(part) or []]
    _once(listed, "key", problems)
    letters = {
        group["key"] for group in (facts.get("criteria") or {}).get("provincial_level") or []
    }
    for subject in listed:
        if subject.get("criteria"):
            _known([subject["criteria"]], letters, subject["line"], problems)
    return [subject["key"] for subject in listed]


def _awards(facts: Record, subjects: list[str], problems: list[Problem]) -> None:
    forms = facts.get("award_forms") or []
    for form in forms:
        if LEVELS[form["decider"]] != form["level"]:
            text = _("cấp và người quyết định không khớp nhau")
            problems.append(Problem(form["line"], "BAD_VALUE", text))
    for occasion in facts.get("awards") or []:
        _once(occasion["items"], "key", problems)
        for item in occasion["items"]:
            _known(item["for"], subjects, item["line"], problems)
            if not item["for"]:
                text = _("mục khen thưởng không nêu đối tượng nào")
                problems.append(Problem(item["line"], "BAD_VALUE", text))
            _award_item(item, forms, problems)


def _award_item(item: Record, forms: list[Record], problems: list[Problem]) -> None:
    decider = decider_of(item["decided_by"])
    if decider is None:
        said = {"who": item["decided_by"][:80]}
        text = _("không rõ “%(who)s” là thẩm quyền nào") % said
        problems.append(Problem(item["line"], "UNKNOWN_REFERENCE", text))
        return
    if not forms:
        return
    form = declared_form(item["form"], forms)
    if form is None:
        text = _("hình thức “%(form)s” không có trong award_forms") % {"form": item["form"][:80]}
        problems.append(Problem(item["line"], "UNKNOWN_REFERENCE", text))
    elif form["decider"] != decider:
        text = _("người quyết định khác với award_forms (dòng %(line)d)") % {"line": form["line"]}
        problems.append(Problem(item["line"], "BAD_VALUE", text))


def declared_form(printed: str, forms: list[Record]) -> Record | None:
    """Return the declared form that the printed name spells, in full or by another name of it."""
    said = words(printed)
    for form in forms:
        spellings = [form["name"], form.get("short_name") or "", *(form.get("names") or [])]
        if any(said == words(spelling) for spelling in spellings):
            return form
    return None


def _indicators(facts: Record, problems: list[Problem]) -> list[str]:
    indicators = facts.get("indicators")
    if not indicators:
        return []
    _once(indicators["items"], "key", problems)
    pillars = [name for name in indicators["pillars"] if name not in _ABOUT]
    for item in indicators["items"]:
        _known([item["pillar"]], pillars, item["line"], problems)
        for year, target in targets_of(item):
            _target(year, target, problems)
    return [item["key"] for item in indicators["items"]]


_ABOUT = frozenset({"line", "refs", "clause", "derived", "example"})


def _all_targets(facts: Record) -> list[tuple[str, int, Record]]:
    items = (facts.get("indicators") or {}).get("items") or []
    return [(item["key"], year, target) for item in items for year, target in targets_of(item)]


def _target(year: int, target: Record, problems: list[Problem]) -> None:
    meant = COMPARATORS[target["cmp"]]
    if target.get("op") not in {None, meant}:
        said = {"year": year, "cmp": target["cmp"], "op": meant}
        text = _("năm %(year)d: “%(cmp)s” nghĩa là %(op)s") % said
        problems.append(Problem(target["line"], "BAD_VALUE", text))
    if target["derived"].get("op") not in {None, ">", ">="}:
        text = _("derived_op phải là > hoặc >=")
        problems.append(Problem(target["line"], "BAD_VALUE", text))


def _criteria(
    facts: Record, subjects: list[str], indicators: list[str], problems: list[Problem]
) -> None:
    criteria = facts.get("criteria") or {}
    pillars = (facts.get("indicators") or {}).get("pillars") or {}
    _once(criteria.get("general") or [], "n", problems)
    groups = criteria.get("provincial_level") or []
    _once(groups, "key", problems)
    for group in groups:
        _known(group["for"], subjects, group["line"], problems)
        _once(group["items"], "n", problems)
    for criterion in [*(criteria.get("general") or []), *_all_items(groups)]:
        line = criterion["line"]
        _known(criterion.get("for"), subjects, line, problems)
        _known(criterion.get("pillars"), set(pillars) - _ABOUT, line, problems)
        read_as = criterion["derived"].get("indicators")
        if read_as is not None and not isinstance(read_as, list):
            text = _("derived_indicators phải là một danh sách")
            problems.append(Problem(line, "WRONG_TYPE", text))
        else:
            _known([str(key) for key in read_as or []], indicators, line, problems)


def _all_items(groups: list[Record]) -> list[Record]:
    return [item for group in groups for item in group["items"]]
