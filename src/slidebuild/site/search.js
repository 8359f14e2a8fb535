// Search over the words of all slides, and the choice of topics. Works from a folder on disk as from a server.
"use strict";
(() => {
  const field = document.getElementById("search");
  const hits = document.getElementById("hits");
  const decks = document.getElementById("decks");
  const buttons = [...document.querySelectorAll("[data-tag]")];
  const MOST = 60;
  let index = null;
  let loading = null;

  document.getElementById("tools").hidden = false;

  /** Load the words when they are first asked for: a script, since pages from disk may not fetch. */
  function load() {
    loading ??= new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = "search-index.js";
      script.onload = () => resolve((index = window.slidebuildSearch));
      document.head.append(script);
    });
    return loading;
  }

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function found(words) {
    const results = [];
    for (const deck of index) {
      for (const [address, title, text] of deck.slides) {
        const where = plain(`${title}\n${text}`);
        if (!words.every((word) => where.includes(word))) continue;
        const inTitle = words.filter((word) => plain(title).includes(word)).length;
        results.push({ deck, address, title, text, weight: inTitle });
      }
    }
    return results.sort((a, b) => b.weight - a.weight).slice(0, MOST);
  }

  /** The words around the first hit, hits marked. */
  function excerpt(text, words) {
    const line = document.createElement("bdi");
    const at = Math.max(0, Math.min(...words.map((word) => plain(text).indexOf(word)).filter((place) => place >= 0), 1e9));
    const blank = text.indexOf(" ", at - 60);
    const start = at === 1e9 || at < 60 ? 0 : blank < 0 || blank > at ? at - 60 : blank + 1; // not all scripts have blanks
    const part = (start ? "… " : "") + text.slice(start, start + 180) + (text.length > start + 180 ? " …" : "");
    const pattern = new RegExp(`(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "gi");
    part.split(pattern).forEach((piece, place) => {
      const node = place % 2 ? document.createElement("mark") : document.createElement("span");
      node.textContent = piece;
      line.append(node);
    });
    const paragraph = document.createElement("p");
    paragraph.append(line);
    return paragraph;
  }

  /** A text that runs in the direction of its own script. */
  function apart(text) {
    const element = document.createElement("bdi");
    element.textContent = text;
    return element;
  }

  function entry(result, words) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = result.address;
    link.append(apart(result.title || result.deck.title));
    item.lang = result.deck.lang;
    item.append(link, " – ", apart(result.deck.title), excerpt(result.text, words));
    return item;
  }

  async function search() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    if (!words.length) {
      hits.replaceChildren();
      decks.hidden = false;
      return;
    }
    await load();
    const results = found(words);
    const none = document.createElement("li");
    none.dir = "auto";
    none.textContent = "No slide has all these words.";
    hits.replaceChildren(...(results.length ? results.map((result) => entry(result, words)) : [none]));
    decks.hidden = true;
  }

  function choose(button) {
    const wanted = button.getAttribute("aria-pressed") === "true" ? null : button.dataset.tag;
    for (const other of buttons) other.setAttribute("aria-pressed", String(other.dataset.tag === wanted));
    for (const deck of decks.children) deck.hidden = Boolean(wanted) && !deck.dataset.tags.split("|").includes(wanted);
  }

  field.addEventListener("focus", load);
  field.addEventListener("input", search);
  for (const button of buttons) button.addEventListener("click", () => choose(button));
})();
