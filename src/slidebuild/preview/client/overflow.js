import { slidesOfPage } from './dom.js';

/**
 * How far something hangs out of its slide, in the slide's own pixels.
 * @typedef {{what: string, side: string, pixels: number}} Overflow
 */

/** Less than this (px) is rounding. */
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
  if (!isShown) container.style.cssText += ';display:block!important;visibility:hidden!important;z-index:-1!important';
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
  const scale = room.width / scaler.offsetWidth;
  /** @type {Overflow | null} */
  let worst = null;

  /** @param {Element} element @param {string} side @param {number} pixels */
  function note(element, side, pixels) {
    if (pixels <= TOLERANCE || (worst && pixels <= worst.pixels)) return;
    worst = { what: describe(element), side, pixels: Math.round(pixels) };
  }

  /** @param {DOMRect} box */
  const beyond = (box) => ({ bottom: box.bottom - room.bottom, right: box.right - room.right, top: room.top - box.top, left: room.left - box.left });
  /** @param {DOMRect} box */
  const sideOf = (box) => {
    const over = beyond(box);
    return EDGES.find((name) => over[/** @type {'top'} */ (name)] / scale > TOLERANCE);
  };

  for (const element of content.querySelectorAll('*')) {
    if (element.closest('.remark-slide-number') || element.parentElement?.closest('svg,math')) continue;
    const [tall, wide] = [element.scrollHeight - element.clientHeight, element.scrollWidth - element.clientWidth];
    if (element instanceof HTMLElement && element.clientHeight && (tall > TOLERANCE || wide > TOLERANCE)) {
      const { overflowX, overflowY } = getComputedStyle(element);
      if (/hidden|clip/.test(overflowY)) note(element, 'bottom', tall);
      if (/hidden|clip/.test(overflowX)) note(element, 'right', wide);
    }
    if (!isContent(element)) continue;
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    const over = beyond(box);
    if (!sideOf(box) || isCut(element, content, sideOf)) continue;
    // What is larger than the slide on both sides is meant as its ground.
    if ((over.bottom > 0 && over.top > 0) || (over.left > 0 && over.right > 0)) continue;
    for (const name of EDGES) note(element, name, over[/** @type {'top'} */ (name)] / scale);
  }
  return worst;
}

/** Whether an element shows something itself: text of its own, a picture. @param {Element} element @returns {boolean} */
function isContent(element) {
  if (element.matches('img,video,iframe,canvas,svg,math,object,embed,hr')) return true;
  return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.nodeValue || '').trim() !== '');
}

/**
 * Whether an element around it cuts it off, or lets it scroll, before the edge of the slide.
 * @param {Element} element
 * @param {Element} content
 * @param {(box: DOMRect) => string | undefined} sideOf  where a box hangs out of the slide
 */
function isCut(element, content, sideOf) {
  for (let around = element.parentElement; around && around !== content; around = around.parentElement) {
    if (getComputedStyle(around).overflowY !== 'visible' && !sideOf(around.getBoundingClientRect())) return true;
  }
  return false;
}

/** @param {Element} element @returns {string} */
function describe(element) {
  const text = (element.textContent || '').replace(/\s+/g, ' ').trim();
  if (text) return `“${text.length > 40 ? `${text.slice(0, 38).trimEnd()} …` : text}”`;
  const source = (element.getAttribute('src') || '').replace(/^.*\//, '').replace(/\.[0-9a-f]{8}(?=\.\w+$)/, '');
  return source && !source.startsWith('data:') ? decodeURIComponent(source) : `<${element.localName}>`;
}
