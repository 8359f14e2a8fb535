import { element } from './elements.js';
import { KEY_TABLE } from './keyboard.js';

/**
 * The help overlay, made from the key table. It takes the focus while it is open and gives it back.
 * @param {import('./events.js').Emitter} events
 * @returns {HTMLElement}
 */
export function createHelp(events) {
  const table = element('table', 'light-keys');
  for (const row of KEY_TABLE) {
    const keys = element('td', '');
    for (const key of row.shown || row.keys) keys.append(element('kbd', 'key', key), ' ');
    table.append(element('tr', '', keys, element('td', '', row.label)));
  }
  const content = element('div', 'remark-help-content', element('h1', '', 'Keys'), table);
  const help = element('div', 'remark-help', content);
  help.setAttribute('role', 'dialog');
  help.setAttribute('aria-label', 'Keys');
  help.tabIndex = -1;
  help.addEventListener('click', () => events.emit('hideOverlay'));

  /** @type {Element | null} */
  let before = null;
  events.on('modeChanged', (mode, on) => {
    if (mode !== 'help') return;
    if (on) {
      before = document.activeElement;
      help.focus({ preventScroll: true });
    } else if (before instanceof HTMLElement) {
      before.focus({ preventScroll: true });
    }
  });
  return help;
}
