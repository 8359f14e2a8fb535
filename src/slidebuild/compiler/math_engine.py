"""A deck's own copy of KaTeX or MathJax, which shows the formulas where scripts run.

MathML stays in the page: it is what the PDF holds, what readers without scripts see, and what is left of a formula that
the engine does not understand, or that refers to another. So nothing has to run while a deck is printed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from slidebuild import css
from slidebuild.compiler.model import Compiled
from slidebuild.diagnostics import Diagnostics
from slidebuild.records import dataclass
from slidebuild.source import resolve_address

Publish = Callable[[str, bytes], str]

_SETTINGS_FILE: Final = "slidebuild.yml"
_SCRIPTS: Final = {
    "katex": ("katex.min.js", "dist/katex.min.js"),
    "mathjax": ("tex-svg.js", "es5/tex-svg.js"),
}
"""Where the scripts are in a copy of the files or of the whole package (KaTeX 0.16, MathJax 3)."""

_KATEX: Final = """
  const show = (tex, display) => katex.renderToString(tex, {displayMode: display, globalGroup: true, macros});
  const ready = () => spans.forEach((span) => {
    try { put(span, (box) => (box.innerHTML = show(tex(span), 'display' in span.dataset))); } catch (error) {}
  });"""

_MATHJAX: Final = """
  window.MathJax = {startup: {typeset: false}, options: {enableMenu: false}, svg: {fontCache: 'local'}, tex: {macros}};
  const ready = () => MathJax.startup.promise.then(async () => {
    for (const span of spans) {
      try {
        const shown = await MathJax.tex2svgPromise(tex(span), {display: 'display' in span.dataset});
        if (!shown.querySelector('[data-mml-node="merror"]')) put(span, (box) => box.replaceChildren(shown));
      } catch (error) {}
    }
    document.head.append(MathJax.svgStylesheet());
  });"""

_LOADER: Final = r"""
;(() => {
  const macros = %(macros)s;
  const found = [...document.querySelectorAll('.sb-math[data-tex], .sb-math-error[data-tex]')];
  const spans = found.filter((span) => !/\\(eq)?ref\{/.test(span.dataset.tex));
  const tex = (span) => span.dataset.tagged || span.dataset.tex;
  const put = (span, fill) => {
    fill(span);
    span.classList.replace('sb-math-error', 'sb-math');
  };%(engine)s
  const script = document.createElement('script');
  script.src = %(address)s;
  script.onload = ready;
  document.head.append(script);
})();
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """What a page needs to show formulas by an engine."""

    css: str = ""
    script: str = ""


def math_engine(compiled: Compiled, publish: Publish, diagnostics: Diagnostics) -> Engine:
    """The engine that the settings name, for a page that has formulas; its files are published.

    A folder without the engine is a `bad-setting-value`.
    """
    settings = compiled.settings.math
    if settings.engine == "mathml" or not compiled.formula_characters:
        return Engine()
    folder = settings.path or f"/vendor/{settings.engine}"
    for name in _SCRIPTS[settings.engine]:
        path = resolve_address(_SETTINGS_FILE, f"{folder.rstrip('/')}/{name}")
        data = compiled.resolver.loader.read(path) if path is not None else None
        if path is not None and data is not None:
            break
    else:
        diagnostics.add(
            "bad-setting-value",
            f"there is no {_SCRIPTS[settings.engine][0]} in {folder}",
            compiled.places.get("math"),
            hint=f"copy the package {settings.engine} there (`npm pack {settings.engine}`), or set `math.path`",
            path=_SETTINGS_FILE,
        )
        return Engine()
    macros = {
        f"\\{name}" if settings.engine == "katex" else name: _macro(body, settings.engine)
        for name, body in settings.macros
    }
    values = {
        "macros": json.dumps(macros, ensure_ascii=False),
        "engine": _KATEX if settings.engine == "katex" else _MATHJAX,
        "address": json.dumps(publish(path, data)),
    }
    style = _stylesheet(path, compiled, publish) if settings.engine == "katex" else ""
    return Engine(style, _LOADER % values)


def _macro(body: str, engine: str) -> str | list[str | int]:
    """A macro as the engine wants it: MathJax is told the number of arguments."""
    count = max((number for number in range(1, 10) if f"#{number}" in body), default=0)
    return [body, count] if count and engine == "mathjax" else body


def _stylesheet(script: str, compiled: Compiled, publish: Publish) -> str:
    """KaTeX's style sheet beside its script; of its fonts the WOFF2 files, which all browsers take."""
    path = script.removesuffix(".js") + ".css"
    data = compiled.resolver.loader.read(path)

    def published(reference: css.Reference) -> str | None:
        font = resolve_address(path, reference.address) if reference.address.endswith(".woff2") else None
        file = compiled.resolver.loader.read(font) if font is not None else None
        return publish(font, file) if font is not None and file is not None else None

    return "" if data is None else css.rewrite(data.decode("utf-8-sig", errors="replace"), published)
