// Prepares a loaded page for printing and tells what will have to be known about it afterwards.
({ css, stacked, aliases }, layOut) => {
  layOut(css);
  const together = document.createElement("style");
  together.id = "sb-stacked";
  together.textContent = stacked;
  document.head.append(together);

  // Every slide gets an id; `#name` and `#12` lead to it. Chromium writes destinations for ids that links name.
  // An id of a slide is its alone: of slides of one name the last keeps it, and elements that have it give way.
  const boxes = [...document.querySelectorAll(".remark-slide-container")];
  const owners = new Map(boxes.map((box) => [box.id, box]));
  for (const element of document.querySelectorAll("[id]")) {
    if ((owners.get(element.id) ?? element) !== element) element.removeAttribute("id");
  }
  const hidden = document.createElement("div");
  hidden.hidden = true;
  const ids = boxes.map((box, index) => {
    box.id ||= `sb-page-${index}`;
    const link = document.createElement("a");
    link.href = `#${box.id}`;
    hidden.append(link);
    return box.id;
  });
  document.body.append(hidden);

  const words = (text) => text.replace(/\s+/g, " ").trim();
  const nameOf = (link) => {
    const labelled = link.getAttribute("aria-label");
    if (labelled) return words(labelled);
    const shown = words(link.textContent);
    if (shown) return shown;
    const pictures = [...link.querySelectorAll("[alt], [aria-label]")];
    const described = pictures.map((p) => p.getAttribute("alt") ?? p.getAttribute("aria-label")).join(" ");
    return words(described) || words(link.getAttribute("title") ?? "");
  };
  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  const links = [];
  boxes.forEach((box, page) => {
    const frame = box.getBoundingClientRect();
    for (const link of box.querySelectorAll("a[href]")) {
      const written = link.getAttribute("href");
      const target = written.startsWith("#") ? aliases[decoded(written.slice(1))] : undefined;
      if (target !== undefined) link.setAttribute("href", `#${ids[target]}`);
      for (const at of link.getClientRects()) {
        links.push({ page, name: nameOf(link), x: at.x - frame.x, y: at.y - frame.y });
      }
    }
  });
  const sizes = boxes.map((box) => {
    const at = box.getBoundingClientRect();
    return [at.width, at.height];
  });
  return { ids, links, sizes };
}
