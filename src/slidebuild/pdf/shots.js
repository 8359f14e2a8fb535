// Lays the loaded page out as it is printed and stands still what moves.
(css, stillSvg) => {
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
  return document.querySelectorAll(".remark-slide-container").length;
}
