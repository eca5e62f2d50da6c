"""NUL characters never reach the database: PostgreSQL refuses them with an error, and no address of ours holds any."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

NUL, REPLACEMENT = "%00", "%EF%BF%BD"


class RefuseNullCharacters:
    """In a path a NUL means that the address doesn't exist; in a query it becomes the replacement character U+FFFD."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Clean the query before anybody reads it; form fields refuse NUL by themselves."""
        query = request.META.get("QUERY_STRING", "")
        if NUL in query:
            request.META["QUERY_STRING"] = query.replace(NUL, REPLACEMENT)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> None:
        """Refuse before the view runs; raised here it becomes the page for an address that doesn't exist."""
        if "\x00" in request.path:
            raise Http404
