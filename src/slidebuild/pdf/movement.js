// Slides with CSS and Web animations: [slide, name of the animation] each.
() => {
  const boxes = [...document.querySelectorAll(".remark-slide-container")];
  const found = [];
  for (const animation of document.getAnimations()) {
    const target = animation.effect?.target;
    const box = target?.closest(".remark-slide-container");
    if (!box || target.closest(".remark-slide-number, .remark-slide-notes")) continue;
    const end = Number(animation.effect.getComputedTiming().endTime);
    const isContent = target.parentElement?.closest(".remark-slide-content") != null;
    const isSlide = target.matches(
      ".remark-slide-container, .remark-slide-scaler, .remark-slide, .remark-slide-content",
    );
    if ((isContent && end > 0) || (isSlide && !Number.isFinite(end))) {
      found.push([boxes.indexOf(box), animation.animationName ?? animation.transitionProperty ?? "script"]);
    }
  }
  return found;
}
