"""Campaigns to read: the list, one with all its facts, a version, and its file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.yamlwriter import write_campaign
from workflow.pages.campaign_facts import chosen_sections
from workflow.pages.campaigns import (
    access_version,
    campaign_page,
    listed_campaigns,
    may_set_up,
    version_page,
)
from workflow.views.acting import actor_of


@require_safe
def campaign_list(request: HttpRequest) -> HttpResponse:
    """List the campaigns; those who set them up see their drafts too."""
    actor = actor_of(request)
    context = {"campaigns": listed_campaigns(actor), "may_set_up": may_set_up(actor)}
    return render(request, "workflow/campaigns.html", context)


@require_safe
def campaign(request: HttpRequest, key: str) -> HttpResponse:
    """Show one campaign as it is now."""
    page = campaign_page(actor_of(request), key)
    shown = chosen_sections(page.sections, request.GET.get("section", "campaign"))
    return render(request, "workflow/campaign.html", {"page": page, "shown": shown})


@require_safe
def version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show one published version."""
    page = version_page(key, number)
    shown = chosen_sections(page.sections, request.GET.get("section", "campaign"))
    context = {"page": page, "shown": shown, "may_set_up": may_set_up(actor_of(request))}
    return render(request, "workflow/campaign_version.html", context)


@require_safe
def export(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out a version as the file that load_campaign reads."""
    del request
    text = write_campaign(access_version(key, number).contents).text
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="phong-trao-ban-{number}.yaml"'
    return answer
