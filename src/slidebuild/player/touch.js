import { INTERACTIVE, canScroll, startedIn } from './elements.js';

/** A finger that moves less than this (px) taps. */
const TAP = 10;
/** A stroke must be this long (px) to turn a slide. */
const SWIPE = 30;

/**
 * Tap on the left half: previous, on the right half: next; a stroke to the left: next, to the right: previous. Two
 * fingers zoom, and what can scroll sideways scrolls.
 * @param {import('./slideshow.js').Slideshow} slideshow
 * @param {import('./options.js').Options} options
 * @param {() => boolean} paused
 */
export function listenToTouch(slideshow, options, paused) {
  /** @type {{x: number, y: number} | null} */
  let start = null;

  document.body.addEventListener(
    'touchstart',
    (event) => {
      const touch = event.touches[0];
      const free = !startedIn(event, '.remark-notes-area,dialog') && !canScroll(event.target, 'x', 0);
      const one = event.touches.length === 1 && options.navigation.touch !== false && !paused() && !zoomed();
      start = one && free ? { x: touch.clientX, y: touch.clientY } : null;
    },
    { passive: true },
  );
  document.body.addEventListener('touchcancel', () => {
    start = null;
  });
  document.body.addEventListener('touchend', (event) => {
    if (!start || event.touches.length > 0) return;
    const end = event.changedTouches[0];
    const x = end.clientX - start.x;
    const y = end.clientY - start.y;
    start = null;
    const tap = Math.hypot(x, y) < TAP;
    if (tap ? startedIn(event, INTERACTIVE) : Math.abs(x) < SWIPE || Math.abs(x) < Math.abs(y)) return;
    // Without this the browser sends a click after the tap, which would turn another slide.
    if (event.cancelable) event.preventDefault();
    if (tap ? end.clientX < innerWidth / 2 : x > 0) slideshow.gotoPreviousSlide();
    else slideshow.gotoNextSlide();
  });
}

/** @returns {boolean} whether the page is enlarged, so that a stroke moves about in it */
function zoomed() {
  return window.visualViewport !== null && window.visualViewport.scale > 1.05;
}
