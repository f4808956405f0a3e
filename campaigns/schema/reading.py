"""From the bytes of a file to checked plans, or to everything that is wrong with it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from campaigns.errors import CampaignFileInvalidError, Problem
from campaigns.schema import award_campaign, judging, legal_grounds, regimes
from campaigns.schema.agreement import check_campaign, check_grounds
from campaigns.schema.judging_agreement import check_law_rules
from campaigns.schema.regimes_agreement import check_regimes
from campaigns.schema.spec import Form, Record, read
from campaigns.yamlsource import Mapping, Node, Scalar, parse

_FORMS: dict[str, Form] = {
    award_campaign.NAME: award_campaign.CAMPAIGN,
    legal_grounds.NAME: legal_grounds.LEGAL_GROUNDS,
    regimes.NAME: regimes.REGIMES,
    judging.NAME: judging.LAW_RULES,
}


@dataclass
class Contents:
    """What a file holds, by schema, in the order of the file."""

    campaigns: list[Record] = field(default_factory=list)
    grounds: list[Record] = field(default_factory=list)
    regimes: list[Record] = field(default_factory=list)
    law_rules: list[Record] = field(default_factory=list)


def read_contents(source: bytes | str) -> Contents:
    """Return the checked documents of a file.

    Raises CampaignFileInvalidError with every problem found: of the text as YAML first, and
    only when there is none, of the documents against their schemas and within themselves.
    """
    documents, problems = parse(source)
    if problems:
        raise CampaignFileInvalidError(problems)
    contents = Contents()
    for document in documents:
        _add(document, contents, problems)
    _no_twins(contents, problems)
    if problems:
        raise CampaignFileInvalidError(problems)
    return contents


def _add(document: Node, contents: Contents, problems: list[Problem]) -> None:
    name = _schema(document)
    if name not in _FORMS:
        words = {"name": name[:60], "known": ", ".join(_FORMS)}
        text = _("schema “%(name)s” không có; các schema đọc được: %(known)s") % words
        problems.append(Problem(document.line, "UNKNOWN_SCHEMA", text))
        return
    before = len(problems)
    facts = read(_FORMS[name], document, problems)
    if len(problems) > before:
        return  # what was left out as wrong would be reported a second time as missing
    if name == award_campaign.NAME:
        check_campaign(facts, problems)
        contents.campaigns.append(facts)
    elif name == legal_grounds.NAME:
        check_grounds(facts, problems)
        contents.grounds.append(facts)
    elif name == regimes.NAME:
        check_regimes(facts, problems)
        contents.regimes.append(facts)
    else:
        check_law_rules(facts, problems)
        contents.law_rules.append(facts)


def _schema(document: Node) -> str:
    if not isinstance(document, Mapping) or "schema" not in document.entries:
        return ""
    node = document.entries["schema"][1]
    return str(node.value) if isinstance(node, Scalar) else ""


def _no_twins(contents: Contents, problems: list[Problem]) -> None:
    seen: set[str] = set()
    for facts in contents.campaigns:
        campaign = facts["campaign"]
        if campaign["key"] in seen:
            text = _("mã phong trào “%(key)s” có hai lần trong tệp") % {"key": campaign["key"]}
            problems.append(Problem(campaign["line"], "DUPLICATE_VALUE", text))
        seen.add(campaign["key"])
