// Where each picture of the page is shown and how large: [slide, address, width, height, fit, isWhole, hasGround] each,
// in CSS px. `fit` says which of the two sizes rules: "cover" the one that needs more pixels, "contain" the other,
// "natural" neither, "link" that it is only addressed, "unknown" that its size cannot be told. `isWhole`: it is drawn in
// one piece and nothing is done to its pixels. `hasGround`: something lies behind it on the same box or on one around it
// that is no larger, which the browser leaves out if the picture is opaque.
(css) => {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
  const boxes = [...document.querySelectorAll(".remark-slide-container")];
  const places = new Map(boxes.map((box, index) => [box, index]));
  const found = [];
  const note = (element, address, width, height, fit, isWhole = false, hasGround = false) => {
    const box = element.closest(".remark-slide-container");
    found.push([box === null ? -1 : places.get(box), address, width, height, fit, isWhole, hasGround]);
  };
  const changed = new Map(); // element -> whether what it shows is painted over or filtered as a picture
  const isChanged = (element) => {
    if (element === null) return false;
    if (!changed.has(element)) {
      const is = getComputedStyle(element);
      const own =
        is.filter !== "none" ||
        (is.backdropFilter ?? "none") !== "none" ||
        (is.maskImage ?? "none") !== "none" ||
        (is.webkitBoxReflect ?? "none") !== "none" ||
        is.mixBlendMode !== "normal" ||
        is.perspective !== "none" ||
        is.transform.startsWith("matrix3d");
      changed.set(element, own || isChanged(element.parentElement));
    }
    return changed.get(element);
  };
  const isColoured = (is) => !/^(?:transparent|rgba\(.*, 0\))$/.test(is.backgroundColor);
  const liesOnGround = (image, at) => {
    for (let around = image; around !== null && !boxes.includes(around); around = around.parentElement) {
      const is = getComputedStyle(around);
      if (!isColoured(is) && is.backgroundImage === "none") continue;
      const its = around.getBoundingClientRect();
      const isWider = its.left < at.left - 1 || its.right > at.right + 1;
      if (around === image || !(isWider || its.top < at.top - 1 || its.bottom > at.bottom + 1)) return true;
    }
    return false;
  };
  const isWithin = (position) => /^(?:\d{1,2}(?:\.\d+)?|100)% (?:\d{1,2}(?:\.\d+)?|100)%$/.test(position);
  for (const image of document.images) {
    if (!image.hasAttribute("src")) continue;
    const is = getComputedStyle(image);
    const isPlain = is.imageOrientation === "from-image" && !image.hasAttribute("srcset");
    const at = image.getBoundingClientRect();
    const isUncut = /^(?:contain|scale-down)$/.test(is.objectFit) && isWithin(is.objectPosition);
    const isFitted = (is.objectFit === "fill" || isUncut) && (is.objectViewBox ?? "none") === "none";
    const isWhole = isPlain && isFitted && !isChanged(image);
    const fit = isPlain && at.width > 0 ? "cover" : "unknown";
    note(image, image.src, at.width, at.height, fit, isWhole, liesOnGround(image, at));
  }
  for (const link of document.querySelectorAll("a[href]")) note(link, link.href, 0, 0, "link");
  for (const element of document.querySelectorAll('[style*="url("]')) {
    const is = getComputedStyle(element);
    const single = /^url\("([^"]*)"\)$/.exec(is.backgroundImage);
    if (single === null) continue;
    const at = element.getBoundingClientRect();
    const size = is.backgroundSize;
    const fit = size === "auto" ? "natural" : size === "cover" || size === "contain" ? size : "unknown";
    note(element, single[1], at.width, at.height, at.width > 0 ? fit : "unknown");
  }
  style.remove();
  return found;
}
