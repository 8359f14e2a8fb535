import { listen } from './connection.js';
import { currentIndex, slideshowOf, slidesOfPage } from './dom.js';
import { createFollowing } from './follow.js';
import { createLines } from './lines.js';
import { createMeasuring } from './overflow.js';
import { asFinding, createOverlay } from './overlay.js';
import { createPage } from './page.js';

const MODES_KEY = 'slidebuild-preview-modes';
/** Modes that the page's address does not keep, and what switches them. @type {Record<string, string>} */
const MODES = { blackout: 'toggleBlackout', mirrored: 'toggleMirrored' };

/**
 * Keeps a deck's page up to date and shows what is wrong with the deck. Runs before the player, in every deck's page
 * that the preview serves.
 *
 * @typedef {{code: string, severity: string, message: string, hint: string | null, path: string | null, slide: number | null,
 *   line?: number, column?: number, excerpt?: string, from?: number, to?: number}} Finding
 * @typedef {{version: string, failed: boolean, crash: string | null, milliseconds: number, diagnostics: Finding[],
 *   replaced: number[], patch?: import('./page.js').Patch}} News
 * @typedef {News & {deck: string, address: string, rest: string, follow: boolean}} First
 */
export function start() {
  /** @type {First} */
  const first = JSON.parse(document.getElementById('sb-preview')?.textContent || '');
  const page = createPage(first.rest);
  document.addEventListener('DOMContentLoaded', () => run(first, page));
}

/** @param {First} first @param {ReturnType<typeof createPage>} page */
function run(first, page) {
  let { version } = first;
  /** @type {News} */
  let news = first;
  restoreModes();
  const following = createFollowing(first.follow);
  const measuring = createMeasuring(show);
  const lines = createLines(first.address, () => version, (text, address) => overlay.say(text, address));
  const overlay = createOverlay(first, following, lines.open);

  function show() {
    const containers = slidesOfPage();
    const overflows = containers.map((container) => measuring.of(container));
    overlay.show(news, currentIndex(), overflows, version !== '');
    if (measuring.isDone() && version === news.version) report(overflows);
  }

  let reported = '[]';

  /** The terminal tells of overflow as well. @param {(import('./overflow.js').Overflow | null)[]} overflows */
  function report(overflows) {
    const found = overflows.flatMap((overflow, slide) => (overflow ? [{ slide, message: asFinding(overflow, slide).message }] : []));
    const body = JSON.stringify(found);
    if (body === reported) return;
    reported = body;
    const headers = { 'content-type': 'application/json' };
    fetch(`/-/measured${first.address}`, { method: 'POST', headers, body: JSON.stringify({ version, found }) }).catch(() => undefined);
  }

  /** @param {News} next */
  function receive(next) {
    news = next;
    if (next.patch) {
      const changed = page.take(next.patch);
      if (!changed) {
        reload();
        return;
      }
      version = next.version;
      following.go(next.patch.edited);
      measuring.measure(changed);
      measuring.measureShown();
    }
    show();
  }

  slideshowOf()?.on('slideChanged', () => {
    show();
    measuring.measureShown();
  });
  document.querySelector('.remark-slides-area')?.addEventListener('load', () => measuring.measureShown(), true);
  show();
  listen(`/-/events${first.address}`, () => version, receive, overlay.setConnected);
  document.fonts.ready.then(() => measuring.measure(slidesOfPage()));
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
