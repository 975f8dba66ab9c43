"""Notices laid over one another: the later one holds for the days it speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from calendars.days import Setting
from calendars.holiday_text.notice import Notice

Settings = dict[date, Setting]


def overlay_notices(notices: Iterable[Notice]) -> Settings:
    """Every day that the notices set, by the one published last."""
    settings: Settings = {}
    for notice in sorted(notices, key=lambda one: one.known_from):
        overlay_notice(settings, notice)
    return settings


def overlay_notice(settings: Settings, notice: Notice) -> None:
    """Lay one notice over the days known so far, as its standing says."""
    if notice.standing == "adjustment":
        for day in [day for day in settings if day.year == notice.year and _named(settings[day], notice)]:
            del settings[day]
    for set_day in notice.days:
        setting = Setting(set_day.kind, set_day.name, notice.document, set_day.clause, notice.published)
        if notice.standing == "extension":
            for day in _carried_on(settings, notice, set_day.date):
                settings[day] = setting
        settings[set_day.date] = setting


def _named(setting: Setting, notice: Notice) -> bool:
    return notice.concerns in setting.name.split("、")


def _carried_on(settings: Settings, notice: Notice, last: date) -> list[date]:
    """The days between the holiday's last day off so far and its new last day.

    A make-up day among them is revoked, though the notice of 2020 does not say so of 1 February.
    """
    known = [
        day
        for day, setting in settings.items()
        if day.year == notice.year and setting.kind == "holiday" and _named(setting, notice)
    ]
    return [max(known) + timedelta(days=n) for n in range(1, (last - max(known)).days)] if known else []
