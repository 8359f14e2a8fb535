import { make, slideshowOf } from './dom.js';
import { createViews } from './views.js';

/**
 * What the preview shows over the slides: a dock with the findings' number, what is wrong with this very slide, a panel
 * that lists all, and a bar when the deck cannot be built. All of it stands in a shadow tree: the deck's styles do not
 * reach it, nor its own the deck.
 * @typedef {import('./main.js').Finding} Finding
 * @typedef {import('./overflow.js').Overflow} Overflow
 * @param {import('./main.js').First} first
 * @param {{isOn(): boolean, toggle(): void}} following
 * @param {(path: string, line: number) => void} openEditor
 */
export function createOverlay(first, following, openEditor) {
  const host = make('div', { id: 'sb-preview-overlay' });
  const shadow = host.attachShadow({ mode: 'open' });
  const badge = make('button', { class: 'badge', type: 'button', 'aria-expanded': 'false' });
  const follow = make('button', { class: 'follow', type: 'button' });
  const views = createViews(first.address);
  const dock = make('div', { class: 'dock' }, badge, follow, views.button);
  const list = make('ol', {});
  const close = make('button', { class: 'close', type: 'button', 'aria-label': 'Close' }, '×');
  const heading = make('h2', {});
  const panel = make('section', { class: 'panel', 'aria-label': 'What is wrong with the deck' }, heading, close, list);
  const bar = make('p', { class: 'bar', role: 'alert' });
  const lost = make('p', { class: 'lost', role: 'status' }, 'The preview has stopped. Waiting for it …');
  const marks = make('div', { class: 'marks', role: 'status' });
  const toast = make('p', { class: 'toast', role: 'status' });
  const sheet = make('link', { rel: 'stylesheet', href: '/-/client.css' });
  shadow.append(sheet, lost, bar, marks, panel, views.menu, dock, toast);
  panel.hidden = bar.hidden = lost.hidden = toast.hidden = true;
  document.body.append(host);
  // What is done here is not meant for the player; of keys, those that work a button.
  for (const name of ['click', 'contextmenu', 'wheel', 'touchstart', 'touchmove', 'touchend', 'keydown']) {
    host.addEventListener(name, (event) => {
      if (!(event instanceof KeyboardEvent) || ['Enter', ' '].includes(event.key)) event.stopPropagation();
    }, { passive: true });
  }

  let wasFailed = false;
  let fading = 0;

  /** @param {boolean} open */
  function setOpen(open) {
    panel.hidden = !open;
    badge.setAttribute('aria-expanded', String(open));
    if (open) views.close();
  }

  function showFollowing() {
    follow.textContent = following.isOn() ? 'Following' : 'Pinned';
    follow.setAttribute('aria-pressed', String(following.isOn()));
    follow.title = following.isOn() ? 'Goes to the slide that is edited' : 'Stays on this slide while others are edited';
  }

  badge.addEventListener('click', () => setOpen(panel.hidden));
  close.addEventListener('click', () => setOpen(false));
  follow.addEventListener('click', () => {
    following.toggle();
    showFollowing();
  });
  views.button.addEventListener('click', () => setOpen(false));
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    setOpen(false);
    views.close();
  });
  showFollowing();

  /** @param {Finding} finding @param {number} current @returns {HTMLElement} */
  function entry(finding, current) {
    const place = [finding.path, finding.line, finding.column].filter((part) => part).join(':');
    const item = make('li', { class: finding.severity });
    item.append(make('p', { class: 'message' }, finding.message));
    const { path, line } = finding;
    const row = make('p', { class: 'place' });
    if (place) row.append(make(line ? 'button' : 'span', { class: 'where' }, place));
    if (path && line) row.firstElementChild?.addEventListener('click', () => openEditor(path, line));
    if (finding.slide !== null) row.append(goTo(finding.slide, current));
    row.append(make('span', { class: 'code' }, finding.code));
    item.append(row);
    if (finding.excerpt !== undefined) {
      const [text, from, to] = [finding.excerpt, finding.from || 0, finding.to || 0];
      const mark = make('mark', {}, text.slice(from, to) || ' ');
      item.append(make('pre', {}, text.slice(0, from), mark, text.slice(to)));
    }
    if (finding.hint) item.append(make('p', { class: 'hint' }, finding.hint));
    return item;
  }

  /** @param {number} slide @param {number} current @returns {HTMLElement} */
  function goTo(slide, current) {
    if (slide === current) return make('span', { class: 'here' }, 'this slide');
    const link = make('button', { class: 'slide', type: 'button' }, `slide ${slide + 1}`);
    link.addEventListener('click', () => slideshowOf()?.gotoSlide(slide + 1));
    return link;
  }

  return {
    /** @param {boolean} connected */
    setConnected(connected) {
      lost.hidden = connected;
    },
    /** @param {string} text @param {string} [address]  where a click on it leads */
    say(text, address) {
      toast.replaceChildren(address ? make('a', { href: address }, `Open ${text} in VS Code`) : text);
      toast.hidden = false;
      clearTimeout(fading);
      fading = setTimeout(() => (toast.hidden = true), address ? 8000 : 2500);
    },
    /**
     * @param {import('./main.js').News} news
     * @param {number} current
     * @param {(Overflow | null)[]} overflows  of each slide
     * @param {boolean} hasPage
     */
    show(news, current, overflows, hasPage) {
      const findings = [...news.diagnostics, ...overflows.flatMap((found, slide) => (found ? [asFinding(found, slide)] : []))];
      findings.sort((a, b) => rank(a, current) - rank(b, current));
      const worst = news.failed ? 'error' : ['warning', 'notice'].find((s) => findings.some((f) => f.severity === s));
      host.dataset.worst = worst || 'none';
      badge.textContent = news.crash ? 'slidebuild failed' : summary(findings) || 'No findings';
      heading.textContent = badge.textContent;
      bar.hidden = !news.failed;
      bar.textContent = hasPage
        ? 'The deck cannot be built as it is now. This is the last version that could.'
        : 'The deck cannot be built as it is now.';
      const bug = news.crash ? [make('li', { class: 'error' }, make('pre', { class: 'crash' }, news.crash))] : [];
      list.replaceChildren(...findings.map((finding) => entry(finding, current)), ...bug);
      marks.replaceChildren(...marksOf(news, findings, current, overflows[current]));
      if (news.failed && !wasFailed) setOpen(true);
      else if ((!findings.length && !news.crash) || (wasFailed && !news.failed)) setOpen(false);
      wasFailed = news.failed;
    },
  };
}

