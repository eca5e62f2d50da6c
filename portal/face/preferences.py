"""Display settings: kept in a cookie, changed by plain links or a form, with a safe way back."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.face.look import COOKIE, COOKIE_SECONDS, VALUES, Look

LANGUAGE = "language"


@never_cache
@require_safe
def preferences(request: HttpRequest) -> HttpResponse:
    """Store what the address names and go back to `next`; without anything to store show the form."""
    if not any(name in request.GET for name in (*VALUES, LANGUAGE)):
        return render(request, "portal/preferences.html", {"look": Look.of(request), "next": way_back(request), "now_language": get_language()})
    response = redirect(way_back(request))
    keep_look(request, response)
    keep_language(request, response)
    return response


def way_back(request: HttpRequest) -> str:
    """The page to return to: `next` when it is on this site, else the home page."""
    wanted = request.GET.get("next", "")
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if safe else "/"


def keep_look(request: HttpRequest, response: HttpResponse) -> None:
    """Set the cookie of the look, or take it away when everything is standard."""
    look = Look.of(request).changed(request.GET)
    if look.cookie:
        response.set_cookie(COOKIE, look.cookie, max_age=COOKIE_SECONDS, secure=request.is_secure(), httponly=True, samesite="Lax")
    else:
        response.delete_cookie(COOKIE)


def keep_language(request: HttpRequest, response: HttpResponse) -> None:
    """Set Django's language cookie when the address names a language of the site."""
    wanted = request.GET.get(LANGUAGE, "")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, max_age=COOKIE_SECONDS, secure=request.is_secure(), httponly=True, samesite="Lax")
