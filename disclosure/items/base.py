"""What all items of disclosure share: one table that lists and filters across page types with one query."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.utils.decorators import cached_classmethod

from disclosure.catalogue.models import CatalogueItem, SubjectTheme
from disclosure.items.blocks import BodyBlocks
from disclosure.items.forms import ItemForm
from disclosure.items.index_number import next_index_number
from disclosure.items.item_view import item_context
from disclosure.items.kinds import ArticleCategory, Kind, Mode, NoticeCategory, Origin, Validity
from disclosure.items.panels import ITEM_PANELS, METADATA_PANELS, SETTINGS_PANELS, VALIDITY_PANELS, tabs
from disclosure.items.publishing import gaps, summary_warnings
from portal.departments.models import Department

NEVER_BACKWARDS = _("The date of first publication is set by the system and can't be changed.")
NEVER_ANOTHER = _("The index number is given once and stays; this item has %(number)s.")
DRAFT_SLUG = "draft-"
# What belongs to one item for good: no copy takes it along, no older revision brings it back.
LASTING_FIELDS = ("index_number", "published_at", "department_name", "import_source", "import_id", "import_digest")


class ItemQuerySet(PageQuerySet):
    """Items of disclosure. `public()` is the one rule of what everybody may see."""

    def public(self) -> "ItemQuerySet":
        """Published, disclosed proactively, and below no page that needs a password or a login."""
        return super().public().filter(live=True, mode=Mode.PROACTIVE)

    def of_validity(self, validity: str, day: dt.date) -> "ItemQuerySet":
        """Those whose validity on `day` is `validity`; what is past its date has lapsed."""
        past = Q(lapses_on__isnull=False, lapses_on__lte=day)
        rules = {
            Validity.LAPSED: Q(validity=Validity.LAPSED) | (Q(validity__in=[Validity.IN_FORCE, Validity.AMENDED]) & past),
            Validity.REPEALED: Q(validity=Validity.REPEALED) & (Q(lapses_on__isnull=True) | past),
            Validity.AMENDED: Q(validity=Validity.AMENDED) & ~past,
            Validity.IN_FORCE: (Q(validity=Validity.IN_FORCE) & ~past) | Q(validity=Validity.REPEALED, lapses_on__gt=day),
        }
        return self.filter(rules[Validity(validity)])

    def newest_first(self) -> "ItemQuerySet":
        """By date of first publication, the id deciding between equals so that paging never repeats."""
        return self.order_by("-published_at", "-pk")

    def for_list(self) -> "ItemQuerySet":
        """With the department, without the long texts: what a row of a list needs."""
        return self.select_related("department").defer_streamfields()


class ItemTag(TaggedItemBase):
    """A tag of an item."""

    content_object = ParentalKey("disclosure.DisclosureItem", on_delete=models.CASCADE, related_name="tagged_items")


class DisclosureItem(Page):
    """An item of disclosure of whatever page type (standards §1.2, §5.2, §15 rows 26–27)."""

    ItemKind = Kind
    slug: str

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, editable=False)
    category = models.CharField(_("category"), max_length=30, blank=True, editable=False)
    index_number = models.CharField(
        _("index number"), max_length=80, unique=True, null=True, blank=True,
        help_text=_("Leave it empty: the system gives it at the first save. Only a document that already has one brings it along."),
    )
    summary = models.TextField(_("summary"), blank=True, help_text=_("What it is about and from when it holds, in at most 100 characters; don't repeat the title."))
    department = models.ForeignKey(Department, verbose_name=_("publishing department"), on_delete=models.PROTECT, related_name="items")
    department_name = models.CharField(_("department's name when published"), max_length=100, blank=True, editable=False)
    drafting_department = models.ForeignKey(Department, verbose_name=_("drafting department"), null=True, blank=True, on_delete=models.PROTECT, related_name="drafted_items")
    catalogue_item = models.ForeignKey(CatalogueItem, verbose_name=_("catalogue item"), null=True, on_delete=models.PROTECT, related_name="items")
    themes = ParentalManyToManyField(SubjectTheme, verbose_name=_("subject themes"), blank=True, related_name="items")
    tags = ClusterTaggableManager(through=ItemTag, verbose_name=_("tags"), blank=True)
    made_on = models.DateField(_("date of making"), null=True, help_text=_("For a document the day on which it was signed."))
    published_at = models.DateTimeField(_("first published"), null=True, editable=False, db_index=True)
    mode = models.CharField(_("mode of disclosure"), max_length=20, choices=Mode.choices, default=Mode.PROACTIVE)
    validity = models.CharField(_("validity"), max_length=10, choices=Validity.choices, default=Validity.IN_FORCE)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    lapses_on = models.DateField(_("lapses on"), null=True, blank=True, help_text=_("From this day on it is shown as lapsed."))
    origin = models.CharField(_("source"), max_length=10, choices=Origin.choices, default=Origin.OWN)
    source_name = models.CharField(_("source body"), max_length=120, blank=True)
    source_url = models.URLField(_("source address"), max_length=500, blank=True)
    legal_basis = models.TextField(_("legal basis"), blank=True)
    author = models.CharField(_("responsible editor"), max_length=60, blank=True)
    document_number = models.CharField(_("document number"), max_length=80, blank=True, db_index=True)
    import_source = models.CharField(_("imported from"), max_length=60, blank=True, editable=False)
    import_id = models.CharField(_("number at the source"), max_length=120, blank=True, editable=False)
    import_digest = models.CharField(max_length=64, blank=True, editable=False)
    body = StreamField(BodyBlocks(), verbose_name=_("text"), blank=True)

    objects = PageManager.from_queryset(ItemQuerySet)()

    is_creatable = False
    parent_page_types: ClassVar = ["disclosure.DepartmentPage"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = ItemForm
    content_panels = ITEM_PANELS
    promote_panels = METADATA_PANELS
    settings_panels: ClassVar = [*VALIDITY_PANELS, *SETTINGS_PANELS]
    exclude_fields_in_copy: ClassVar = list(LASTING_FIELDS)

    class Meta:
        verbose_name = _("item of disclosure")
        verbose_name_plural = _("items of disclosure")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["import_source", "import_id"], condition=~Q(import_id=""), name="one_item_for_each_source_id"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "-published_at"]),
            models.Index(fields=["department", "-published_at"]),
            models.Index(fields=["catalogue_item", "-published_at"]),
            # Counts of the catalogue and its freshness are read from this index alone, without the long rows.
            models.Index(fields=["mode", "catalogue_item", "department", "published_at"]),
            models.Index(fields=["category", "-published_at"]),
        ]

    @cached_classmethod
    def get_edit_handler(cls) -> Any:  # noqa: N805 - a class method
        """The editor's three tabs, made from the lists of the page type."""
        return tabs(cls.content_panels, cls.promote_panels, cls.settings_panels, cls.base_form_class).bind_to_model(cls)

    def clean(self) -> None:
        """Errors that hold for every page type; raises ValidationError at the fields concerned."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.effective_on and self.lapses_on and self.lapses_on <= self.effective_on:
            errors["lapses_on"] = _("It would lapse before it comes into force.")
        if self.origin == Origin.REPOSTED and not self.source_name:
            errors["source_name"] = _("Say where the text was taken from; reposted information names its source.")
        if self.catalogue_item and self.catalogue_item.needs_basis and not self.legal_basis.strip():
            errors["legal_basis"] = _("Items at “%(leaf)s” name their legal basis.") % {"leaf": self.catalogue_item}
        if self.made_on and self.made_on > timezone.localdate():
            errors["made_on"] = _("The date of making lies in the future.")
        if errors:
            raise ValidationError(errors)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Fill in kind and category, and an address for the time being, before Wagtail checks the rest."""
        self.kind, self.category = self.kind_and_category()
        self.slug = self.slug or f"{DRAFT_SLUG}{uuid.uuid4().hex[:12]}"
        super().full_clean(*args, **kwargs)

    def fill_in(self) -> None:
        """Set what follows from other fields: department, kind, index number, address. Called by every save.

        The index number is taken here and not by a check, so that a form sent in vain ten times uses up none.
        """
        self.kind, self.category = self.kind_and_category()
        if not self.department_id:
            self.department = department_of_parent(self)
        if not self.index_number and self.department_id and self.made_on:
            self.index_number = next_index_number(self.department, self.made_on.year)
        if self.index_number and (not self.slug or self.slug.startswith(DRAFT_SLUG)):
            self.slug = self._get_autogenerated_slug(slug_of(self.index_number))
        self.slug = self.slug or f"{DRAFT_SLUG}{uuid.uuid4().hex[:12]}"

    def kind_and_category(self) -> tuple[str, str]:
        """Kind and category of this item; each page type answers for itself."""
        raise NotImplementedError

    def publishing_gaps(self) -> dict[str, Any]:
        """What must still be filled in before this item may be published: message by field (standards §15 row 26)."""
        return gaps(self, ("title", "summary", "made_on", "catalogue_item"))

    def warnings(self) -> list[Any]:
        """What an inspector would find fault with, though it stops nothing."""
        return summary_warnings(self)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save; at the first publication the system sets its date and keeps the department's name of that day."""
        stored = DisclosureItem.objects.filter(pk=self.pk).only("published_at", "index_number", "live").first() if self.pk else None
        self._keep_for_good(stored)
        if kwargs.get("update_fields") is None:
            self.fill_in()
        if self.live and not (stored and stored.published_at):
            self._go_public(stored, kwargs)
        return super().save(*args, **kwargs)

    def _keep_for_good(self, stored: "DisclosureItem | None") -> None:
        """Raise ValidationError when index number or date of first publication would become another one."""
        if self.published_at and self.published_at > timezone.now():
            raise ValidationError({"published_at": NEVER_BACKWARDS})
        if stored is None:
            return
        if self.published_at != stored.published_at:
            raise ValidationError({"published_at": NEVER_BACKWARDS})
        if stored.index_number and self.index_number != stored.index_number:
            raise ValidationError({"index_number": NEVER_ANOTHER % {"number": stored.index_number}})

    def _go_public(self, stored: "DisclosureItem | None", options: dict[str, Any]) -> None:
        """The first publication. A draft that goes live by whatever way must be complete; a new row that is live already was checked by whoever makes it."""
        if stored and (missing := self.publishing_gaps()):
            raise ValidationError(missing)
        self.published_at = self.published_at or timezone.now()
        self.department_name = self.department_name or self.department.name
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], "published_at", "department_name"}

    def with_content_json(self, content: dict[str, Any]) -> "DisclosureItem":
        """The item as a revision has it, save for what belongs to the item for good and to no revision."""
        item: DisclosureItem = super().with_content_json(content)
        for name in (*LASTING_FIELDS, "department_id"):
            setattr(item, name, getattr(self, name))
        return item

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """The page; what isn't disclosed proactively exists for nobody outside the editor's preview. Raises Http404."""
        if self.mode != Mode.PROACTIVE and not getattr(request, "is_preview", False):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the page shows; `item_view` puts it together for every page type."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **item_context(self, request, DisclosureItem.objects.all(), timezone.localdate())}

    def get_view_restrictions(self) -> models.QuerySet[Any]:
        """The locks on the item and on all pages above it, told from its place in the tree; an alias has those of its source."""
        if self.alias_of_id:
            return super().get_view_restrictions()
        paths = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=paths)

    def validity_on(self, day: dt.date) -> str:
        """The validity on `day`: what is past its date has lapsed, what is repealed from a later day on is still in force."""
        past = self.lapses_on is not None and self.lapses_on <= day
        if self.validity in (Validity.IN_FORCE, Validity.AMENDED) and past:
            return Validity.LAPSED
        if self.validity == Validity.REPEALED and self.lapses_on and not past:
            return Validity.IN_FORCE
        return self.validity

    @property
    def validity_now(self) -> str:
        """The validity today."""
        return self.validity_on(timezone.localdate())

    @property
    def category_label(self) -> str:
        """The category in words; for kinds without categories the kind."""
        for choices in (NoticeCategory, ArticleCategory):
            if (self.kind, self.category) != ("", "") and self.category in choices.values and self.kind == KIND_OF[choices]:
                return str(choices(self.category).label)
        return str(Kind(self.kind).label) if self.kind else ""

    @property
    def updated_at(self) -> dt.datetime | None:
        """更新日期: when it was last changed after the day of its first publication; None when it wasn't."""
        last = self.last_published_at
        if last and self.published_at and timezone.localdate(last) > timezone.localdate(self.published_at):
            return last
        return None


KIND_OF = {NoticeCategory: Kind.NOTICE, ArticleCategory: Kind.ARTICLE}


def department_of_parent(item: DisclosureItem) -> Department | None:
    """The department whose page `item` stands or will stand below; None below other pages."""
    parent = item.get_parent()
    return getattr(parent.specific, "department", None) if parent else None


def slug_of(index_number: str) -> str:
    """The address part of an item: year and serial of its index number, else all of it in letters and digits."""
    tail = index_number.rsplit("/", 1)[-1]
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in tail).strip("-").lower()


class ItemAttachment(Orderable):
    """A file that belongs to an item."""

    item = ParentalKey(DisclosureItem, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey("portal.PublicDocument", verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200, blank=True, help_text=_("Empty: the title of the file."))

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.title or str(self.document.title)
