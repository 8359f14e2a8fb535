// Measures what stands on slides: what boxes cut off, how large and in what colours text is drawn, which fonts are asked
// for. All lengths are CSS px from the slide's left top corner. The page is laid out as for printing, the viewport is one
// slide.
() => {
  const REPLACED = "img, video, iframe, canvas, object, embed, svg";
  const APART = ".sb-region, .remark-slide-number, .remark-slide-notes, script, style, template";
  const MISSING = /data:image\/svg\+xml,.*%3Emissing%20picture/;
  const styles = new Map();
  const styleOf = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };
  const isShown = (element) => {
    let box = element;
    while (styleOf(box).display === "contents") box = box.parentElement; // without a box of its own it counts as hidden
    return box.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const words = (text) => text.replace(/\s+/g, " ").trim();

  // -- boxes ----------------------------------------------------------------------------------------------------------

  const box = (rect) => ({ left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom });
  const meet = (a, b) => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const isEmpty = (a) => a.right - a.left <= 0.5 || a.bottom - a.top <= 0.5;
  const beyond = (inner, outer) => ({
    left: outer.left - inner.left,
    top: outer.top - inner.top,
    right: inner.right - outer.right,
    bottom: inner.bottom - outer.bottom,
  });

  const paddingBox = (element) => {
    const at = element.getBoundingClientRect();
    const s = styleOf(element);
    return {
      left: at.left + parseFloat(s.borderLeftWidth),
      top: at.top + parseFloat(s.borderTopWidth),
      right: at.right - parseFloat(s.borderRightWidth),
      bottom: at.bottom - parseFloat(s.borderBottomWidth),
    };
  };
  const clips = (s) => s.overflowX !== "visible" || s.overflowY !== "visible";
  const hides = (way) => way === "hidden" || way === "clip"; // what scrolls is the printer's audit's to tell
  // A box that is made to hide its text from the eye, for screen readers only.
  const isForEars = (element) => {
    const s = styleOf(element);
    const at = element.getBoundingClientRect();
    if (clips(s) && (at.width <= 2 || at.height <= 2)) return true;
    return (s.clip !== "auto" && s.position === "absolute") || /inset\((?:50|100)%/.test(s.clipPath);
  };
  const isShortened = (s) => s.textOverflow === "ellipsis" || (s.webkitLineClamp !== "none" && s.webkitLineClamp !== "");

  // What the boxes around an element leave of it; null when it is hidden from the eye on purpose.
  const cutters = (element, content) => {
    const found = [];
    let leaves = ["absolute", "fixed"].includes(styleOf(element).position);
    for (let at = element; at && at !== content; at = at.parentElement) {
      if (isForEars(at)) return null;
      const s = styleOf(at);
      const holds = at === element || !leaves || s.position !== "static" || s.transform !== "none";
      if (at !== element && holds) leaves = ["absolute", "fixed"].includes(s.position);
      const x = hides(s.overflowX);
      const y = hides(s.overflowY);
      if (holds && (x || y)) found.push({ box: paddingBox(at), x, y, quiet: isShortened(s) });
    }
    return found;
  };
  const cutBy = (rect, cutter) => ({
    left: cutter.x ? Math.max(rect.left, cutter.box.left) : rect.left,
    top: cutter.y ? Math.max(rect.top, cutter.box.top) : rect.top,
    right: cutter.x ? Math.min(rect.right, cutter.box.right) : rect.right,
    bottom: cutter.y ? Math.min(rect.bottom, cutter.box.bottom) : rect.bottom,
  });

  // -- text -----------------------------------------------------------------------------------------------------------

  const rectsOf = (node) => {
    const text = node.data;
    const range = document.createRange();
    range.setStart(node, text.length - text.trimStart().length);
    range.setEnd(node, text.trimEnd().length);
    return [...range.getClientRects()].filter((r) => r.width > 0.5 && r.height > 0.5);
  };
  const zoomOf = (element, content) => {
    let zoom = 1;
    for (let at = element; at && at !== content; at = at.parentElement) {
      const s = styleOf(at);
      if (s.transform !== "none") {
        const m = new DOMMatrix(s.transform);
        zoom *= Math.hypot(m.a, m.b);
      }
    }
    return zoom;
  };
  const opacityOf = (element) => {
    let opacity = 1;
    for (let at = element; at; at = at.parentElement) opacity *= parseFloat(styleOf(at).opacity);
    return opacity;
  };

  // -- colours --------------------------------------------------------------------------------------------------------

  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  paint.canvas.width = paint.canvas.height = 1;
  const colours = new Map();
  const colourOf = (text) => {
    if (!colours.has(text)) {
      paint.clearRect(0, 0, 1, 1);
      paint.fillStyle = "transparent";
      paint.fillStyle = text;
      paint.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
      colours.set(text, [r, g, b, a / 255]);
    }
    return colours.get(text);
  };
  const over = (top, below) => {
    const a = top[3] + below[3] * (1 - top[3]);
    if (a === 0) return [0, 0, 0, 0];
    return [0, 1, 2].map((i) => (top[i] * top[3] + below[i] * below[3] * (1 - top[3])) / a).concat(a);
  };
  const isPainted = (s) => s.backgroundImage !== "none" || colourOf(s.backgroundColor)[3] > 0;
  const hasPaintedExtra = (element) =>
    ["::before", "::after"].some((name) => {
      const s = getComputedStyle(element, name);
      return s.content !== "none" && s.content !== "normal" && isPainted(s);
    });

  // What is behind text where a picture is missing, or was not loaded from another host, nobody knows.
  const isUnknown = (element, s) =>
    (element.localName === "img" && (element.naturalWidth === 0 || MISSING.test(element.getAttribute("src") ?? ""))) ||
    MISSING.test(s.backgroundImage) || /url\("(?:https?:)?\/\/(?![0-9a-f]{32}\.invalid\/)/.test(s.backgroundImage);

  // The colour behind the middle of a line: [r, g, b], null where only a picture of the slide can tell, and undefined
  // where nothing can, or for text that something else covers.
  const groundOf = (element, { x, y }) => {
    const stack = document.elementsFromPoint(x, y);
    const at = stack.indexOf(element);
    if (at < 0) return null;
    for (const above of stack.slice(0, at)) {
      if (element.contains(above) || above.contains(element)) continue;
      const s = styleOf(above);
      if (isUnknown(above, s)) return undefined;
      if (above.matches(REPLACED) || s.backgroundImage !== "none") return null;
      if (colourOf(s.backgroundColor)[3] > 0.9 && opacityOf(above) > 0.9) return undefined;
    }
    let ground = [0, 0, 0, 0];
    for (const below of stack.slice(at)) {
      const s = styleOf(below);
      if (isUnknown(below, s)) return undefined;
      if ((below !== element && below.matches(REPLACED)) || s.backgroundImage !== "none" || hasPaintedExtra(below)) return null;
      if (s.filter !== "none" || s.mixBlendMode !== "normal" || s.backdropFilter !== "none") return null;
      const colour = colourOf(s.backgroundColor);
      if (colour[3] > 0 && opacityOf(below) < 0.99) return null;
      ground = over(ground, colour);
      if (ground[3] > 0.995) break;
    }
    return over(ground, [255, 255, 255, 1]).slice(0, 3);
  };

  // -- a slide --------------------------------------------------------------------------------------------------------

  const GENERIC = new Set(["serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math", "emoji",
    "ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded", "fangsong", "-apple-system", "blinkmacsystemfont"]);
  const shipped = new Set([...document.fonts].map((face) => face.family.replace(/^["']|["']$/g, "").toLowerCase()));
  // What is computed where no stylesheet names a font.
  const bare = document.createElement("span");
  bare.style.all = "initial";
  document.body.append(bare);
  const UNSET = getComputedStyle(bare).fontFamily;
  bare.remove();
  const families = (s) => (s.fontFamily.match(/"[^"]*"|'[^']*'|[^,]+/g) ?? []).map((f) => f.trim().replace(/^["']|["']$/g, ""));
  const unshipped = (s) => {
    const asked = families(s).filter(Boolean);
    if (asked.some((family) => shipped.has(family.toLowerCase()))) return null;
    const [first] = asked;
    if (s.fontFamily === UNSET) return "";
    return first === undefined || GENERIC.has(first.toLowerCase()) ? null : first;
  };

  const measure = (container) => {
    container.scrollIntoView({ block: "start", behavior: "instant" });
    const content = container.querySelector(".remark-slide-content");
    const found = { cut: [], texts: [], pictures: [], fonts: [] };
    if (!content) return found;
    const whole = box(container.getBoundingClientRect());
    const frame = clips(styleOf(content)) ? meet(whole, paddingBox(content)) : whole;
    const place = (rect) => [rect.left - whole.left, rect.top - whole.top, rect.right - whole.left, rect.bottom - whole.top];

    // What hidden parts a text has; false when all of it is hidden from the eye on purpose.
    const look = (element, rects, text, tolerance) => {
      const around = cutters(element, content);
      if (around === null) return false;
      if (around.some((cutter) => cutter.quiet)) return true;
      for (const rect of rects) {
        let seen = box(rect);
        for (const cutter of around) seen = cutBy(seen, cutter);
        const lost = isEmpty(seen) ? { bottom: rect.height } : beyond(rect, seen);
        if (Object.values(lost).some((px) => px > tolerance)) found.cut.push({ text, ...lost });
      }
      return true;
    };

    for (const element of content.querySelectorAll("img")) {
      if (element.closest(APART) || !isShown(element)) continue;
      const at = element.getBoundingClientRect();
      if (at.width < 1 || at.height < 1 || element.naturalWidth < 1) continue;
      const natural = [element.naturalWidth, element.naturalHeight];
      found.pictures.push({ address: element.getAttribute("src") ?? "", natural, shown: [at.width, at.height] });
    }

    const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!/\S/.test(node.data) || element.closest(APART) || element.closest("svg")) continue;
      if (!isShown(element)) continue;
      const rects = rectsOf(node);
      if (!rects.length) continue;
      const s = styleOf(element);
      const size = parseFloat(s.fontSize) * zoomOf(element, content);
      const text = words(node.data).slice(0, 80);
      if (!look(element, rects, text, Math.max(2, size * 0.15))) continue;
      const rect = rects.reduce((a, b) => (b.width > a.width ? b : a));
      const line = box(rect);
      if (isEmpty(meet(line, frame))) continue;
      const fill = s.webkitTextFillColor;
      const colour = colourOf(fill);
      const middle = { x: (line.left + line.right) / 2, y: (line.top + line.bottom) / 2 };
      const isOnSlide = middle.x > frame.left && middle.x < frame.right && middle.y > frame.top && middle.y < frame.bottom;
      const ground = isOnSlide ? groundOf(element, middle) : undefined;
      found.texts.push({
        text,
        size,
        weight: Number(s.fontWeight),
        colour: [colour[0], colour[1], colour[2], colour[3] * opacityOf(element)],
        ground: ground ?? null,
        isCovered: ground === undefined,
        isDecorated: s.textShadow !== "none" || s.webkitTextStrokeWidth !== "0px" || s.backgroundClip === "text",
        isCode: element.closest("pre, code") !== null,
        isRaised: element.closest("sub, sup, math") !== null,
        length: words(node.data).length,
        rect: place(meet(line, frame)),
      });
      if (!element.closest("math")) {
        const family = unshipped(s);
        if (family !== null) found.fonts.push({ family, text });
      }
    }
    return found;
  };

  return [...document.querySelectorAll(".remark-slide-container")].map(measure);
}
