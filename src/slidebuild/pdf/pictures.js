// Where each picture of the page is shown and how large: [slide, address, width, height, fit] each, in CSS px.
// `fit` says which of the two sizes rules: "cover" the one that needs more pixels, "contain" the other, "natural"
// neither, "link" that it is only addressed, "unknown" that its size cannot be told.
(css) => {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
  const boxes = [...document.querySelectorAll(".remark-slide-container")];
  const places = new Map(boxes.map((box, index) => [box, index]));
  const found = [];
  const note = (element, address, width, height, fit) => {
    const box = element.closest(".remark-slide-container");
    found.push([box === null ? -1 : places.get(box), address, width, height, fit]);
  };
  for (const image of document.images) {
    if (!image.hasAttribute("src")) continue;
    const is = getComputedStyle(image);
    const isPlain = is.imageOrientation === "from-image" && !image.hasAttribute("srcset");
    const at = image.getBoundingClientRect();
    note(image, image.src, at.width, at.height, isPlain && at.width > 0 ? "cover" : "unknown");
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
