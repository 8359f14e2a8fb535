import { INTERACTIVE, canScroll, startedIn } from './elements.js';

/** A wheel that rests this long has ended its gesture. */
const REST_MS = 200;
/** Two notches of a wheel closer than this count as one. */
const NOTCH_MS = 60;
/** From this on (px) one event is a notch of a wheel and not a touchpad's trickle. */
const NOTCH = 100;
/** A touchpad has to be moved at least so far (px). */
const TRICKLE = 20;

/**
 * Wheel: each notch turns a slide; on a touchpad a whole stroke with its run-out does. Click (option `click`): left
 * is next, right is previous; links and controls are left alone.
 * @param {import('./slideshow.js').Slideshow} slideshow
 * @param {import('./options.js').Options} options
 * @param {() => boolean} paused
 */
export function listenToMouse(slideshow, options, paused) {
  const turn = createWheel();
  window.addEventListener(
    'wheel',
    (event) => {
      if (paused() || options.navigation.scroll === false || event.ctrlKey) return;
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || startedIn(event, '.remark-notes-area,dialog')) return;
      if (canScroll(event.target, 'y', Math.sign(event.deltaY))) return;
      const direction = turn(event);
      if (direction > 0) slideshow.gotoNextSlide();
      if (direction < 0) slideshow.gotoPreviousSlide();
    },
    { passive: true },
  );

  /** @param {MouseEvent} event @returns {boolean} */
  function ignores(event) {
    const ours = '.remark-notes-area,dialog,.remark-preview-area';
    return paused() || !options.navigation.click || event.defaultPrevented || startedIn(event, `${INTERACTIVE},${ours}`);
  }
  document.body.addEventListener('click', (event) => {
    if (event.button === 0 && !ignores(event) && !selectsText()) slideshow.gotoNextSlide();
  });
  document.body.addEventListener('contextmenu', (event) => {
    if (ignores(event)) return;
    event.preventDefault();
    slideshow.gotoPreviousSlide();
  });
}

/** @returns {(event: WheelEvent) => number} which way an event turns: -1, 0 or 1 */
function createWheel() {
  let last = -Infinity;
  let turned = -Infinity;
  let sum = 0;
  let done = false;
  return (event) => {
    const now = event.timeStamp;
    if (now - last > REST_MS || sum * event.deltaY < 0) {
      sum = 0;
      done = false;
    }
    last = now;
    sum += event.deltaY;
    const notch = event.deltaMode !== 0 || Math.abs(event.deltaY) >= NOTCH;
    const due = notch ? now - turned > NOTCH_MS : !done && Math.abs(sum) >= TRICKLE;
    if (!due) return 0;
    turned = now;
    done = true;
    return Math.sign(event.deltaY);
  };
}

/** @returns {boolean} whether the click was the end of marking text */
function selectsText() {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed;
}
