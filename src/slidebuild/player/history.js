import { keep, recall } from './memory.js';

/** So many jumps can be taken back. */
const LONGEST_TRAIL = 100;

/**
 * Where the viewer has been: the slides that were shown, and those that were left by a jump, to go back to. Turning to
 * the slide before or after is no jump.
 * @param {import('./slideshow.js').Slideshow} slideshow
 * @param {import('./events.js').Emitter} events
 * @returns {{hasSeen(index: number): boolean}}
 */
export function keepHistory(slideshow, events) {
  const known = recall('history') || { trail: [], seen: [] };
  /** @type {number[]} */
  let trail = known.trail;
  /** @type {Set<number>} */
  let seen = new Set(known.seen);
  let current = -1;
  let goesBack = false;

  events.on('slideChanged', (slide) => {
    const index = slide.getSlideIndex();
    if (current !== -1 && !goesBack && Math.abs(index - current) > 1) trail.push(current);
    if (trail.length > LONGEST_TRAIL) trail.shift();
    goesBack = false;
    current = index;
    seen.add(index);
    keep('history', { trail, seen: [...seen] });
  });
  events.on('goBack', () => {
    while (trail.length && trail[trail.length - 1] === current) trail.pop();
    const index = trail.pop();
    if (index === undefined) return;
    goesBack = true;
    slideshow.gotoSlide(index + 1);
  });
  events.on('slidesExchanged', (placeOf) => {
    const stays = (/** @type {number} */ index) => index !== -1;
    trail = trail.map(placeOf).filter(stays);
    seen = new Set([...seen].map(placeOf).filter(stays));
    current = placeOf(current);
  });
  return { hasSeen: (index) => seen.has(index) };
}
