// Makes the SMIL animations below a node stand still, whatever the clock says. What ends and stays shows its end, what
// ends and goes shows nothing, what never ends shows its first moment; what waits for a reader goes on waiting.
(root) => {
  const startsByItself = (part) => {
    const written = part.trim();
    return /^[+-]?\s*[\d.:]+\s*(h|min|s|ms)?$/.test(written) || /^[^.]+\.(begin|end|repeat\(\d+\))/.test(written);
  };
  const first = (list) => list.split(";")[0].trim();
  const last = (list) => list.split(";").filter((value) => value.trim() !== "").at(-1)?.trim() ?? "";

  // An indefinite duration holds an animation at its first value (SVG 1.1, 19.2.9), so that is made the only one.
  const hold = (mover, pick) => {
    const has = (name) => mover.hasAttribute(name);
    const get = (name) => mover.getAttribute(name) ?? "";
    if (has("values")) {
      const value = pick(get("values"));
      mover.setAttribute("values", `${value};${value}`);
    } else if (has("to")) {
      const value = pick(has("from") ? `${get("from")};${get("to")}` : get("to"));
      if (mover.localName !== "set") mover.setAttribute("values", `${value};${value}`);
    } else if (has("by")) {
      const value = pick === last ? get("by") : get("from");
      if (value === "") return void mover.setAttribute("begin", "indefinite");
      mover.setAttribute("values", `${value};${value}`);
      mover.setAttribute("additive", "sum");
    } else if (mover.localName === "animateMotion") {
      const point = pick(has("keyPoints") ? get("keyPoints") : "0;1");
      mover.setAttribute("keyPoints", `${point};${point}`);
      mover.setAttribute("keyTimes", "0;1");
      mover.setAttribute("calcMode", "linear");
      mover.setAttribute("begin", "0s");
      mover.setAttribute("dur", "indefinite");
      for (const name of ["keySplines", "repeatCount", "repeatDur", "end", "min", "max"]) mover.removeAttribute(name);
      return;
    }
    const timing = ["keyTimes", "keyPoints", "keySplines", "calcMode", "repeatCount", "repeatDur", "end", "min", "max"];
    for (const name of timing) mover.removeAttribute(name);
    if (mover.localName !== "set") for (const name of ["from", "to", "by"]) mover.removeAttribute(name);
    mover.setAttribute("begin", "0s");
    mover.setAttribute("dur", "indefinite");
  };

  for (const mover of root.querySelectorAll("animate, animateMotion, animateTransform, animateColor, set")) {
    if (mover.namespaceURI !== "http://www.w3.org/2000/svg") continue;
    if (!(mover.getAttribute("begin") ?? "0s").split(";").some(startsByItself)) continue;
    const lasting = ["repeatCount", "repeatDur", "dur"].map((name) => mover.getAttribute(name));
    const isEndless = lasting.includes("indefinite") || !mover.hasAttribute("dur");
    if (isEndless && !mover.hasAttribute("end")) hold(mover, first);
    else if (mover.getAttribute("fill") === "freeze") hold(mover, last);
    else {
      const never = mover.cloneNode(true); // one that has begun would go on for a frame or two
      never.setAttribute("begin", "indefinite");
      mover.replaceWith(never);
    }
  }
}
