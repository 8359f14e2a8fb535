// Starts waiting for everything the page shows; the object returned is asked again and again (timers do not run in a
// page without scripts, so nothing here may depend on one).
() => {
  const state = { waiting: new Set(), failed: [] };
  const slideOf = (element) => {
    const box = element.closest(".remark-slide-container");
    return box === null ? null : [...document.querySelectorAll(".remark-slide-container")].indexOf(box);
  };
  for (const image of document.images) {
    if (!image.hasAttribute("src") && !image.hasAttribute("srcset") && image.currentSrc === "") continue;
    image.loading = "eager";
    // decode() finds nothing more than this does, not even a file cut in half, and takes 0.9 s for 12.7 MB of PNGs.
    if (image.complete && image.naturalWidth > 0) continue;
    const address = image.currentSrc || image.src;
    const entry = { address };
    state.waiting.add(entry);
    image.decode().then(
      () => state.waiting.delete(entry),
      () => {
        state.waiting.delete(entry);
        state.failed.push({ kind: "picture", address, slide: slideOf(image) });
      },
    );
  }
  const fonts = { address: "fonts" };
  state.waiting.add(fonts);
  document.fonts.ready.then(() => {
    state.waiting.delete(fonts);
    for (const font of document.fonts) {
      if (font.status === "error") state.failed.push({ kind: "font", address: font.family, slide: null });
    }
  });
  return state;
}