/**
 * What is to be said of the slide that is shown.
 * @param {import('./main.js').News} news
 * @param {Finding[]} findings
 * @param {number} current
 * @param {Overflow | null | undefined} overflow
 * @returns {HTMLElement[]}
 */
function marksOf(news, findings, current, overflow) {
  const marks = [];
  const own = findings.filter((finding) => finding.slide === current && finding.code !== OVERFLOW);
  if (overflow) marks.push(make('span', { class: 'mark warning' }, `overflows ${overflow.pixels} px ${PLACES[overflow.side]}`));
  if (own.length) marks.push(make('span', { class: `mark ${own[0].severity}` }, `${summary(own)} here`));
  if (news.replaced.includes(current)) marks.push(make('span', { class: 'mark notice' }, 'replaced in PDF'));
  return marks;
}

/** @type {Record<string, string>} */
const PLACES = { bottom: 'below', right: 'on the right', top: 'above', left: 'on the left' };
/** As `slidebuild check` calls it. */
const OVERFLOW = 'slide-overflow';
const SEVERITIES = ['error', 'warning', 'notice'];

/** @param {Overflow} overflow @param {number} slide @returns {Finding} */
export function asFinding({ what, side, pixels }, slide) {
  const message = `${what} hangs out of the slide by ${pixels} px ${PLACES[side]}`;
  const hint = 'shorten the slide, or give it smaller text';
  return { code: OVERFLOW, severity: 'warning', message, hint, path: null, slide };
}

/** Errors come first, then this slide; else the order of the deck stays. @param {Finding} finding @param {number} current */
function rank(finding, current) {
  return 2 * SEVERITIES.indexOf(finding.severity) + (finding.slide === current ? 0 : 1);
}

/** @param {Finding[]} findings @returns {string} */
function summary(findings) {
  return SEVERITIES.map((severity) => /** @type {[number, string]} */ ([findings.filter((f) => f.severity === severity).length, severity]))
    .filter(([count]) => count)
    .map(([count, severity]) => `${count} ${severity}${count === 1 ? '' : 's'}`)
    .join(', ');
}
