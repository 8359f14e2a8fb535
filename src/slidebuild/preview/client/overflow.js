import { APART, beyondSlide, piecesOf, seenFrom } from './beyond.js';
import { slidesOfPage } from './dom.js';

/**
 * How far something hangs out of its slide, in the slide's own pixels.
 * @typedef {{what: string, side: string, pixels: number}} Overflow
 */

/** What a box hides beyond this (px) is more than rounding. */
const TOLERANCE = 2;
/** So long (ms) nothing must have been edited before slides that nobody sees are measured. */
const QUIET_MS = 1200;
const EDGES = ['bottom', 'right', 'top', 'left'];

/**
 * Measures slides: the one that is shown right after it was painted, the others while the browser has nothing to do.
 * @param {() => void} tell  that something was measured
 */
export function createMeasuring(tell) {
  /** @type {WeakMap<HTMLElement, Overflow | null>} */
  const found = new WeakMap();
  /** @type {Set<HTMLElement>} */
  const waiting = new Set();
  let due = 0;
  let pause = 0;

  /** @param {HTMLElement} container */
  function take(container) {
    waiting.delete(container);
    found.set(container, container.isConnected ? measure(container) : null);
  }

  /** @param {{timeRemaining(): number}} [deadline] */
  function work(deadline) {
    due = 0;
    for (const container of waiting) {
      take(container);
      if (!deadline || deadline.timeRemaining() < 5) break;
    }
    if (waiting.size) plan();
    else tell();
  }

  function plan() {
    if (due || document.visibilityState === 'hidden') return;
    due = window.requestIdleCallback ? requestIdleCallback(work) : setTimeout(work, 50);
  }

  /** The next edit comes soon, and is not to wait for this. */
  function planLater() {
    if (window.requestIdleCallback) cancelIdleCallback(due);
    else clearTimeout(due);
    due = 0;
    clearTimeout(pause);
    pause = setTimeout(plan, QUIET_MS);
  }

  return {
    /** @param {Iterable<HTMLElement>} containers */
    measure(containers) {
      for (const container of containers) waiting.add(container);
      planLater();
    },
    /** Measures the slide that is shown after the next frame. */
    measureShown() {
      requestAnimationFrame(() =>
        setTimeout(() => {
          const shown = slidesOfPage().find((container) => container.matches('.remark-visible'));
          if (!shown) return;
          take(shown);
          tell();
        }),
      );
    },
    /** @param {HTMLElement} container @returns {Overflow | null} */
    of: (container) => found.get(container) || null,
    isDone: () => waiting.size === 0,
  };
}

/**
 * @param {HTMLElement} container
 * @returns {Overflow | null} what hangs out furthest
 */
function measure(container) {
  const style = container.getAttribute('style');
  const isShown = container.matches('.remark-visible');
  // laid out, yet not painted: what is invisible for another reason than that must stay so
  if (!isShown) container.style.cssText += ';display:block!important;clip-path:inset(100%)!important;z-index:-1!important';
  const result = furthest(container);
  if (!isShown) style === null ? container.removeAttribute('style') : container.setAttribute('style', style);
  return result;
}

/** @param {HTMLElement} container @returns {Overflow | null} */
function furthest(container) {
  const scaler = container.querySelector('.remark-slide-scaler');
  const content = container.querySelector('.remark-slide-content');
  if (!(scaler instanceof HTMLElement) || !content || !scaler.offsetWidth) return null;
  const room = scaler.getBoundingClientRect();
  const seen = seenFrom(room, room.width / scaler.offsetWidth);
  const over = beyondSlide(content, piecesOf(content, seen), seen(room), seen);
  const found = EDGES.flatMap((side) => (over[side] ? [{ what: describe(over[side].element), side, pixels: over[side].px }] : []));
  return [...found, ...hiddenIn(content)].sort((one, other) => other.pixels - one.pixels)[0] ?? null;
}

/**
 * What boxes hide that cut off what does not fit.
 * @param {Element} content
 * @returns {Overflow[]}
 */
function hiddenIn(content) {
  const found = [];
  for (const element of content.querySelectorAll('*')) {
    if (!(element instanceof HTMLElement) || !element.clientHeight || element.closest(APART)) continue;
    const [tall, wide] = [element.scrollHeight - element.clientHeight, element.scrollWidth - element.clientWidth];
    if (tall <= TOLERANCE && wide <= TOLERANCE) continue;
    const { overflowX, overflowY } = getComputedStyle(element);
    const what = describe(element);
    if (tall > TOLERANCE && /hidden|clip/.test(overflowY)) found.push({ what, side: 'bottom', pixels: tall });
    if (wide > TOLERANCE && /hidden|clip/.test(overflowX)) found.push({ what, side: 'right', pixels: wide });
  }
  return found;
}

/** @param {Element} element @returns {string} */
function describe(element) {
  const text = (element.textContent || '').replace(/\s+/g, ' ').trim();
  if (text) return `“${text.length > 40 ? `${text.slice(0, 38).trimEnd()} …` : text}”`;
  const source = (element.getAttribute('src') || '').replace(/^.*\//, '').replace(/\.[0-9a-f]{8}(?=\.\w+$)/, '');
  return source && !source.startsWith('data:') ? decodeURIComponent(source) : `<${element.localName}>`;
}
