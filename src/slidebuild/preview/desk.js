/**
 * The desk: a card for each deck, kept up to date, and a search over all of them.
 * @typedef {{path: string, address: string, status: 'unknown' | 'good' | 'failed', version?: string, title?: string,
 *   slides?: number, noted?: number, replaced?: number, counts?: Record<string, number>}} Card
 * @typedef {{address: string, deck: string, index: number, title: string, before: string, word: string, after: string}} Hit
 */
(() => {
  'use strict';
  const list = /** @type {HTMLElement} */ (document.getElementById('decks'));
  const hits = /** @type {HTMLElement} */ (document.getElementById('hits'));
  const search = /** @type {HTMLInputElement} */ (document.getElementById('search'));
  const lost = /** @type {HTMLElement} */ (document.getElementById('lost'));
  /** @type {Map<string, {item: HTMLElement, frame: HTMLIFrameElement, title: HTMLElement, facts: HTMLElement, status: HTMLElement, version: string}>} */
  const known = new Map();

  /** @param {Card[]} cards */
  function show(cards) {
    const paths = new Set(cards.map(({ path }) => path));
    for (const [path, { item }] of known) {
      if (paths.has(path)) continue;
      item.remove();
      known.delete(path);
    }
    cards.forEach((card, index) => {
      const place = known.get(card.path) || create(card);
      if (list.children[index] !== place.item) list.insertBefore(place.item, list.children[index] || null);
      fill(place, card);
    });
    const nothing = document.getElementById('nothing');
    if (nothing) nothing.hidden = cards.length > 0;
  }

  /** @param {Card} card */
  function create(card) {
    const frame = /** @type {HTMLIFrameElement} */ (make('iframe', { sandbox: 'allow-same-origin', loading: 'lazy', tabindex: '-1', title: '' }));
    frame.setAttribute('aria-hidden', 'true');
    frame.src = `${card.address}?as=cover`;
    const [title, facts, status] = [make('strong', {}), make('span', { class: 'faint' }), make('span', { class: 'status' })];
    const open = make('a', { class: 'open', href: card.address }, make('span', { class: 'cover' }, frame), make('span', { class: 'words' }, title, facts));
    const views = make(
      'nav',
      { 'aria-label': `Views of ${card.path}` },
      make('a', { href: `${card.address}#p1` }, 'Presenter'),
      make('a', { href: `${card.address}?as=print` }, 'PDF'),
      make('a', { href: `/-/two${card.address}` }, 'Both'),
      status,
    );
    const item = make('li', {}, open, views);
    const place = { item, frame, title, facts, status, version: '' };
    known.set(card.path, place);
    return place;
  }

  /** @param {ReturnType<typeof create>} place @param {Card} card */
  function fill(place, card) {
    place.title.textContent = card.title || card.path;
    const facts = [card.path];
    if (card.slides !== undefined) facts.push(count(card.slides, 'slide'));
    if (card.noted) facts.push(`${card.noted} with notes`);
    if (card.replaced) facts.push(`${card.replaced} replaced in PDF`);
    place.facts.textContent = (card.title ? facts : facts.slice(1)).join(' · ');
    const { error = 0, warning = 0, notice = 0 } = card.counts || {};
    const worst = card.status === 'failed' ? 'error' : warning ? 'warning' : notice ? 'notice' : 'good';
    place.status.className = `status ${card.status === 'unknown' ? 'faint' : worst}`;
    place.status.textContent = words(card, error, warning, notice);
    if (card.version && place.version && card.version !== place.version) place.frame.contentWindow?.location.reload();
    place.version = card.version || place.version;
  }

  /** @param {Card} card @param {number} errors @param {number} warnings @param {number} notices */
  function words(card, errors, warnings, notices) {
    if (card.status === 'unknown') return '…';
    const found = [count(errors, 'error'), count(warnings, 'warning'), count(notices, 'notice')].filter((text) => !text.startsWith('0'));
    if (card.status === 'failed') return ['cannot be built', ...found].join(' · ');
    return found.join(' · ') || 'no findings';
  }

  let asked = 0;
  async function look() {
    const query = search.value.trim();
    asked += 1;
    const turn = asked;
    if (!query) {
      hits.hidden = true;
      list.hidden = false;
      return;
    }
    const answer = await fetch(`/-/search?q=${encodeURIComponent(query)}`);
    /** @type {Hit[]} */
    const found = answer.ok ? await answer.json() : [];
    if (turn !== asked) return;
    hits.replaceChildren(...found.map(hit), ...(found.length ? [] : [make('li', { class: 'faint none' }, 'No slide has these words.')]));
    hits.hidden = false;
    list.hidden = true;
  }

  /** @param {Hit} found */
  function hit(found) {
    const title = make('strong', {}, found.title || `Slide ${found.index + 1}`);
    const text = make('span', { class: 'excerpt' }, found.before, make('mark', {}, found.word), found.after);
    return make('li', {}, make('a', { href: found.address }, title, make('span', { class: 'faint' }, `${found.deck} · slide ${found.index + 1}`), text));
  }

  let typing = 0;
  search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(look, 120);
  });
  addEventListener('keydown', (event) => {
    if (event.key === '/' && document.activeElement !== search) {
      search.focus();
      event.preventDefault();
    } else if (event.key === 'Escape' && search.value) {
      search.value = '';
      look();
    }
  });

  /** @param {number} number @param {string} word */
  function count(number, word) {
    return `${number} ${word}${number === 1 ? '' : 's'}`;
  }

  /**
   * @param {string} tag
   * @param {Record<string, string>} attributes
   * @param {...(Node | string)} children
   */
  function make(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function listen() {
    const events = new EventSource('/-/events');
    events.onopen = () => (lost.hidden = true);
    events.onmessage = (event) => show(JSON.parse(event.data));
    events.onerror = () => {
      lost.hidden = false;
      events.close();
      setTimeout(listen, 1000);
    };
    addEventListener('pagehide', () => events.close(), { once: true });
  }
  addEventListener('pageshow', (event) => event.persisted && location.reload());
  show(JSON.parse(document.getElementById('data')?.textContent || '[]'));
  listen();
})();
