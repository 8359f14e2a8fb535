"""Asking whether a page of the web is there: politely, and never a machine of this network.

One request at a time and a pause between two for each host, a few hosts at once. Answers are kept in the cache for some
days.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import field
from typing import Final, Literal, TypeAlias
from urllib.parse import urldefrag, urljoin, urlsplit

from slidebuild import __version__
from slidebuild.cache import NO_CACHE, Cache, entry_key
from slidebuild.public_web import PrivateHostError, connect, target
from slidebuild.records import dataclass

State: TypeAlias = Literal["there", "gone", "unsure", "private"]
"""`gone`: nobody will find it. `unsure`: no answer that says either. `private`: not asked."""

_REDIRECTS: Final = 6
_GONE: Final = frozenset((404, 410))
_NO_HEAD: Final = frozenset((400, 403, 404, 405, 406, 410, 429, 500, 501, 502, 503))
"""What servers say to HEAD that may say otherwise to GET."""
_THERE: Final = frozenset((401, 402, 403, 405, 406, 429, 451, 999))
"""Somebody answers, but not to programs."""
_AGENT: Final = f"Mozilla/5.0 (compatible; slidebuild/{__version__}; link check)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of an address."""

    state: State
    detail: str
    """`HTTP 404`, `no such host` …"""


@dataclass(slots=True)
class Web:
    """Asks, and remembers."""

    cache: Cache = NO_CACHE
    allows_private: bool = False
    """Whether addresses of this machine and its network may be asked."""
    pause: float = 1.0
    """Seconds between two requests to one host."""
    timeout: float = 15.0
    """Seconds for each step of a request."""
    hosts_at_once: int = 6
    keep_there: float = 7 * 86_400.0
    """Seconds for which a page that was there is not asked for again."""
    keep_gone: float = 3_600.0
    """The same for those that were not."""
    _known: dict[str, Answer] = field(default_factory=dict)

    def ask(self, addresses: Iterable[str]) -> Mapping[str, Answer]:
        """What is known of each address (http or https, fragments do not count)."""
        wanted = {address: urldefrag(address).url for address in addresses}
        by_host: dict[str, list[str]] = defaultdict(list)
        for url in dict.fromkeys(wanted.values()):
            if url not in self._known and (kept := self._kept(url)) is not None:
                self._known[url] = kept
            if url not in self._known:
                by_host[_host(url)].append(url)
        with ThreadPoolExecutor(self.hosts_at_once) as pool:
            for answers in pool.map(self._ask_host, by_host.values()):
                self._known.update(answers)
        return {address: self._known[url] for address, url in wanted.items()}

    def _ask_host(self, urls: list[str]) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        for index, url in enumerate(urls):
            if index:
                time.sleep(self.pause)
            found[url] = answer = self._follow(url)
            if answer.state in ("there", "gone"):
                entry = {"time": time.time(), "state": answer.state, "detail": answer.detail}
                self.cache.put(entry_key("web", url), json.dumps(entry).encode())
        return found

    def _kept(self, url: str) -> Answer | None:
        data = self.cache.get(entry_key("web", url))
        if data is None:
            return None
        entry = json.loads(data)
        longest = self.keep_there if entry["state"] == "there" else self.keep_gone
        return Answer(entry["state"], entry["detail"]) if 0 <= time.time() - entry["time"] < longest else None

    def _follow(self, url: str) -> Answer:
        try:
            for method in ("HEAD", "GET"):
                at = url
                for _ in range(_REDIRECTS):
                    status, location = self._request(method, at)
                    if location is None or not 300 <= status < 400:
                        break
                    at = urljoin(at, location)
                else:
                    return Answer("unsure", f"more than {_REDIRECTS} redirections")
                if method == "GET" or status not in _NO_HEAD:
                    return _answer(status)
                time.sleep(min(self.pause, 0.5))
        except PrivateHostError:
            return Answer("private", "an address of a private network")
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:  # no name server answers: this machine is off line
                return Answer("unsure", "its name could not be looked up")
            return Answer("gone", "no such host")
        except ssl.SSLCertVerificationError as error:
            return Answer("unsure", f"certificate: {error.verify_message}")
        except TimeoutError:
            return Answer("unsure", "no answer in time")
        except (OSError, http.client.HTTPException, ValueError, UnicodeError) as error:
            return Answer("unsure", str(error) or type(error).__name__)
        raise AssertionError("a GET always answers")

    def _request(self, method: str, url: str) -> tuple[int, str | None]:
        parts = urlsplit(url)
        with closing(connect(parts, self.timeout, allows_private=self.allows_private)) as connection:
            connection.request(method, target(parts), headers={"User-Agent": _AGENT, "Accept": "*/*"})
            with connection.getresponse() as answer:
                return answer.status, answer.getheader("Location")


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _answer(status: int) -> Answer:
    detail = f"HTTP {status}"
    if status in _GONE:
        return Answer("gone", detail)
    if status < 400 or status in _THERE:
        return Answer("there", detail)
    return Answer("unsure", detail)
