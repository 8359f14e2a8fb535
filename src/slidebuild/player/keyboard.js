import { INTERACTIVE, startedIn } from './elements.js';

/**
 * One line of the key table. `keys` are values of KeyboardEvent.key (letters in lower case), with `Shift+` where it
 * matters; `shown` is how the help writes them where that differs.
 * @typedef {{keys: string[], shown?: string[], label: string, run: (slideshow: import('./slideshow.js').Slideshow) => void}} KeyRow
 */

/** Every key of the player; the help overlay is made from this table. @type {KeyRow[]} */
export const KEY_TABLE = [
  {
    keys: ['ArrowRight', 'ArrowDown', 'PageDown', ' ', 'j'],
    shown: ['→', '↓', 'Page Down', 'Space', 'j'],
    label: 'Next slide',
    run: (slideshow) => slideshow.gotoNextSlide(),
  },
  {
    keys: ['ArrowLeft', 'ArrowUp', 'PageUp', 'Shift+ ', 'k'],
    shown: ['←', '↑', 'Page Up', 'Shift Space', 'k'],
    label: 'Previous slide',
    run: (slideshow) => slideshow.gotoPreviousSlide(),
  },
  { keys: ['Home'], label: 'First slide', run: (slideshow) => slideshow.gotoFirstSlide() },
  { keys: ['End'], label: 'Last slide', run: (slideshow) => slideshow.gotoLastSlide() },
  { keys: [], shown: ['Number', 'Return'], label: 'Slide with this number', run: () => {} },
  { keys: ['u', 'Backspace'], label: 'Back to before the jump', run: (slideshow) => slideshow.goBack() },
  { keys: ['o'], label: 'Overview of all slides', run: (slideshow) => slideshow.toggleOverview() },
  { keys: ['/'], label: 'Search', run: (slideshow) => slideshow.search() },
  { keys: ['p'], label: 'Presenter view', run: (slideshow) => slideshow.togglePresenterMode() },
  { keys: ['c'], label: 'Second window, kept in step', run: (slideshow) => slideshow.createClone() },
  { keys: ['f'], label: 'Full screen', run: (slideshow) => slideshow.toggleFullscreen() },
  { keys: ['b', '.'], label: 'Black screen', run: (slideshow) => slideshow.toggleBlackout() },
  { keys: ['m'], label: 'Mirrored', run: (slideshow) => slideshow.toggleMirrored() },
  { keys: ['s'], label: 'Start or stop the timer', run: (slideshow) => slideshow.toggleTimer() },
  { keys: ['t'], label: 'Reset the timer', run: (slideshow) => slideshow.resetTimer() },
  { keys: ['+', '='], shown: ['+'], label: 'Larger notes', run: (slideshow) => slideshow.enlargeNotes() },
  { keys: ['-'], label: 'Smaller notes', run: (slideshow) => slideshow.shrinkNotes() },
  { keys: ['h', '?'], label: 'This help', run: (slideshow) => slideshow.toggleHelp() },
  { keys: ['Escape'], shown: ['Esc'], label: 'Back to the slides', run: (slideshow) => slideshow.hideOverlay() },
];

/**
 * @param {import('./slideshow.js').Slideshow} slideshow
 * @param {() => boolean} paused  whether `slideshow.pause()` holds the player
 * @param {() => boolean} takesLetters  whether keys that are letters, digits or signs do something
 */
export function listenToKeys(slideshow, paused, takesLetters) {
  /** @type {Map<string, KeyRow>} */
  const rows = new Map();
  for (const row of KEY_TABLE) for (const key of row.keys) rows.set(key, row);
  let digits = '';

  window.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (paused() || belongsToTarget(event)) return;
    const key = nameOf(event);
    if (key.length === 1 && key !== ' ' && !takesLetters()) return;
    if (/^\d$/.test(key)) {
      digits += key;
    } else if (key === 'Enter' && digits) {
      slideshow.gotoSlideNumber(digits);
      digits = '';
      event.preventDefault();
    } else {
      const row = rows.get(event.shiftKey ? `Shift+${key}` : key) || rows.get(key);
      if (!row || (event.repeat && !isTurn(key))) return;
      digits = '';
      event.preventDefault();
      row.run(slideshow);
    }
  });
}

/**
 * Letters in lower case. On a keyboard of another script the key's place counts: `з` is `p`.
 * @param {KeyboardEvent} event
 * @returns {string}
 */
function nameOf(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const place = /^Key([A-Z])$/.exec(event.code);
  return place && key.length === 1 && key > '\u007f' ? place[1].toLowerCase() : key;
}

/**
 * Held down, a key goes on turning slides but does not flicker through on and off.
 * @param {string} key
 * @returns {boolean}
 */
function isTurn(key) {
  return /^(Arrow|Page| $|[jk]$)/.test(key);
}

/**
 * Text being typed takes every key; buttons, links and players only those that work them, the help those that scroll.
 * @param {KeyboardEvent} event
 * @returns {boolean}
 */
function belongsToTarget(event) {
  if (startedIn(event, 'input,textarea,select,[contenteditable]:not([contenteditable=false])')) return true;
  if (event.key === ' ') return startedIn(event, INTERACTIVE.replace('a[href],', ''));
  if (event.key === 'Enter') return startedIn(event, INTERACTIVE);
  if (/^(Arrow|Page|Home$|End$| $)/.test(event.key) && startedIn(event, 'dialog')) return true;
  return event.key.startsWith('Arrow') && startedIn(event, 'video[controls],audio[controls]');
}
