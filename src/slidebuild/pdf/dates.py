"""The time that a file is said to be of: never that of the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime


class BadDate(ValueError):  # noqa: N818 (named as what it is)
    """SOURCE_DATE_EPOCH or the deck's date cannot be read."""


def creation_time(written: str | None, environ: Mapping[str, str]) -> datetime | None:
    """The time to write into the file, in UTC: SOURCE_DATE_EPOCH, else the deck's own date, else none; never the clock.

    Raises BadDate. (https://reproducible-builds.org/specs/source-date-epoch/)
    """
    epoch = environ.get("SOURCE_DATE_EPOCH")
    try:
        if epoch:
            return datetime.fromtimestamp(int(epoch), UTC)
        if not written:
            return None
        if len(written) == len("2026-11-23"):
            day = date.fromisoformat(written)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        moment = datetime.fromisoformat(written)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        name = f"SOURCE_DATE_EPOCH {epoch!r} is no number of seconds" if epoch else f"{written!r} is no ISO date"
        raise BadDate(name) from error
