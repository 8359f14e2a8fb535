/**
 * Keeps a deck's page up to date and shows what is wrong with the deck. Runs before the player, in every page that
 * the preview serves.
 *
 * A new page is fetched whenever the server tells of another version. Where it has the same slides as before, only
 * the insides of those that differ are exchanged, so that the player, its windows and its timer notice nothing;
 * else the page is loaded again at the same slide and in the same mode.
 *
 * @typedef {{code: string, severity: string, message: string, hint: string | null, path: string | null,
 *   line?: number, column?: number, excerpt?: string, from?: number, to?: number}} Finding
 * @typedef {{version: string, failed: boolean, crash: string | null, files: Record<string, string>, milliseconds: number,
 *   diagnostics: Finding[]}} News
 * @typedef {{slides: string[], styles: string[], rest: string}} Snapshot
 */
(() => {
  'use strict';
  const MODES_KEY = 'slidebuild-preview-modes';
  /** Modes that the page's address does not keep, and what switches them. @type {Record<string, string>} */
  const MODES = { blackout: 'toggleBlackout', mirrored: 'toggleMirrored' };
  /** @type {News & {events: string}} */
  const first = JSON.parse(document.getElementById('sb-preview')?.textContent || '');
  let { version, files } = first;

  // The page as the server sent it: the player changes attributes of the live one, so it is read before and after.
  const styles = stylesOf(document);
  /** @type {Snapshot} */
  let shown = { slides: sources(slidesOf(document)), styles: sources(styles), rest: '' };
  const root = attributesOf(document.documentElement);

  document.addEventListener('DOMContentLoaded', () => {
    shown.rest = restOf(document, root);
    restoreModes();
    const overlay = createOverlay();
    overlay.show(first);
    listen(overlay);
  });

  /** @param {ReturnType<typeof createOverlay>} overlay */
  function listen(overlay) {
    let queue = Promise.resolve();
    const events = new EventSource(first.events);
    events.onopen = () => overlay.setConnected(true);
    // The browser tries again by itself, unless the answer was an error page.
    events.onerror = () => {
      overlay.setConnected(false);
      if (events.readyState !== EventSource.CLOSED) return;
      setTimeout(() => listen(overlay), 1000);
    };
    events.onmessage = (event) => {
      /** @type {News} */
      const news = JSON.parse(event.data);
      overlay.show(news);
      queue = queue.then(() => update(news)).catch(reload);
    };
    // A page that goes to sleep in the browser's history must not keep its connection.
    addEventListener('pagehide', () => events.close(), { once: true });
    addEventListener('pageshow', (event) => event.persisted && location.reload(), { once: true });
  }

  // ------------------------------------------------------------------------------------------------ the page

  /** @param {News} news */
  async function update(news) {
    if (!news.version || news.version === version) return;
    const answer = await fetch(location.pathname, { cache: 'no-store' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const told = JSON.parse(page.getElementById('sb-preview')?.textContent || '{}');
    if (!answer.ok || !patch(page, told)) {
      reload();
      return;
    }
    version = told.version;
    document.dispatchEvent(new CustomEvent('slidebuild:updated', { detail: { version } }));
  }

  /**
   * Makes the live page what the new one is.
   * @param {Document} page
   * @param {News} news
   * @returns {boolean} false when this cannot be done without loading the page again
   */
  function patch(page, news) {
    const containers = slidesOf(document);
    const slides = slidesOf(page);
    const sheets = stylesOf(page);
    const next = {
      slides: sources(slides),
      styles: sources(sheets),
      rest: restOf(page, attributesOf(page.documentElement)),
    };
    if (!containers.length || slides.length !== containers.length || sheets.length !== styles.length) return false;
    if (next.rest !== shown.rest) return false;
    const differing = slides.map((_, index) => index).filter((index) => next.slides[index] !== shown.slides[index]);
    for (const index of differing) exchangeSlide(containers[index], slides[index]);
    const restyled = sheets.map((_, index) => index).filter((index) => next.styles[index] !== shown.styles[index]);
    for (const index of restyled) exchangeStyle(index, sheets[index]);
    // A file that no element names may be a font or a picture of a stylesheet.
    const changed = Object.keys(news.files).filter((address) => files[address] && files[address] !== news.files[address]);
    if (changed.filter((address) => !refresh(address, news.files[address])).length) return false;
    files = news.files;

    document.title = page.title;
    const data = document.getElementById('sb-deck');
    if (data) data.textContent = page.getElementById('sb-deck')?.textContent || '{}';
    shown = next;
    refillPresenter();
    return true;
  }

  /** @param {HTMLElement} container @param {HTMLElement} next */
  function exchangeSlide(container, next) {
    for (const selector of ['.remark-slide', '.remark-slide-notes']) {
      const [old, fresh] = [container.querySelector(selector), next.querySelector(selector)];
      if (old && fresh) old.replaceWith(document.adoptNode(fresh));
    }
    for (const { name, value } of next.attributes) {
      if (!['class', 'style'].includes(name)) container.setAttribute(name, value);
    }
  }

  /** @param {number} index @param {HTMLElement} next */
  function exchangeStyle(index, next) {
    const fresh = document.adoptNode(next);
    const old = styles[index];
    styles[index] = fresh;
    // A linked sheet takes a moment to load; until then the old one keeps the slides in shape.
    if (fresh instanceof HTMLLinkElement) {
      old.after(fresh);
      for (const name of ['load', 'error']) fresh.addEventListener(name, () => old.remove(), { once: true });
    } else {
      old.replaceWith(fresh);
    }
  }

  /**
   * Loads a file again that changed on disk under the same address.
   * @param {string} address  absolute path on this server
   * @param {string} stamp
   * @returns {boolean} whether the page shows it
   */
  function refresh(address, stamp) {
    let found = false;
    /** @param {string} value @returns {string | null} */
    const renewed = (value) => {
      const url = new URL(value, document.baseURI);
      if (url.origin !== location.origin || url.pathname !== address) return null;
      found = true;
      url.searchParams.set('sb', stamp);
      return url.href;
    };
    for (const element of document.querySelectorAll('[src], [poster], [data], link[rel~="stylesheet"]')) {
      for (const name of ['src', 'poster', 'data', 'href']) {
        const value = element.getAttribute(name);
        const fresh = value && renewed(value);
        if (fresh) element.setAttribute(name, fresh);
      }
    }
    for (const element of document.querySelectorAll('.remark-slide-content[style*="url("]')) {
      if (!(element instanceof HTMLElement)) continue;
      const image = element.style.backgroundImage;
      const fresh = image.replace(/url\("([^"]*)"\)/g, (whole, value) => {
        const url = renewed(value);
        return url ? `url("${url}")` : whole;
      });
      if (fresh !== image) element.style.backgroundImage = fresh;
    }
    return found;
  }

  /** The presenter view holds copies, filled when it is entered: off and on again, before anything is painted. */
  function refillPresenter() {
    const slideshow = slideshowOf();
    if (!slideshow || !document.body.classList.contains('remark-presenter-mode')) return;
    slideshow.togglePresenterMode();
    slideshow.togglePresenterMode();
  }

  function reload() {
    const on = Object.keys(MODES).filter((mode) => document.body.classList.contains(`remark-${mode}-mode`));
    sessionStorage.setItem(MODES_KEY, JSON.stringify(on));
    location.reload();
  }

  function restoreModes() {
    const kept = JSON.parse(sessionStorage.getItem(MODES_KEY) || '[]');
    sessionStorage.removeItem(MODES_KEY);
    for (const mode of kept) slideshowOf()?.[MODES[mode]]();
  }

  /** @returns {any} the player's, once it has started */
  function slideshowOf() {
    return /** @type {any} */ (window).slideshow;
  }

  /** @param {Document} page @returns {HTMLElement[]} */
  function slidesOf(page) {
    return [...page.querySelectorAll('.remark-slides-area > .remark-slide-container')].map(
      (slide) => /** @type {HTMLElement} */ (slide),
    );
  }

  /** @param {Document} page @returns {HTMLElement[]} */
  function stylesOf(page) {
    return [...page.querySelectorAll('style, link[rel~="stylesheet"]')].map(
      (style) => /** @type {HTMLElement} */ (style),
    );
  }

  /** @param {HTMLElement[]} elements @returns {string[]} */
  function sources(elements) {
    return elements.map((element) => element.outerHTML);
  }

  /** @param {Element} element @returns {string} */
  function attributesOf(element) {
    const copy = /** @type {Element} */ (element.cloneNode(false));
    copy.classList.remove('sb-js', 'sb-elsewhere');
    return copy.outerHTML;
  }

  /**
   * All of a page that a patch cannot change: what stands on `<html>`, the player's data but for titles, scripts.
   * @param {Document} page
   * @param {string} html
   * @returns {string}
   */
  function restOf(page, html) {
    const data = JSON.parse(page.getElementById('sb-deck')?.textContent || '{}');
    for (const slide of data.slides || []) {
      delete slide.title;
      delete slide.notes;
    }
    const scripts = [...page.scripts].filter((script) => script.type !== 'application/json');
    return [html, JSON.stringify(data), ...scripts.map((script) => script.outerHTML)].join('\n');
  }

  // ------------------------------------------------------------------------------------------------ the overlay

  /**
   * A badge with the number of findings, a panel that lists them, and a bar across the page when the last build
   * failed. All of it stands in a shadow tree: the deck's styles do not reach it, nor its own the deck.
   */
  function createOverlay() {
    const host = make('div', { id: 'sb-preview-overlay' });
    const shadow = host.attachShadow({ mode: 'open' });
    const badge = make('button', { class: 'badge', type: 'button', 'aria-expanded': 'false' });
    const list = make('ol', {});
    const close = make('button', { class: 'close', type: 'button', 'aria-label': 'Close' }, '×');
    const heading = make('h2', {});
    const panel = make('section', { class: 'panel', 'aria-label': 'What is wrong with the deck' }, heading, close, list);
    const bar = make('p', { class: 'bar', role: 'alert' });
    const lost = make('p', { class: 'lost', role: 'status' }, 'The preview has stopped. Waiting for it …');
    shadow.append(make('link', { rel: 'stylesheet', href: '/-/client.css' }), lost, bar, panel, badge);
    panel.hidden = bar.hidden = lost.hidden = badge.hidden = true;
    document.body.append(host);
    // What is done here is not meant for the player; of keys, those that work a button.
    for (const name of ['click', 'contextmenu', 'wheel', 'touchstart', 'touchmove', 'touchend', 'keydown']) {
      host.addEventListener(name, (event) => {
        if (!(event instanceof KeyboardEvent) || ['Enter', ' '].includes(event.key)) event.stopPropagation();
      }, { passive: true });
    }

    let wasFailed = false;
    /** @param {boolean} open */
    function setOpen(open) {
      panel.hidden = !open;
      badge.setAttribute('aria-expanded', String(open));
    }
    badge.addEventListener('click', () => setOpen(panel.hidden));
    close.addEventListener('click', () => setOpen(false));
    addEventListener('keydown', (event) => event.key === 'Escape' && setOpen(false));

    return {
      /** @param {boolean} connected */
      setConnected(connected) {
        lost.hidden = connected;
      },
      /** @param {News} news */
      show(news) {
        const findings = [...news.diagnostics].sort((a, b) => rank(a) - rank(b));
        const worst = news.failed ? 'error' : ['warning', 'notice'].find((s) => findings.some((f) => f.severity === s));
        host.dataset.worst = worst || '';
        badge.hidden = !findings.length && !news.crash;
        badge.textContent = heading.textContent = news.crash ? 'slidebuild failed' : summary(findings);
        bar.hidden = !news.failed;
        bar.textContent = version
          ? 'The deck cannot be built as it is now. This is the last version that could.'
          : 'The deck cannot be built as it is now.';
        const bug = news.crash ? [make('li', { class: 'error' }, make('pre', { class: 'crash' }, news.crash))] : [];
        list.replaceChildren(...findings.map(entry), ...bug);
        if (news.failed && !wasFailed) setOpen(true);
        else if (badge.hidden || (wasFailed && !news.failed)) setOpen(false);
        wasFailed = news.failed;
      },
    };
  }

  /** Errors come first; else the order of the deck stays. @param {Finding} finding @returns {number} */
  function rank(finding) {
    return ['error', 'warning', 'notice'].indexOf(finding.severity);
  }

  /** @param {Finding[]} findings @returns {string} */
  function summary(findings) {
    return ['error', 'warning', 'notice']
      .map((severity) => [findings.filter((finding) => finding.severity === severity).length, severity])
      .filter(([count]) => count)
      .map(([count, severity]) => `${count} ${severity}${count === 1 ? '' : 's'}`)
      .join(', ');
  }

  /** @param {Finding} finding @returns {HTMLElement} */
  function entry(finding) {
    const place = [finding.path, finding.line, finding.column].filter((part) => part).join(':');
    const item = make('li', { class: finding.severity });
    item.append(make('p', { class: 'message' }, finding.message));
    item.append(make('p', { class: 'place' }, make('span', {}, place), make('span', { class: 'code' }, finding.code)));
    if (finding.excerpt !== undefined) {
      const [text, from, to] = [finding.excerpt, finding.from || 0, finding.to || 0];
      const mark = make('mark', {}, text.slice(from, to) || ' ');
      item.append(make('pre', {}, text.slice(0, from), mark, text.slice(to)));
    }
    if (finding.hint) item.append(make('p', { class: 'hint' }, finding.hint));
    return item;
  }

  /**
   * @param {string} tag
   * @param {Record<string, string>} attributes
   * @param {...(Node | string)} children
   * @returns {HTMLElement}
   */
  function make(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }
})();
