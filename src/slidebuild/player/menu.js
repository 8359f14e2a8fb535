import { button, element } from './elements.js';
import { say } from './words.js';

/**
 * Two buttons in a corner for those without a keyboard, or with its letters turned off: they show on touch screens
 * and when Tab reaches them.
 * @param {import('./events.js').Emitter} events
 * @returns {HTMLElement}
 */
export function createMenu(events) {
  return element(
    'div',
    'sb-menu',
    button('sb-button', say('Overview'), () => events.emit('toggleOverview')),
    button('sb-button', say('Keys'), () => events.emit('toggleHelp')),
  );
}
