"""Whether rules and gates agree with their predicates, with the plan, and with each other."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from campaigns.errors import Problem
from campaigns.judging.catalogue import FACTS
from campaigns.judging.finding import FACT_KINDS, ParamKind
from campaigns.judging.predicates import PREDICATES
from campaigns.judging.rules import AskedKind
from campaigns.judging.stored import param_kinds
from campaigns.schema.checks import known, once
from campaigns.schema.opposed_rules import opposed_rules
from campaigns.schema.spec import Record

LAW = "law."
"""How the keys of rules of law begin; whether they exist is known only when a file is loaded."""
_ABOUT = frozenset({"line", "refs", "clause", "derived", "example"})


def params_of(rule: Record) -> Record:
    """Return a rule's parameters without what the reading of the file put beside them."""
    return {
        name: value
        for name, value in rule["params"].items()
        if name not in _ABOUT and value is not None
    }


def check_rules(facts: Record, targets: Iterable[Any], problems: list[Problem]) -> None:
    """Add what is wrong with a campaign's rules and gates.

    targets   (indicator's key, year, target) of the whole plan
    """
    rules, gates = facts.get("rules") or [], facts.get("gates") or []
    goals = list(targets)
    names = {f"{key}.{year}" for key, year, _target in goals}
    plan_facts = _plan_facts(facts, names)
    own = set(plan_rule_keys(facts, names))
    once(rules, "key", problems)
    for rule in rules:
        if rule["key"] in own:
            text = _("mã “%(key)s” là của một quy tắc trong kế hoạch") % {"key": rule["key"]}
            problems.append(Problem(rule["line"], "DUPLICATE_VALUE", text))
        _rule(rule, plan_facts, problems)
        known(rule["params"].get("targets"), names, rule["params"]["line"], problems)
        _scope(rule, facts, problems)
    _gates(gates, own | {rule["key"] for rule in rules}, problems)
    problems.extend(opposed_rules(facts, goals))


def check_law_rules(facts: Record, problems: list[Problem]) -> None:
    """Add what is wrong with rules of law."""
    once(facts["rules"], "key", problems)
    for rule in facts["rules"]:
        if not rule["clause"]:
            text = _("thiếu khóa “%(key)s”") % {"key": "clause"}
            problems.append(Problem(rule["line"], "MISSING_KEY", text))
        _rule(rule, {key: fact.kind for key, fact in FACTS.items()}, problems)
        known(rule["params"].get("targets"), (), rule["params"]["line"], problems)


def plan_rule_keys(facts: Record, targets: Iterable[str]) -> Iterator[str]:
    """Yield the keys of the rules that follow from the plan itself."""
    yield "subject"
    for occasion in facts.get("awards") or []:
        for item in occasion["items"]:
            yield f"award.{item['key']}"
            for number, _condition in enumerate(item.get("conditions") or [], 1):
                yield f"award.{item['key']}.{number}"
    yield from _criteria_keys(facts)
    for target in targets:
        yield f"target.{target}"


def _criteria_keys(facts: Record) -> Iterator[str]:
    criteria = facts.get("criteria") or {}
    for criterion in criteria.get("general") or []:
        yield f"general.{criterion['n']}"
    if criteria.get("state_level"):
        yield "state.1"
    for group in criteria.get("provincial_level") or []:
        for item in group["items"]:
            yield f"criterion.{group['key']}.{item['n']}"


def _plan_facts(facts: Record, targets: Iterable[str]) -> dict[str, str]:
    """Return the facts that rules may name in this campaign, with their kinds."""
    found: dict[str, str] = {key: fact.kind for key, fact in FACTS.items()}
    for form in facts.get("award_forms") or []:
        found |= {key.format(form=form["key"]): fact.kind for key, fact in FACTS.items()}
    found |= dict.fromkeys(plan_rule_keys(facts, ()), AskedKind.YES_NO)
    return found | {f"target.{target}": AskedKind.PERCENT for target in targets}


def _rule(rule: Record, there: Mapping[str, str], problems: list[Problem]) -> None:
    """Hold one rule against its predicate: parameters, facts, dates."""
    first, last = rule.get("valid_from"), rule.get("valid_to")
    if first and last and last < first:
        text = _("ngày hết hiệu lực trước ngày có hiệu lực")
        problems.append(Problem(rule["line"], "BAD_VALUE", text))
    params, line = params_of(rule), rule["params"]["line"]
    kinds = param_kinds(rule["predicate"])
    for name in PREDICATES[rule["predicate"]].needed:
        if name not in params:
            text = _("phép kiểm tra “%(predicate)s” cần tham số “%(key)s”")
            said = {"predicate": rule["predicate"], "key": name}
            problems.append(Problem(line, "MISSING_KEY", text % said))
    asked = {ask["key"]: ask["kind"] for ask in rule.get("asks") or []}
    for name, value in params.items():
        if name not in kinds:
            text = _("phép kiểm tra “%(predicate)s” không có tham số “%(key)s”")
            said = {"predicate": rule["predicate"], "key": name}
            problems.append(Problem(line, "UNKNOWN_KEY", text % said))
        elif kinds[name] in FACT_KINDS:
            _fact(str(value), kinds[name], {**there, **asked}, line, problems)


def _fact(
    key: str, kind: ParamKind, there: Mapping[str, str], line: int, problems: list[Problem]
) -> None:
    if key not in there:
        near = get_close_matches(key, there, n=1, cutoff=0.6)
        said = {"key": key[:80], "near": near[0] if near else "—"}
        text = _("không có dữ kiện “%(key)s” (gần nhất: %(near)s); khai báo trong asks nếu là mới")
        problems.append(Problem(line, "UNKNOWN_REFERENCE", text % said))
    elif there[key] not in FACT_KINDS[kind]:
        said = {"key": key[:80], "kind": there[key], "wanted": ", ".join(sorted(FACT_KINDS[kind]))}
        text = _("dữ kiện “%(key)s” thuộc loại %(kind)s, ở đây cần %(wanted)s") % said
        problems.append(Problem(line, "WRONG_TYPE", text))


def _scope(rule: Record, facts: Record, problems: list[Problem]) -> None:
    line = rule["line"]
    items = [item["key"] for one in facts.get("awards") or [] for item in one["items"]]
    lists = facts.get("subjects") or {}
    subjects = [
        subject["key"] for part in ("collective", "individual") for subject in lists.get(part) or []
    ]
    known(rule.get("items"), items, line, problems)
    known(rule.get("subjects"), subjects, line, problems)
    forms = [form["key"] for form in facts.get("award_forms") or []]
    known(rule.get("forms"), forms, line, problems)
    if rule.get("basis") and basis_of(rule, facts) is None:
        text = _("căn cứ “%(key)s” không có trong documents hay legal_bases")
        problems.append(Problem(line, "UNKNOWN_REFERENCE", text % {"key": rule["basis"]}))


def basis_of(rule: Record, facts: Record) -> str | None:
    """Return the text that a rule stands on, named by a document's role or a legal base's n."""
    for basis in facts.get("legal_bases") or []:
        if str(basis["n"]) == rule["basis"]:
            return str(basis["text"])
    for paper in facts.get("documents") or []:
        if paper["role"] == rule["basis"]:
            return " ".join(filter(None, [paper.get("type"), paper.get("number")])) or paper["role"]
    return None


def _gates(gates: list[Record], rules: set[str], problems: list[Problem]) -> None:
    once(gates, "move", problems)
    for gate in gates:
        here = [name for name in gate["rules"] if not name.startswith(LAW)]
        known(here, rules, gate["line"], problems)
