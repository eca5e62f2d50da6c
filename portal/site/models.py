"""What a county sets once for its whole site: names, numbers, contacts, patterns, thresholds."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from portal.site.index_pattern import check_pattern


@register_setting(icon="cogs")
class PortalSettings(BaseSiteSetting):
    """Site settings; the footer of every page (standards §3.3) and the meta tags (§3.2) are made from them."""

    site_name = models.CharField(_("site name"), max_length=100, default="", blank=True)
    tagline = models.CharField(_("line under the site name"), max_length=100, blank=True)
    site_domain = models.CharField(_("domain"), max_length=100, blank=True)
    site_id_code = models.CharField(_("site identification code"), max_length=20, blank=True)
    emblem = models.ForeignKey(
        "portal.PublicImage", verbose_name=_("national emblem"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("The standard image from npc.gov.cn; shown in the head of every page (National Emblem Law, Art. 6 and 7)."),
    )
    organiser = models.CharField(_("organiser (主办单位)"), max_length=100, blank=True)
    operator = models.CharField(_("operator (承办单位)"), max_length=100, blank=True)
    hotline = models.CharField(_("hotline"), max_length=30, default="12345", blank=True)
    office_name = models.CharField(_("disclosure office"), max_length=100, blank=True)
    office_address = models.CharField(_("address of the disclosure office"), max_length=200, blank=True)
    office_hours = models.CharField(_("hours of the disclosure office"), max_length=100, blank=True)
    office_phone = models.CharField(_("phone of the disclosure office"), max_length=60, blank=True)
    office_fax = models.CharField(_("fax of the disclosure office"), max_length=60, blank=True)
    office_email = models.EmailField(_("e-mail of the disclosure office"), blank=True)
    icp_number = models.CharField(_("ICP filing number"), max_length=60, blank=True)
    police_number = models.CharField(_("public security filing number"), max_length=60, blank=True)
    party_organ_mark_url = models.URLField(_("address of the party and government organ mark"), blank=True)
    party_organ_mark = models.ForeignKey(
        "portal.PublicImage", verbose_name=_("party and government organ mark"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
    )
    error_report_url = models.URLField(_("national “find errors” address"), blank=True, help_text=_("The address that the State Council's platform gives to this site."))
    error_report_mark = models.ForeignKey(
        "portal.PublicImage", verbose_name=_("national “find errors” mark"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
    )
    supports_ipv6 = models.BooleanField(_("reachable by IPv6"), default=False)

    alarm_title = models.CharField(_("emergency banner: title"), max_length=80, blank=True)
    alarm_text = models.TextField(_("emergency banner: text"), blank=True)
    alarm_link = models.URLField(_("emergency banner: more about it"), blank=True)
    alarm_audio = models.ForeignKey("portal.PublicDocument", verbose_name=_("emergency banner: audio"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    alarm_until = models.DateTimeField(_("emergency banner: shown until"), null=True, blank=True)

    index_number_pattern = models.CharField(
        _("pattern of index numbers"), max_length=80, default="{code}/{year}-{serial:05d}", validators=[check_pattern],
        help_text=_("Parts: {code} credit code, {year} year, {serial:05d} serial number per department and year."),
    )
    summary_limit = models.PositiveSmallIntegerField(
        _("longest summary without a warning"), default=100, validators=[MinValueValidator(20)],
        help_text=_("Characters; rules for index numbers and catalogues ask for at most 100."),
    )
    veto_stale_news = models.PositiveSmallIntegerField(
        _("overdue columns of news, notices and policies that veto the site"), default=5, validators=[MinValueValidator(1)],
        help_text=_("Inspection indicators 2019, 栏目不更新 (a); provinces set other numbers."),
    )
    veto_stale_other = models.PositiveSmallIntegerField(
        _("other overdue columns that veto the site"), default=10, validators=[MinValueValidator(1)], help_text=_("Inspection indicators 2019, 栏目不更新 (b)."),
    )
    veto_empty = models.PositiveSmallIntegerField(
        _("empty columns that veto the site"), default=5, validators=[MinValueValidator(1)], help_text=_("Inspection indicators 2019, 栏目不更新 (c)."),
    )
    calendar_warning_month = models.PositiveSmallIntegerField(
        _("warn from this month when next year's holidays are missing"), default=11, validators=[MinValueValidator(1)],
        help_text=_("The State Council publishes the notice in late October or November."),
    )

    panels = [
        MultiFieldPanel([FieldPanel(n) for n in ("site_name", "tagline", "site_domain", "site_id_code", "emblem")], heading=_("Site")),
        MultiFieldPanel(
            [FieldPanel(n) for n in ("alarm_title", "alarm_text", "alarm_link", "alarm_audio", "alarm_until")], heading=_("Emergency banner"),
        ),
        MultiFieldPanel(
            [FieldPanel(n) for n in ("organiser", "operator", "hotline", "office_name", "office_address", "office_hours", "office_phone", "office_fax", "office_email")],
            heading=_("Who runs the site"),
        ),
        MultiFieldPanel(
            [FieldPanel(n) for n in ("icp_number", "police_number", "party_organ_mark", "party_organ_mark_url", "error_report_mark", "error_report_url", "supports_ipv6")],
            heading=_("Filing numbers and marks"),
        ),
        MultiFieldPanel(
            [FieldPanel(n) for n in ("index_number_pattern", "summary_limit", "calendar_warning_month", "veto_stale_news", "veto_stale_other", "veto_empty")],
            heading=_("Rules"),
        ),
    ]

    class Meta:
        verbose_name = _("portal settings")
        verbose_name_plural = _("portal settings")
