"""Public pages of the disclosure catalogue: the tree with counts, a branch with its items, the themes, the standard table."""

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure.catalogue import standard_table
from disclosure.catalogue.counts import figures_now, public_items, theme_totals_now
from disclosure.catalogue.exports import to_csv, to_xlsx
from disclosure.catalogue.limits import limit_words
from disclosure.catalogue.models import CatalogueItem, SubjectTheme
from disclosure.catalogue.tree import Branch, Tree, catalogue_nodes, grow
from disclosure.items.kinds import ColumnType
from disclosure.items.listing import list_items, read_filters
from portal.departments.models import Department

Context = dict[str, Any]
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEWEST = 5


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The whole catalogue with counts and the newest items. At most 15 queries, whatever the number of items."""
    items = public_items()
    tree = grow(catalogue_nodes(), figures_now(timezone.localdate()))
    for root in tree.roots:
        root.is_open = True
    newest = items.filter(catalogue_item__isnull=False).for_list().newest_first()[:NEWEST]
    context = {"tree": tree, "newest": newest, "crumbs": [{"title": _("Disclosure catalogue")}], **_column(_("Disclosure catalogue"), _column_description())}
    return render(request, "disclosure/catalogue/index.html", context)


@require_safe
def catalogue_item(request: HttpRequest, code: str) -> HttpResponse:
    """A branch or leaf: what it is, who is responsible, until when, and its items. At most 15 queries, whatever the number of items."""
    day = timezone.localdate()
    items = public_items()
    tree = grow(catalogue_nodes(), figures_now(day))
    if code not in tree.by_code:
        return _moved(code)
    tree.mark(code)
    branch = tree.by_code[code]
    listing = list_items(items.filter(catalogue_item__in=[below.node.pk for below in branch.walk()]), read_filters(request.GET), day)
    node = branch.node
    context = {
        "tree": tree, "branch": branch, "listing": listing, "crumbs": _crumbs(tree, code),
        **_responsibility(branch), **_column(node.name, node.description or _column_description()),
    }
    return render(request, "disclosure/catalogue/item.html", context)


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    """The subject themes with counts; each leads to the list of its items. At most 15 queries, whatever the number of items."""
    totals = theme_totals_now()
    tree = grow(SubjectTheme.objects.tree_order(), {})
    rows = [(root, totals.get(root.node.pk, 0), [(child, totals.get(child.node.pk, 0)) for child in root.children]) for root in tree.roots]
    crumbs = [{"title": _("Disclosure catalogue"), "url": reverse("catalogue")}, {"title": _("Subject themes")}]
    context = {"rows": rows, "crumbs": crumbs, **_column(_("Subject themes"), _("Public information, arranged by subject."))}
    return render(request, "disclosure/catalogue/themes.html", context)


@require_safe
def standard(request: HttpRequest) -> HttpResponse:
    """The standard table as a page made for printing. At most 15 queries, whatever the size of the catalogue."""
    choice = _choice(request)
    rows = _rows(choice)
    branches = CatalogueItem.objects.filter(depth__lte=2).tree_order().only("code", "name", "depth")
    crumbs = [{"title": _("Disclosure catalogue"), "url": reverse("catalogue")}, {"title": _("Standard catalogue")}]
    context = {
        "rows": rows, "choice": choice, "query": request.GET.urlencode(), "title": _title(choice), "groups": standard_table.COLUMN_GROUPS, "crumbs": crumbs,
        "branches": branches, "departments": Department.objects.filter(catalogue_items__isnull=False).distinct().only("slug", "short_name", "name"),
        "levels": _level_words(), **_column(_title(choice), _column_description()),
    }
    return render(request, "disclosure/catalogue/standard.html", context)


@require_safe
def standard_csv(request: HttpRequest) -> HttpResponse:
    """The standard table as CSV, with the same choices as the page."""
    choice = _choice(request)
    return _download(to_csv(_rows(choice)), "text/csv; charset=utf-8", f"standard-catalogue{_suffix(choice)}.csv")


@require_safe
def standard_xlsx(request: HttpRequest) -> HttpResponse:
    """The standard table as XLSX, with the same choices as the page."""
    choice = _choice(request)
    return _download(to_xlsx(_rows(choice), _title(choice)), XLSX_TYPE, f"standard-catalogue{_suffix(choice)}.xlsx")


def _moved(code: str) -> HttpResponse:
    """The new address of a node that bore `code` before; 404 when there was none."""
    node = CatalogueItem.objects.having_had(code).first()
    if node is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse("catalogue_item", args=[node.code]))


def _crumbs(tree: Tree, code: str) -> list[Context]:
    """From the catalogue down to `code`; the top-level branch is only an order of the tree and is left out above others."""
    path = tree.path_to(code)
    shown = path[1:] if len(path) > 1 else path
    above = [{"title": branch.node.name, "url": reverse("catalogue_item", args=[branch.node.code])} for branch in shown[:-1]]
    return [{"title": _("Disclosure catalogue"), "url": reverse("catalogue")}, *above, {"title": shown[-1].node.name}]


def _responsibility(branch: Branch) -> Context:
    """Rows of the standard table below the branch; for a leaf also who is responsible and until when."""
    if branch.node.depth < 2 and not branch.is_leaf:
        return {}
    leaves = [below.node for below in branch.leaves()]
    prefetch_related_objects(leaves, standard_table.responsible())
    rows = standard_table.table_rows(leaves)
    context: Context = {"rows": rows, "groups": standard_table.COLUMN_GROUPS}
    if branch.is_leaf and rows:
        context |= {"bodies": rows[0].bodies, "limit": limit_words(rows[0].leaf), "leaf": rows[0].leaf}
    return context


def _column(name: str, description: str) -> Context:
    """Meta tags and place in the main navigation, the same for all pages of the catalogue."""
    keywords = ",".join(dict.fromkeys([_("Disclosure catalogue"), name]))
    return {"column": {"name": name, "description": description, "keywords": keywords, "type": ColumnType.CATALOGUE.value}, "nav": "catalogue"}


def _column_description() -> str:
    return _("What must be public by law, arranged by subject and department.")


def _choice(request: HttpRequest) -> dict[str, str]:
    """Which part of the table is asked for; a code, department or level that doesn't exist is a 404, not an empty table."""
    choice = {name: request.GET.get(name, "").strip() for name in ("branch", "department", "level")}
    if choice["branch"] and not CatalogueItem.objects.filter(code=choice["branch"]).exists():
        raise Http404
    if choice["department"] and not Department.objects.filter(slug=choice["department"]).exists():
        raise Http404
    if choice["level"] and choice["level"] not in standard_table.LEVELS:
        raise Http404
    return choice


def _rows(choice: dict[str, str]) -> Sequence[standard_table.Row]:
    return standard_table.table_rows(standard_table.select_leaves(**choice))


def _title(choice: dict[str, str]) -> str:
    """“Standard catalogue” with what it was narrowed to."""
    parts = [
        *CatalogueItem.objects.filter(code=choice["branch"]).values_list("name", flat=True),
        *Department.objects.filter(slug=choice["department"]).values_list("short_name", flat=True),
        *([str(_level_words()[choice["level"]])] if choice["level"] else []),
    ]
    return _("Standard catalogue: %(parts)s") % {"parts": "、".join(parts)} if parts else _("Standard catalogue")


def _level_words() -> dict[str, str]:
    return {"county": _("county level"), "township": _("township level"), "village": _("village level")}


def _suffix(choice: dict[str, str]) -> str:
    """Part of a file name, in letters that every system can store."""
    chosen = [value for value in choice.values() if value]
    return "".join(f"-{value}" for value in [*chosen, f"{timezone.localdate():%Y%m%d}"])


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
