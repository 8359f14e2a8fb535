"""What browsers are started with, so that they draw the same everywhere, alone and in silence.

Playwright starts those of its servers with much the same switches (`chromiumSwitches.ts` there), so that pages printed
by them have the same bytes. https://peter.sh/experiments/chromium-command-line-switches/ says what each does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ARGUMENTS: Final = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-quic",
    "--disable-lcd-text",
    "--dns-prefetch-disable",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # its name in older versions
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""For all browsers, whoever starts them. No network but our proxy; text drawn the same everywhere."""

_FEATURES_OFF: Final = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)

_OWN: Final = (
    "--headless",
    "--no-startup-window",
    "--disable-field-trial-config",  # else what it does may hang on its build and on chance
    f"--disable-features={','.join(_FEATURES_OFF)}",
    "--enable-features=CDPScreenshotNewSurface,NetworkServiceInProcess2",  # one process less; it has no sandbox anyway
    "--hide-scrollbars",
    "--mute-audio",
    # a mouse, whatever the machine has: style sheets can ask for it
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
    "--allow-pre-commit-input",
    "--disable-back-forward-cache",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-breakpad",
    "--disable-component-extensions-with-background-pages",
    "--disable-default-apps",
    "--disable-dev-shm-usage",  # containers have 64 MB of it
    "--disable-extensions",
    "--disable-hang-monitor",
    "--disable-infobars",
    "--disable-ipc-flooding-protection",
    "--disable-prompt-on-repost",
    "--disable-renderer-backgrounding",
    "--disable-search-engine-choice-screen",
    "--enable-unsafe-swiftshader",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-service-autorun",
    "--password-store=basic",  # else it asks the desktop's key ring
    "--use-mock-keychain",
)

_WITHOUT_SANDBOX: Final = ("--no-sandbox", "--in-process-gpu")
"""A process of its own for what puts pages on the screen protects nothing then, and takes a while to start."""

_UNCERTAIN: Final = ("LANG", "LANGUAGE", "LC_", "TZ")
"""Beginnings of environment variables that would change fonts chosen, sorting or times."""


def switches(proxy: str, *, sandbox: bool) -> tuple[str, ...]:
    """For a browser that we start ourselves: all it asks for, this machine's own addresses too, goes to the proxy."""
    through = (f"--proxy-server={proxy}", "--proxy-bypass-list=<-loopback>")
    return (*_OWN, *(() if sandbox else _WITHOUT_SANDBOX), *through, *ARGUMENTS)


def surroundings(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment variables it gets."""
    kept = {name: value for name, value in environ.items() if not name.startswith(_UNCERTAIN)}
    return kept | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
