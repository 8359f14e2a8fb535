// Starts waiting for everything the page shows; the object returned is asked again and again (timers do not run in a
// page without scripts, so nothing here may depend on one).
() => {
  const state = { waiting: new Set(), failed: [] };
  const slideOf = (element) => {
    const box = element.closest(".remark-slide-container");
    return box === null ? null : [...document.querySelectorAll(".remark-slide-container")].indexOf(box);
  };
  const waitFor = (image, address, slide) => {
    const entry = { address, slide };
    state.waiting.add(entry);
    image.decode().then(
      () => state.waiting.delete(entry),
      () => {
        state.waiting.delete(entry);
        state.failed.push({ kind: "picture", address, slide });
      },
    );
  };
  for (const image of document.images) {
    if (!image.hasAttribute("src") && !image.hasAttribute("srcset") && image.currentSrc === "") continue;
    image.loading = "eager";
    // decode() finds nothing more than this does, not even a file cut in half, and takes 0.9 s for 12.7 MB of PNGs.
    if (image.complete && image.naturalWidth > 0) continue;
    waitFor(image, image.currentSrc || image.src, slideOf(image));
  }

  // Pictures of style sheets and drawings are on the page by no element that tells how they are.
  const others = new Map(); // address -> the first element that shows it
  const note = (element, css) => {
    for (const [, address] of css.matchAll(/url\("([^"]*)"\)/g)) {
      const full = address.startsWith("#") ? "" : new URL(address, document.baseURI).href;
      const isOwn = full.startsWith("data:image/") || full.startsWith(`${location.origin}/`);
      if (isOwn && !full.includes("#") && !others.has(full)) others.set(full, element);
    }
  };
  const noteRules = (rules) => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule && rule.style.cssText.includes("url(")) {
        const plain = rule.selectorText.replace(/::?(?:before|after|marker|first-line|first-letter|hover|focus)\b/g, "");
        let shown = null;
        try {
          shown = document.querySelector(plain.trim() || "*");
        } catch {
          continue; // a selector that means nothing without what was taken out
        }
        if (shown !== null) note(shown, rule.style.cssText);
      }
      if (rule.cssRules && rule.constructor !== CSSKeyframesRule) noteRules(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) {
    try {
      noteRules(sheet.cssRules);
    } catch {
      continue; // of another origin, and refused
    }
  }
  for (const element of document.querySelectorAll('[style*="url("]')) note(element, element.style.cssText);
  for (const element of document.querySelectorAll("svg image")) note(element, `url("${element.href.baseVal}")`);
  for (const [address, element] of others) {
    const image = new Image();
    image.src = address;
    if (!image.complete || image.naturalWidth === 0) waitFor(image, address, slideOf(element));
  }
  const fonts = { address: "fonts", slide: null };
  state.waiting.add(fonts);
  document.fonts.ready.then(() => {
    state.waiting.delete(fonts);
    for (const font of document.fonts) {
      if (font.status === "error") state.failed.push({ kind: "font", address: font.family, slide: null });
    }
  });
  return state;
}
