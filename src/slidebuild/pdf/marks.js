// Leaves marks on the page that its tags carry into the PDF, and roles for text that the browser gives no tag.
// A mark is an accessible name, which becomes the alternative text: `sb-mark|kind|x y width height|text`, in CSS px from
// the slide's left top corner. It is read and taken out again when the file is finished.
(isSlide) => {
  const blank = (text) => !/\S/.test(text);
  const words = (text) => text.replace(/\s+/g, " ").trim();
  const isHidden = (element) => element.closest("[aria-hidden=true], [hidden]") !== null;
  const isPicture = (element) => element.matches("img, svg, math, [role=img]");
  const isInPicture = (element) => element.parentElement?.closest("svg, math, [role=img]") != null;

  const isMarked = (element) => /^sb-(mark\||slot-)/.test(element.getAttribute("aria-label") ?? "");

  const labelOf = (element) => {
    const ids = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
    const other = ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
    return words(other || (element.getAttribute("aria-label") ?? ""));
  };
  const nameOf = (element) => {
    const own = labelOf(element);
    if (own) return own;
    const title = element.querySelector(":scope > title")?.textContent ?? element.getAttribute("title") ?? "";
    return words(element.getAttribute("alt") ?? "") || words(element.getAttribute("alttext") ?? "") || words(title);
  };

  const mark = (element, kind, text, frame) => {
    const at = element.getBoundingClientRect();
    const box = frame && [at.x - frame.x, at.y - frame.y, at.width, at.height].map((value) => value.toFixed(2));
    element.removeAttribute("aria-labelledby");
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", `sb-mark|${kind}|${box ? box.join(" ") : ""}|${text}`);
  };

  const markRunning = (frame) => (element) => {
    if (isHidden(element) || element.querySelector("a[href]")) return;
    const at = element.getBoundingClientRect();
    mark(element, at.y + at.height / 2 < frame.y + frame.height / 2 ? "Header" : "Footer", "", frame);
  };

  const markPicture = (frame) => (element) => {
    if (isHidden(element) || isInPicture(element) || isMarked(element)) return;
    const name = nameOf(element);
    const tag = element.localName;
    if (tag === "math") mark(element, "formula", name || words(element.textContent), frame);
    else if (tag === "img" && element.getAttribute("alt") === "" && !labelOf(element)) return;
    else if (tag === "svg" && element.getAttribute("role") !== "img" && !name) return;
    else if (!["presentation", "none"].includes(element.getAttribute("role"))) mark(element, "figure", name, frame);
  };

  // Text that stands in a box of its own is a paragraph: the browser tags it as nothing in particular.
  const INLINE = new Set(["inline", "inline-block", "inline-flex", "inline-table", "none", "contents", "ruby"]);
  const TEXT = "p, h1, h2, h3, h4, h5, h6, pre, code, caption, figcaption, a, button, summary, svg, math, " +
    "[role=img], [role=paragraph], [role=heading]";
  const markParagraph = (element) => {
    if (!element.matches("div, section, article, header, footer, main, nav, aside, center, dt, dd, address, form")) return;
    if (element.hasAttribute("role") || isHidden(element) || blank(element.textContent)) return;
    if (element.matches(".remark-slide-content, .remark-slide, .remark-slide-scaler")) return;
    if (INLINE.has(getComputedStyle(element).display) || element.closest(TEXT)) return;
    const inner = [...element.querySelectorAll("*")].filter((child) => !isInPicture(child));
    if (inner.every((child) => isPicture(child) || INLINE.has(getComputedStyle(child).display))) {
      element.setAttribute("role", "paragraph");
    }
  };

  const boxes = isSlide ? document.querySelectorAll(".remark-slide-container:not([hidden])") : [document.body];
  for (const box of boxes) {
    const frame = isSlide ? box.getBoundingClientRect() : null;
    if (frame) box.querySelectorAll(".sb-region, .remark-slide-number").forEach(markRunning(frame));
    box.querySelectorAll("img, svg, math, [role=img]").forEach(markPicture(frame));
    box.querySelectorAll("*").forEach(markParagraph);
  }
}
