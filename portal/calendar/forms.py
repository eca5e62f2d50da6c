"""The form on which the yearly notice is entered."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.calendar.notice import Notice, decode_upload, read_notice

LARGEST_FILE = 200_000
EARLIEST_YEAR, LATEST_YEAR = 2004, 2100


class NoticeForm(forms.Form):
    """Year, name and days of a notice; after `is_valid` the days are in `notice`. Errors name the line."""

    year = forms.IntegerField(label=_("Year of the notice"), min_value=EARLIEST_YEAR, max_value=LATEST_YEAR)
    source = forms.CharField(label=_("Name of the notice"), max_length=150, help_text=_("As published, with its document number, e.g. 国办发明电〔2025〕7号."))
    text = forms.CharField(
        label=_("Days"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=_("One day or span a line, 休 for days off, 班 for makeup working days: “2027-10-01..2027-10-07 休 国庆节”, “2027-09-26 班”. Days not named follow the weekday."),
    )
    file = forms.FileField(label=_("Or a CSV file"), required=False, help_text=_("Columns: date, kind (休 or 班), note. Its lines take the place of those above."))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    notice: Notice

    @classmethod
    def blank(cls, day: dt.date, year: int | None) -> "NoticeForm":
        """The empty form on `day`, for `year` or else for next year."""
        return cls(initial={"year": year or day.year + 1})

    def clean_file(self) -> str:
        """The text of the uploaded file; empty when there is none."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LARGEST_FILE:
            raise ValidationError(_("This file is too large for a year's holidays. Is it the right one?"))
        try:
            return decode_upload(file.read())
        except UnicodeDecodeError:
            raise ValidationError(_("This isn't a text file. Please save the table as CSV.")) from None

    def clean(self) -> dict[str, Any]:
        """Read the lines of file or field; each line that can't be read is an error of the field `text`."""
        data = super().clean() or {}
        lines = data.get("file") or data.get("text") or ""
        self.notice = read_notice(lines, data.get("year"))
        if data.get("file"):
            self._show_lines(lines)
        for error in self.notice.errors:
            self.add_error("text", ValidationError(_("Line %(line)d: %(message)s"), params={"line": error.line, "message": error.message}))
        if not self.notice.days and not self.errors:
            self.add_error("text", _("Enter at least one day."))
        return data

    def _show_lines(self, lines: str) -> None:
        """Put what was uploaded into the field, where it can be corrected and is kept for the confirmation."""
        self.data = {**self.data, "text": lines}
        self.cleaned_data["text"] = lines
