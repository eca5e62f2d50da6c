"""What all items of disclosure share: one table that lists and filters across page types with one query."""

import datetime as dt
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.query import PageQuerySet

from disclosure.catalogue.models import CatalogueItem, SubjectTheme
from disclosure.items.blocks import BodyBlocks
from disclosure.items.index_number import next_index_number
from disclosure.items.kinds import ArticleCategory, Kind, Mode, NoticeCategory, Origin, Validity
from portal.departments.models import Department

NEVER_BACKWARDS = _("The date of first publication is set by the system and can't be changed.")


class ItemQuerySet(PageQuerySet):
    """Items of disclosure. `public()` is the one rule of what everybody may see."""

    def public(self) -> "ItemQuerySet":
        """Published, disclosed proactively, and below no page that needs a password or a login."""
        return super().public().filter(live=True, mode=Mode.PROACTIVE)

    def of_validity(self, validity: str, day: dt.date) -> "ItemQuerySet":
        """Those whose validity on `day` is `validity`; what is past its date has lapsed."""
        lapsed = Q(validity=Validity.LAPSED) | Q(validity__in=[Validity.IN_FORCE, Validity.AMENDED], lapses_on__lte=day)
        if validity == Validity.LAPSED:
            return self.filter(lapsed)
        return self.filter(validity=validity).exclude(lapsed)

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

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, editable=False)
    category = models.CharField(_("category"), max_length=30, blank=True, editable=False)
    index_number = models.CharField(_("index number"), max_length=80, unique=True, null=True, blank=True, help_text=_("Given by the system when you save for the first time."))
    summary = models.TextField(_("summary"), blank=True, help_text=_("What it is about, in at most 100 characters."))
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
    subpage_types: ClassVar = []

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
            models.Index(fields=["category", "-published_at"]),
        ]

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
        if self.published_at != self._stored_published_at():
            errors["published_at"] = NEVER_BACKWARDS
        if errors:
            raise ValidationError(errors)

    def _stored_published_at(self) -> dt.datetime | None:
        """The date of first publication in the database; the item's own while that is still empty."""
        stored = DisclosureItem.objects.filter(pk=self.pk).values_list("published_at", flat=True).first() if self.pk else None
        return stored or self.published_at

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Fill what the system decides before Wagtail checks the rest: kind, index number, address."""
        self.fill_in()
        super().full_clean(*args, **kwargs)

    def fill_in(self) -> None:
        """Set what follows from other fields; called before every check and save."""
        if not self.index_number and self.department_id and self.made_on:
            self.index_number = next_index_number(self.department, self.made_on.year)
        if not self.slug and self.index_number:
            self.slug = slug_of(self.index_number)
        self.kind, self.category = self.kind_and_category()

    def kind_and_category(self) -> tuple[str, str]:
        """Kind and category of this item; each page type answers for itself."""
        raise NotImplementedError

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save; at the first publication the system sets its date and keeps the department's name of that day."""
        stored = self._stored_published_at()
        if stored and self.published_at != stored:
            raise ValidationError({"published_at": NEVER_BACKWARDS})
        if self.live and not self.published_at:
            self.published_at = timezone.now()
        if self.live and not self.department_name:
            self.department_name = self.department.name
        return super().save(*args, **kwargs)

    def validity_on(self, day: dt.date) -> str:
        """The validity on `day`: what is past its date has lapsed."""
        if self.validity in (Validity.IN_FORCE, Validity.AMENDED) and self.lapses_on and self.lapses_on <= day:
            return Validity.LAPSED
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
