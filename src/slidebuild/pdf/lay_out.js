// Lays the loaded page out as it is printed. What moves stands still: at its end where it has one, else as if it did not
// move. (The deck's own rules may be !important too: ours come last.) All boxes are made anew first: those of inline
// elements remember fonts that were on their way, and a link is then printed as one rectangle or as several.
(css, stillSvg) => {
  const root = document.documentElement;
  root.style.setProperty("display", "none", "important");
  root.getBoundingClientRect();
  root.style.removeProperty("display");
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
  for (const animation of document.getAnimations()) {
    const end = Number(animation.effect.getComputedTiming().endTime);
    if (Number.isFinite(end)) animation.finish();
    else animation.cancel();
  }
  stillSvg(document);
  for (const picture of document.querySelectorAll("svg")) {
    if (picture.ownerSVGElement === null) {
      picture.pauseAnimations();
      picture.setCurrentTime(0);
    }
  }
}
