// Starts waiting for everything the page shows; `look()` of the object returned is asked again and again (timers do not
// run in a page without scripts, so nothing here may depend on one).
() => {
  const awaited = new Map(); // picture -> its address and the element that shows it
  const failed = [];
  const asked = new Set(); // pictures that are loaded and have no width: broken ones, and drawings that say none
  let areFontsReady = false;
  const slideOf = (element) => {
    const box = element.closest(".remark-slide-container");
    return box === null ? null : [...document.querySelectorAll(".remark-slide-container")].indexOf(box);
  };
  for (const image of document.images) {
    if (!image.hasAttribute("src") && !image.hasAttribute("srcset") && image.currentSrc === "") continue;
    image.loading = "eager";
    awaited.set(image, { address: image.currentSrc || image.src, element: image });
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
    awaited.set(image, { address, element });
  }
  document.fonts.ready.then(() => {
    areFontsReady = true;
    for (const font of document.fonts) {
      if (font.status === "error") failed.push({ kind: "font", address: font.family, slide: null });
    }
  });

  const told = ({ address, element }) => ({ address, slide: slideOf(element) });
  const look = () => {
    for (const [image, entry] of awaited) {
      if (!image.complete || asked.has(image)) continue;
      if (image.naturalWidth > 0) {
        // decode() finds nothing more than this does, not even a file cut in half; it takes 0.9 s for 12.7 MB of PNGs,
        // and waits for a frame to be drawn.
        awaited.delete(image);
        continue;
      }
      asked.add(image);
      image.decode().then(
        () => awaited.delete(image),
        () => {
          awaited.delete(image);
          failed.push({ kind: "picture", ...told(entry) });
        },
      );
    }
    const waiting = [...awaited.values()].slice(0, 3).map(told); // enough to say what it hangs on
    return { waiting: areFontsReady ? waiting : [...waiting, { address: "fonts", slide: null }], failed };
  };
  return { look };
}
