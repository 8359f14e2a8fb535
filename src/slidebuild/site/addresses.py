"""Where the site is online."""

from __future__ import annotations

from slidebuild.settings.model import SiteSettings


def site_address(site: SiteSettings) -> str | None:
    """The address of the site's folder, with a slash at the end; None where the settings don't say it."""
    return None if site.url is None else site.url.removesuffix("index.html").rstrip("/") + "/"
