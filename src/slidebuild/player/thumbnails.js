import { copySlide } from './copies.js';

/** So many slides are copied in one frame, so that scrolling never waits for a slide to be laid out. */
const COPIES_A_FRAME = 2;

/**
 * Fills places with small copies of slides while they can be seen, and empties them when they are far away: an
 * overview of a thousand slides holds no more than some dozen.
 * @returns {{watch(place: HTMLElement, slide: HTMLElement): void, stop(): void}}
 */
export function createThumbnails() {
  /** @type {Map<Element, HTMLElement>} */
  const slides = new Map();
  /** @type {Set<Element>} */
  const waiting = new Set();
  let frame = 0;

  function fill() {
    let left = COPIES_A_FRAME;
    for (const place of waiting) {
      if (left-- === 0) break;
      waiting.delete(place);
      const slide = slides.get(place);
      if (slide) place.append(copySlide(slide));
    }
    frame = waiting.size ? requestAnimationFrame(fill) : 0;
  }

  /** @param {IntersectionObserverEntry[]} entries */
  function see(entries) {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) target.replaceChildren();
      if (isIntersecting && !target.firstChild) waiting.add(target);
      else waiting.delete(target);
    }
    if (!frame && waiting.size) frame = requestAnimationFrame(fill);
  }
  const observer = new IntersectionObserver(see, { rootMargin: '50%' });

  return {
    watch(place, slide) {
      slides.set(place, slide);
      observer.observe(place);
    },
    stop() {
      observer.disconnect();
      waiting.clear();
      slides.clear();
    },
  };
}
