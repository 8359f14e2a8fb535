// Stops all that moves, for a picture: what ends is at its end, what never ends at its beginning; no caret blinks. Waits
// for the fonts, and gives a function that lets the endless ones start again.
async () => {
  const roots = [document];
  for (let at = 0; at < roots.length; at += 1) {
    for (const element of roots[at].querySelectorAll("*")) {
      if (element.shadowRoot !== null) roots.push(element.shadowRoot);
      else if (element.localName === "iframe" && element.contentDocument !== null) roots.push(element.contentDocument);
    }
  }
  const endless = new Set();
  const fields = [];
  const stop = (root) => {
    for (const animation of root.getAnimations()) {
      if (!animation.effect || animation.playbackRate === 0 || endless.has(animation)) continue;
      try {
        if (Number.isFinite(animation.effect.getComputedTiming().endTime)) {
          animation.finish();
        } else {
          animation.cancel();
          endless.add(animation);
        }
      } catch {
        continue; // it has no end to go to, or its element is gone
      }
    }
  };
  const listening = roots.map((root) => [root, () => stop(root)]);
  for (const [root, again] of listening) {
    for (const field of root.querySelectorAll("input, textarea, [contenteditable]")) {
      fields.push([field, field.style.getPropertyValue("caret-color"), field.style.getPropertyPriority("caret-color")]);
      field.style.setProperty("caret-color", "transparent", "important");
    }
    again();
    for (const event of ["transitionrun", "animationstart"]) root.addEventListener(event, again);
  }
  await document.fonts.ready;
  return () => {
    for (const [field, colour, weight] of fields) field.style.setProperty("caret-color", colour, weight);
    for (const [root, again] of listening) {
      for (const event of ["transitionrun", "animationstart"]) root.removeEventListener(event, again);
    }
    for (const animation of endless) {
      try {
        animation.play();
      } catch {
        continue; // its element is gone
      }
    }
  };
}
