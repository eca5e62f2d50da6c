"""The context of an item's page: what all page types share, and what each adds. Reads only; every query of the page starts here.

Queries, whatever the number of items: what it belongs to 1, themes and tags 1, attachments 1, locks and companions 2,
then relations 1 for a document, or materials, steps and questions 3 for a guide.
"""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse

from disclosure.items import guide_view, notice_view, policy_view
from disclosure.items.companions import companions_of
from disclosure.items.head import NAVIGATION, answering_now, article_of, column_of, crumbs_of, facts_of, publisher, words_of
from disclosure.items.kinds import ArticleCategory, Kind, Origin
from disclosure.items.outline import outline_of
from disclosure.items.structured import script_of, structured_data
from disclosure.items.visits import visits_of

if TYPE_CHECKING:
    from disclosure.items.base import DisclosureItem, ItemQuerySet

Context = dict[str, Any]
BELONGS_TO = ("department__page", "department__successor__page", "department__successor__successor", "drafting_department", "catalogue_item", "visit_count")
IMAGE_SIZE = "width-1200"
KEY_FACTS = {Kind.POLICY: 2}
"""How many of the first facts are set larger."""


def item_context(item: Any, request: HttpRequest, items: "ItemQuerySet", day: dt.date) -> Context:
    """Everything the template of `item` needs; `items` are all items, `day` is today. Works for unsaved items of a preview too."""
    visits = load_surroundings(item, items)
    words = words_of(item)
    relations = policy_view.relations_of(item) if item.kind == Kind.POLICY else []
    companions = companions_of(item, items, policy_view.partners(item, relations))
    outline = outline_of(item.body, FIXED_ANCHORS)
    address = item.get_full_url(request) or request.build_absolute_uri(request.path)
    context: Context = {
        "words": words,
        "outline": outline,
        "entries": outline.entries,
        "facts": facts_of(item, words, day),
        "key_facts": KEY_FACTS.get(item.kind, 0),
        "publisher": publisher(item),
        "answering_now": answering_now(item),
        "is_reposted": item.origin == Origin.REPOSTED,
        "companions": companions,
        "attachments": list(item.attachments.select_related("document").all()),
        "address": address,
        "crumbs": crumbs_of(item),
        "column": column_of(item),
        "article": article_of(item, words, address),
        "nav": NAVIGATION.get(item.kind, ""),
        "structured": script_of(structured_data(item, address, publisher(item), day)),
        **_by_number(item, visits),
    }
    add = BY_KIND.get(item.kind)
    return {**context, **add(item, context, relations, day)} if add else context


def _by_number(item: "DisclosureItem", visits: int) -> Context:
    """What only a saved page has: visits, a code to scan, a way to report an error."""
    if item.pk is None:
        return {}
    return {
        "visits": visits_of(item.pk, visits),
        "qr_address": reverse("page_qr", args=[item.pk]),
        "report_address": f"{reverse('report_error')}?page={item.pk}",
    }


def load_surroundings(item: Any, items: "ItemQuerySet") -> int:
    """Fetch all that the item belongs to with one query, and return its visits as stored.

    Fields that a preview has changed keep what the editor chose.
    """
    stored = items.filter(pk=item.pk).order_by().select_related(*BELONGS_TO).defer_streamfields().first() if item.pk else None
    if stored is None:
        return 0
    for name in ("department", "drafting_department", "catalogue_item"):
        if getattr(stored, f"{name}_id") == getattr(item, f"{name}_id"):
            setattr(item, name, getattr(stored, name))
    count = getattr(stored, "visit_count", None)
    return count.total if count else 0


def _policy(item: Any, context: Context, relations: list[Any], day: dt.date) -> Context:
    return {"story": policy_view.story_of(item, relations, context["companions"], day)}


def _guide(item: Any, context: Context, _relations: list[Any], _day: dt.date) -> Context:
    materials = list(item.materials.select_related("blank_form", "sample").all())
    parts: Context = {
        "materials": materials,
        "steps": list(item.steps.all()),
        "questions": list(item.questions.all()),
        "spans": guide_view.spans_of(item),
        "answers": guide_view.answers_of(item, materials),
        "audience": guide_view.audience_of(item),
    }
    return {**parts, "entries": guide_view.sections_of({**context, **parts}, item)}


def _notice(item: Any, _context: Context, _relations: list[Any], day: dt.date) -> Context:
    return {"fields": notice_view.fields_of(item), "period": notice_view.period_of(item, day)}


def _article(item: Any, _context: Context, _relations: list[Any], _day: dt.date) -> Context:
    return {"is_leader": item.article_kind == ArticleCategory.LEADER}


BY_KIND: dict[str, Callable[[Any, Context, list[Any], dt.date], Context]] = {
    Kind.POLICY: _policy,
    Kind.GUIDE: _guide,
    Kind.NOTICE: _notice,
    Kind.ARTICLE: _article,
}
FIXED_ANCHORS = {"main", "can", "need", "time", "cost", "where", "steps", "result", "more", "faq", "law", "reading", "story", "text", "files", "share"}
