"""schema.org data of an item, as machines read it (GovernmentService, Legislation, NewsArticle)."""

import datetime as dt
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from disclosure.items.kinds import Kind, Validity

if TYPE_CHECKING:
    from disclosure.items.base import DisclosureItem

Builder = Callable[["DisclosureItem", dict[str, str], dt.date], dict[str, Any]]

ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
FORCE = {Validity.IN_FORCE: "InForce", Validity.AMENDED: "InForce", Validity.LAPSED: "NotInForce", Validity.REPEALED: "NotInForce"}


def structured_data(item: "DisclosureItem", address: str, body_name: str, day: dt.date) -> dict[str, Any]:
    """The data of an item at `address`; `body_name` is the body that publishes it. Empty values are left out."""
    common = {
        "@context": "https://schema.org",
        "name": item.title,
        "url": address,
        "identifier": item.index_number,
        "description": item.summary,
        "inLanguage": "zh-Hans-CN",
    }
    parts = BY_KIND.get(item.kind, _news)(item, {"@type": "GovernmentOrganization", "name": body_name}, day)
    return {name: value for name, value in {**common, **parts}.items() if value}


def _news(item: "DisclosureItem", body: dict[str, str], _day: dt.date) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "headline": item.title,
        "datePublished": item.published_at.isoformat() if item.published_at else "",
        "dateModified": item.updated_at.isoformat() if item.updated_at else "",
        "publisher": body,
    }


def _legislation(item: "DisclosureItem", body: dict[str, str], day: dt.date) -> dict[str, Any]:
    force = FORCE.get(Validity(item.validity_on(day)), "")
    return {
        "@type": "Legislation",
        "legislationIdentifier": item.document_number,
        "legislationType": getattr(item, "genre", ""),
        "legislationDate": item.made_on.isoformat() if item.made_on else "",
        "legislationDateOfApplicability": item.effective_on.isoformat() if item.effective_on else "",
        "legislationLegalForce": f"https://schema.org/{force}" if force else "",
        "legislationPassedBy": body,
        "datePublished": item.published_at.isoformat() if item.published_at else "",
    }


def _service(item: "DisclosureItem", body: dict[str, str], _day: dt.date) -> dict[str, Any]:
    online = getattr(item, "online_url", "")
    return {
        "@type": "GovernmentService",
        "serviceType": item.category,
        "provider": body,
        "serviceOperator": body,
        "availableChannel": {"@type": "ServiceChannel", "serviceUrl": online} if online else None,
    }


BY_KIND: dict[str, Builder] = {Kind.POLICY: _legislation, Kind.GUIDE: _service}


def script_of(data: dict[str, Any]) -> SafeString:
    """The data as a script element that no value can break out of."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
