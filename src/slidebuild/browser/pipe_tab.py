"""A page of this machine's browser, asked through the DevTools protocol."""

from __future__ import annotations

import json
import time
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any, Final

from slidebuild.browser.connection import Command, Connection
from slidebuild.browser.errors import DrivingError
from slidebuild.browser.tab import Area, Media, Size
from slidebuild.installed import PACKAGE

_CRASHED: Final = "the page crashed"
_PX: Final = 96
"""CSS px in an inch."""
_FONTS: Final = {
    "standard": "Times New Roman",
    "fixed": "Monospace",
    "serif": "Times New Roman",
    "sansSerif": "Arial",
    "cursive": "Comic Sans MS",
    "fantasy": "Impact",
}
"""What Chromium with windows has on Linux (`IDS_*_FONT_FAMILY_LINUX`); the one without has others."""
_WHOLE: Final = """() => ["Width", "Height"].map((side) => {
  const boxes = [document.body, document.documentElement].filter((box) => box !== null);
  return Math.max(...boxes.flatMap((box) => [box[`scroll${side}`], box[`offset${side}`], box[`client${side}`]]));
})"""


class PipeTab:
    """See `Tab`."""

    def __init__(self, connection: Connection, size: Size, *, javascript: bool, scale: float) -> None:
        self._connection = connection
        self._size = size
        self._scale = scale
        self._requested: Callable[[str], None] = _nothing
        self._told: Callable[[str], None] = _nothing
        self._committed: list[str] = []
        self._loaded: set[str] = set()
        self._is_crashed = False
        self._sessions: list[str] = []
        self._settings: list[Command] = [
            ("Network.enable", {}),
            ("Log.enable", {}),
            ("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}),
            ("Emulation.setScriptExecutionDisabled", {"value": not javascript}),
            ("Emulation.setUserAgentOverride", {"userAgent": "", "acceptLanguage": "en-US"}),
            ("Emulation.setLocaleOverride", {"locale": "en-US"}),
            ("Emulation.setTimezoneOverride", {"timezoneId": "UTC"}),
            ("Page.setFontFamilies", {"fontFamilies": _FONTS}),
        ]
        self.address = "about:blank"
        self._profile = connection.ask("Target.createBrowserContext", disposeOnDetach=True)["browserContextId"]
        connection.post("Browser.setDownloadBehavior", behavior="deny", browserContextId=self._profile)
        page = connection.ask("Target.createTarget", url="about:blank", browserContextId=self._profile)["targetId"]
        opening: list[Command] = [
            ("Target.attachToTarget", {"targetId": page, "flatten": True}),
            ("Browser.getWindowForTarget", {"targetId": page}),
        ]
        attached, window = connection.ask_all(opening)
        self._session: str = attached["sessionId"]
        self._window = window["windowId"]
        self._frame = page  # the highest frame of a page goes by the page's own name
        self._listen(self._session)
        self._ask_all(
            ("Page.enable", {}),
            ("Page.setLifecycleEventsEnabled", {"enabled": True}),
            ("Emulation.setFocusEmulationEnabled", {"enabled": True}),
            *self._metrics(),
            *self._settings,
        )

    def watch(self, requested: Callable[[str], None], told: Callable[[str], None]) -> None:
        """See `Tab`."""
        self._requested, self._told = requested, told

    def resize(self, size: Size) -> None:
        """See `Tab`."""
        if size != self._size:
            self._size = size
            self._ask_all(*self._metrics())

    def dress(self, media: Media, *, is_still: bool) -> None:
        """See `Tab`."""
        wishes = {
            "prefers-color-scheme": "light",
            "prefers-reduced-motion": "reduce" if is_still else "no-preference",
            "forced-colors": "none",
            "prefers-contrast": "no-preference",
        }
        features = [{"name": name, "value": value} for name, value in wishes.items()]
        dressing: Command = ("Emulation.setEmulatedMedia", {"media": media, "features": features})
        self._settings.append(dressing)
        clock: list[Command] = [("Animation.enable", {}), ("Animation.setPlaybackRate", {"playbackRate": 0})]
        self._ask_all(dressing, *(clock if not is_still else ()))

    def go(self, address: str, seconds: float) -> None:
        """See `Tab`."""
        until = time.monotonic() + seconds
        self._committed.clear()
        self._loaded.clear()
        found = self._ask("Page.navigate", until=until, url=address, referrerPolicy="unsafeUrl")
        if "errorText" in found:
            raise DrivingError(f"{found['errorText']} at {address}")
        page = found["loaderId"]
        while page not in self._loaded:
            if page in self._committed and self._committed[-1] != page:
                raise DrivingError(f"it went on to {self.address}")
            self._connection.hear(until)

    def evaluate(self, function: str, argument: str) -> str | None:
        """See `Tab`."""
        found: str | None = self._value(f"({function})({json.dumps(argument)})")
        return found

    def hold(self, function: str) -> Callable[[str], Any]:
        """See `Tab`."""
        held = _result(self._ask("Runtime.evaluate", expression=f"({function})()", awaitPromise=True))
        how = {"arguments": [{"objectId": held["objectId"]}], "objectId": held["objectId"]}
        return lambda other: _result(
            self._ask("Runtime.callFunctionOn", functionDeclaration=other, returnByValue=True, **how)
        ).get("value")

    def rest(self, seconds: float) -> None:
        """See `Tab`."""
        with suppress(TimeoutError):
            until = time.monotonic() + seconds
            while True:
                self._connection.hear(until)

    def print_pdf(self, size: Size) -> bytes:
        """See `Tab`."""
        found = self._ask(
            "Page.printToPDF",
            paperWidth=size[0] / _PX,
            paperHeight=size[1] / _PX,
            **dict.fromkeys(("marginTop", "marginBottom", "marginLeft", "marginRight"), 0),
            printBackground=True,
            preferCSSPageSize=True,
            generateTaggedPDF=True,
            generateDocumentOutline=True,
        )
        return b64decode(found["data"])

    def screenshot(self, area: Area | None) -> bytes:
        """See `Tab`."""
        start_again = self.hold(_stop_script())
        try:
            x, y, width, height, fits = self._viewport() if area is None else self._part(area)
            clip = {"x": x, "y": y, "width": width, "height": height, "scale": 1}
            found = self._ask("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=not fits)
        finally:
            start_again("(startAgain) => startAgain()")
        return b64decode(found["data"])

    def close(self) -> None:
        """See `Tab`. Nobody waits until it is done."""
        for session in self._sessions:
            self._connection.leave(session)
        self._connection.post("Target.disposeBrowserContext", browserContextId=self._profile)

    def _viewport(self) -> tuple[float, float, float, float, bool]:
        seen = self._ask("Page.getLayoutMetrics")["cssVisualViewport"]
        return seen["pageX"], seen["pageY"], *self._size, True

    def _part(self, area: Area) -> tuple[float, float, float, float, bool]:
        """What of an area lies on the page, and whether the viewport holds the whole page."""
        wide, high = self._value(f"({_WHOLE})()")
        left, right = (min(max(at, 0), wide) for at in (area[0], area[0] + area[2]))
        top, bottom = (min(max(at, 0), high) for at in (area[1], area[1] + area[3]))
        if right <= left or bottom <= top:
            raise DrivingError("the area to be photographed is not on the page")
        return left, top, right - left, bottom - top, wide <= self._size[0] and high <= self._size[1]

    def _metrics(self) -> list[Command]:
        width, height = self._size
        way = {"angle": 0, "type": "landscapePrimary" if width > height else "portraitPrimary"}
        size = {"width": width, "height": height, "screenWidth": width, "screenHeight": height}
        how = {"mobile": False, "deviceScaleFactor": self._scale, "screenOrientation": way}
        bounds = {"windowId": self._window, "bounds": {"width": width, "height": height}}
        return [("Browser.setWindowBounds", bounds), ("Emulation.setDeviceMetricsOverride", size | how)]

    def _value(self, expression: str) -> Any:
        found = self._ask(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, userGesture=True
        )
        return _result(found).get("value")

    def _ask(self, method: str, *, until: float | None = None, **parameters: Any) -> Any:
        if self._is_crashed:
            raise DrivingError(_CRASHED)  # nobody would answer
        return self._connection.ask(method, self._session, until=until, **parameters)

    def _ask_all(self, *commands: Command) -> None:
        self._connection.ask_all(commands, self._session)

    def _listen(self, session: str) -> None:
        self._sessions.append(session)
        self._connection.listen(session, lambda method, told: self._hear(session, method, told))

    def _hear(self, session: str, method: str, told: dict[str, Any]) -> None:
        match method:
            case "Network.requestWillBeSent":
                self._requested(told["request"]["url"])
            case "Log.entryAdded" if told["entry"]["source"] != "worker":
                self._told(told["entry"]["text"])
            case "Target.attachedToTarget":
                self._adopt(told["sessionId"])
            case "Page.javascriptDialogOpening":
                self._connection.post("Page.handleJavaScriptDialog", session, accept=False)
            case "Inspector.targetCrashed" | "Inspector.detached" if session == self._session:
                self._is_crashed = True
                raise DrivingError(_CRASHED)
            case _ if session == self._session:
                self._follow(method, told)

    def _follow(self, method: str, told: dict[str, Any]) -> None:
        """Note where the highest frame is."""
        if method == "Page.frameNavigated" and told["frame"]["id"] == self._frame:
            self.address = told["frame"]["url"] + told["frame"].get("urlFragment", "")
            self._committed.append(told["frame"]["loaderId"])
        elif method == "Page.navigatedWithinDocument" and told["frameId"] == self._frame:
            self.address = told["url"]
        elif method == "Page.lifecycleEvent" and told["name"] == "load" and told["frameId"] == self._frame:
            self._loaded.add(told["loaderId"])

    def _adopt(self, session: str) -> None:
        """Let a frame or worker of another process be as the page is, and go on; it may have ended meanwhile."""
        self._listen(session)
        for method, parameters in (*self._settings, ("Runtime.runIfWaitingForDebugger", {})):
            self._connection.post(method, session, **parameters)


def _result(found: dict[str, Any]) -> dict[str, Any]:
    """The value that a script made. Raises DrivingError where it failed."""
    failure = found.get("exceptionDetails")
    if failure is not None:
        raise DrivingError(failure.get("exception", {}).get("description", failure["text"]).partition("\n")[0])
    result: dict[str, Any] = found["result"]
    return result


def _nothing(_: str) -> None:
    """Nobody watches."""


@cache
def _stop_script() -> str:
    return (PACKAGE / "browser" / "stop.js").read_text("utf-8")
