// Looks at slides as they are laid out for printing: what ends beyond the slide, what a box that cannot be scrolled on
// paper hides, whether anything is seen at all. Lengths are CSS px. One answer for each slide, null for hidden ones.
() => {
  const REPLACED = "img, video, iframe, canvas, object, embed, svg, math";
  const APART = ".sb-region, .remark-slide-number, .remark-slide-notes, script, style, template";
  const FAR = 2000; // beyond this nothing is meant to be seen
  const words = (text) => text.replace(/\s+/g, " ").trim();
  const isShown = (element) => {
    let box = element;
    while (getComputedStyle(box).display === "contents") box = box.parentElement; // without a box of its own it counts as hidden
    return box.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const overlaps = (a, b) => a.left < b.right - 0.5 && a.right > b.left + 0.5 && a.top < b.bottom - 0.5 && a.bottom > b.top + 0.5;
  const beyond = (a, b) => ({ left: b.left - a.left, top: b.top - a.top, right: a.right - b.right, bottom: a.bottom - b.bottom });
  const ways = (element, content) => {
    const found = [];
    for (let at = element; at && at !== content; at = at.parentElement) found.push(getComputedStyle(at));
    return found;
  };
  // What the boxes around leave of it: one that cuts off may keep it from the edge of the slide, or end beyond it itself.
  // (Pictures themselves are such boxes.) Null where a shape cuts.
  const left = (rect, element, content) => {
    let { left, top, right, bottom } = rect;
    for (let at = element; at && at !== content; at = at.parentElement) {
      const s = getComputedStyle(at);
      if (s.clipPath !== "none" || s.clip !== "auto") return null;
      if (s.overflowX === "visible" || s.display === "inline") continue;
      const box = at.getBoundingClientRect();
      [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
      [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    return right - left > 0.5 && bottom - top > 0.5 ? { left, top, right, bottom } : null;
  };
  // Pictures that were moved out by hand may bleed.
  const isMoved = (styles) =>
    styles.some(
      (s) =>
        s.position === "absolute" || s.position === "fixed" || s.transform !== "none" || s.translate !== "none" ||
        (s.position === "relative" && [s.left, s.top, s.right, s.bottom].some((v) => v !== "auto" && parseFloat(v) !== 0)) ||
        [s.marginLeft, s.marginTop, s.marginRight, s.marginBottom].some((v) => parseFloat(v) < 0),
    );
  // How tall a picture that is not there would be, and where what follows would stand, nobody knows.
  const isMissing = (picture) =>
    (picture.complete && picture.naturalWidth === 0) || /^data:image\/svg\+xml,.*%3Emissing%20picture/.test(picture.getAttribute("src") ?? "");
  const fileOf = (element) => {
    const address = element.getAttribute("src") ?? element.getAttribute("data") ?? "";
    return address.startsWith("data:") ? "" : address.split("/").at(-1);
  };
  const covers = (a, b) => a.left <= b.left + 1 && a.top <= b.top + 1 && a.right >= b.right - 1 && a.bottom >= b.bottom - 1;
  const isPainted = (element) => {
    const s = getComputedStyle(element);
    const clear = (colour) => colour === "transparent" || /^rgba\(.*, 0\)$| \/ 0\)$/.test(colour);
    return s.backgroundImage !== "none" || !clear(s.backgroundColor) || parseFloat(s.borderTopWidth) + parseFloat(s.borderLeftWidth) > 0;
  };

  const look = (box) => {
    const frame = box.getBoundingClientRect();
    const content = box.querySelector(".remark-slide-content");
    if (!content || frame.width < 1 || frame.height < 1) return null;
    const found = { out: {}, cut: [], isSeen: false, hasContent: false };
    const isWhole = ![...content.querySelectorAll("img")].some(isMissing);
    const note = (whole, text, tolerance, isPicture, element) => {
      if (overlaps(whole, frame)) found.isSeen = true;
      if (!isWhole || Math.max(...Object.values(beyond(whole, frame))) <= tolerance) return;
      const rect = left(whole, isPicture ? element.parentElement : element, content);
      if (rect === null) return;
      const over = beyond(rect, frame);
      const most = Math.max(over.left, over.top, over.right, over.bottom);
      if (most <= tolerance || over.left > FAR || over.top > FAR) return;
      if (rect.right < frame.left || rect.bottom < frame.top) return; // hidden at the left or above, as is usual
      if (isPicture && (covers(rect, frame) || isMoved(ways(element, content)))) return;
      for (const [side, px] of Object.entries(over)) {
        if (px > Math.max(tolerance, found.out[side]?.px ?? 0)) found.out[side] = { px: Math.round(px), text };
      }
    };

    for (const element of content.querySelectorAll(REPLACED)) {
      if (element.closest(APART) || element.parentElement.closest("svg, object, math")) continue;
      found.hasContent = true;
      const rect = element.getBoundingClientRect();
      if (rect.width < 1 || rect.height < 1 || !isShown(element)) continue;
      const text = words(element.getAttribute("alt") || (element.localName === "math" ? element.textContent : ""));
      const isPicture = element.localName !== "math";
      note(rect, text || fileOf(element) || `(${element.localName})`, 3, isPicture, element);
    }
    const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!/\S/.test(node.data) || element.closest(APART) || element.closest("svg, math")) continue;
      found.hasContent = true;
      if (!isShown(element)) continue;
      const range = document.createRange();
      range.setStart(node, node.data.length - node.data.trimStart().length);
      range.setEnd(node, node.data.trimEnd().length);
      const tolerance = Math.max(2, parseFloat(getComputedStyle(element).fontSize) * 0.15);
      for (const rect of range.getClientRects()) {
        if (rect.width > 0.5 && rect.height > 0.5) note(rect, words(node.data).slice(0, 60), tolerance, false, element);
      }
    }
    for (const element of content.querySelectorAll("*")) {
      const right = element.scrollWidth - element.clientWidth;
      const bottom = element.scrollHeight - element.clientHeight;
      if (element.clientWidth < 3 || element.clientHeight < 3 || (right <= 3 && bottom <= 3)) continue;
      const s = getComputedStyle(element);
      const scrolls = (way) => way === "auto" || way === "scroll";
      if (!isShown(element) || element.closest(APART)) continue;
      const lost = { right: scrolls(s.overflowX) && right > 3 ? right : 0, bottom: scrolls(s.overflowY) && bottom > 3 ? bottom : 0 };
      const inner = element.querySelector("*");
      if ((lost.right || lost.bottom) && !(inner && inner.scrollWidth > inner.clientWidth + 3 && scrolls(getComputedStyle(inner).overflowX))) {
        found.cut.push({ ...lost, name: element.localName, text: words(element.textContent).slice(0, 60) });
      }
    }
    found.isSeen ||= !isWhole;
    if (!found.isSeen && found.hasContent) {
      const all = [content, ...content.querySelectorAll("*")];
      found.isSeen = isPainted(content) && content.style.backgroundImage !== "";
      found.isSeen ||= all.slice(1).some((e) => !e.closest(APART) && isShown(e) && isPainted(e) && overlaps(e.getBoundingClientRect(), frame));
    }
    return found;
  };
  return [...document.querySelectorAll(".remark-slide-container")].map(look);
}
