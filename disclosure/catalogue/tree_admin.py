"""Catalogue and themes in the admin: one list in the order of the tree, forms, moving, and a deletion that explains its refusal."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from disclosure.catalogue.forms import CatalogueItemForm, NodeForm, PlaceForm
from disclosure.catalogue.models import CatalogueItem, SubjectTheme, TreeNode
from disclosure.catalogue.moving import next_code, place_after, reasons_to_keep
from disclosure.items.widgets import FilteredCheckboxes


class TreeIndexView(IndexView):
    """All nodes in the order of the tree, moved in by their depth."""

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """The name at its depth, then what the view set asks for."""
        title = self._get_title_column("padded_name")
        title.label = capfirst(_now("name"))
        title.sort_key = None
        return [title, *(column if isinstance(column, BaseColumn) else self._get_custom_column(column) for column in self.list_display[1:])]

    def get_list_more_buttons(self, instance: TreeNode) -> list[MenuItem]:
        """Besides edit and delete: add a child, move."""
        buttons: list[MenuItem] = super().get_list_more_buttons(instance)
        if self.get_add_url():
            buttons.append(MenuItem(_("Add an entry below"), url=f"{self.get_add_url()}?parent={instance.pk}", icon_name="plus", priority=12))
        if self.get_edit_url(instance):
            address = reverse(self.edit_url_name.replace(":edit", ":move"), args=[instance.pk])
            buttons.append(MenuItem(_("Change the order"), url=address, icon_name="order", priority=14))
        return buttons


class NodeCreateView(CreateView):
    """A new node; below a given one it proposes the next free code."""

    def get_initial(self) -> dict[str, Any]:
        """Parent and code from `?parent=<id>`; a number that is no node is left out."""
        wanted = self.request.GET.get("parent", "")
        parent = self.model.nodes().filter(pk=int(wanted)).first() if wanted.isascii() and wanted.isdecimal() and len(wanted) < 18 else None
        return {**super().get_initial(), **({"parent": parent.pk, "code": next_code(self.model, parent)} if parent else {})}

    def get_initial_form_instance(self) -> TreeNode:
        """An empty node; the values come as initial data, so that they stay when the form has errors."""
        node: TreeNode = self.model()
        return node

    def get_form_kwargs(self) -> dict[str, Any]:
        """Wagtail's form takes values from an instance; ours come from the address."""
        return {**super().get_form_kwargs(), "initial": self.get_initial()}


class NodeDeleteView(DeleteView):
    """Refuses what would tear the tree or leave items without a place, and says why."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Back to the form with the reasons; else Wagtail's own confirmation."""
        reasons = reasons_to_keep(self.object)
        if reasons and self.user_has_permission("delete"):
            text = _now("“%(name)s” can't be deleted: %(reasons)s. Move or refile them first.")
            messages.error(request, text % {"name": self.object.name, "reasons": _now("; ").join(reasons)})
            return HttpResponseRedirect(reverse(self.edit_url_name, args=[self.object.pk]))
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


class TreeViewSet(ModelViewSet):
    """What the two trees share."""

    index_view_class = TreeIndexView
    add_view_class = NodeCreateView
    edit_view_class = EditView
    delete_view_class = NodeDeleteView
    ordering = "sort_path"
    list_per_page = 400
    copy_view_enabled = False
    search_fields: ClassVar = ["name", "code"]

    def move_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One small form: after which sibling the node stands."""
        node = get_object_or_404(self.model, pk=pk)
        if not self.permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        form = PlaceForm(request.POST or None, node=node)
        if request.method == "POST" and form.is_valid():
            place_after(node, form.cleaned_data["before"])
            messages.success(request, _now("“%(name)s” has its new place.") % {"name": node.name})
            return HttpResponseRedirect(reverse(self.get_url_name("index")))
        context = {"form": form, "node": node, "index_url": reverse(self.get_url_name("index")), "icon": self.icon}
        return render(request, "disclosure/catalogue/admin/move.html", context)

    def get_urlpatterns(self) -> list[URLPattern]:
        """The address of the move form besides Wagtail's own."""
        return [*super().get_urlpatterns(), path("move/<int:pk>/", self.move_view, name="move")]


class CatalogueViewSet(TreeViewSet):
    """The disclosure catalogue."""

    model = CatalogueItem
    name = "catalogue_item_admin"
    url_prefix = "disclosure-catalogue"
    icon = "list-ol"
    menu_label = _("Disclosure catalogue")
    list_display: ClassVar = [
        "name", "code",
        Column("limit_amount", label=_("Time limit"), accessor=lambda item: f"{item.limit_amount} {item.get_limit_unit_display()}" if item.limit_amount else ""),
        Column("cycle", label=_("Update cycle"), accessor=lambda item: item.get_cycle_display() if item.elements else ""),
    ]
    list_filter: ClassVar = ["departments", "cycle"]
    panels = [
        MultiFieldPanel([FieldPanel("parent"), FieldPanel("code"), FieldPanel("name"), FieldPanel("description"), FieldPanel("article")], heading=_("What it is")),
        MultiFieldPanel([FieldPanel("elements"), FieldPanel("basis"), FieldPanel("needs_basis")], heading=_("Content and legal basis")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("limit_amount"), FieldPanel("limit_unit"), FieldPanel("limit_from")]), FieldPanel("cycle")], heading=_("Until when"),
        ),
        MultiFieldPanel([FieldPanel("departments", widget=FilteredCheckboxes)], heading=_("Who is responsible")),
        MultiFieldPanel(
            [
                FieldPanel("channels"), FieldRowPanel([FieldPanel("audience"), FieldPanel("audience_note")]), FieldPanel("mode"),
                FieldRowPanel([FieldPanel("county_level"), FieldPanel("township_level"), FieldPanel("village_level")]),
            ],
            heading=_("How and for whom"),
        ),
    ]
    edit_handler = ObjectList(panels, base_form_class=CatalogueItemForm)


class ThemeViewSet(TreeViewSet):
    """The subject themes."""

    model = SubjectTheme
    name = "subject_theme_admin"
    url_prefix = "subject-themes"
    icon = "tag"
    menu_label = _("Subject themes")
    list_display: ClassVar = ["name", "code"]
    panels = [FieldPanel("parent"), FieldPanel("code"), FieldPanel("name")]
    edit_handler = ObjectList(panels, base_form_class=NodeForm)


class CatalogueGroup(ModelViewSetGroup):
    """Both trees under one entry of the menu."""

    menu_label = _("Catalogue")
    menu_icon = "list-ol"
    menu_order = 210
    items = (CatalogueViewSet("catalogue_item_admin"), ThemeViewSet("subject_theme_admin"))
