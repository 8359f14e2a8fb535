/**
 * Makes an element with classes and children.
 * @param {string} tag
 * @param {string} className
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/**
 * A button of the player's own surface. After a click with the mouse it gives the focus back, so that the space
 * bar goes on turning slides.
 * @param {string} className
 * @param {string} label
 * @param {() => void} action
 * @returns {HTMLElement}
 */
export function button(className, label, action) {
  const made = element('button', className, label);
  made.setAttribute('type', 'button');
  made.addEventListener('click', (event) => {
    action();
    if (event.detail > 0) made.blur();
  });
  return made;
}

/** What answers to clicks, taps and keys by itself, so that the player leaves it alone. */
export const INTERACTIVE =
  'a[href],button,input,textarea,select,option,label,summary,video,audio,iframe,object,embed,[contenteditable],[role=button]';

/**
 * Whether an event began in such an element.
 * @param {Event} event
 * @param {string} selector
 * @returns {boolean}
 */
export function startedIn(event, selector) {
  return event.target instanceof Element && event.target.closest(selector) !== null;
}

/**
 * Whether something at or around an element, below `body`, can scroll on.
 * @param {EventTarget | null} target
 * @param {'x' | 'y'} axis
 * @param {number} direction  -1 or 1; 0 for either
 * @returns {boolean}
 */
export function canScroll(target, axis, direction) {
  for (let at = target; at instanceof Element && at !== document.body; at = at.parentElement) {
    const room = axis === 'x' ? at.scrollWidth - at.clientWidth : at.scrollHeight - at.clientHeight;
    if (room < 2) continue;
    const style = getComputedStyle(at);
    if (!/auto|scroll/.test(axis === 'x' ? style.overflowX : style.overflowY)) continue;
    const position = axis === 'x' ? at.scrollLeft : at.scrollTop;
    if (direction === 0 || (direction < 0 ? position > 0 : position < room - 1)) return true;
  }
  return false;
}
