import { createDialog } from './dialog.js';
import { button, element } from './elements.js';
import { KEY_TABLE } from './keyboard.js';
import { say } from './words.js';

/**
 * The help, made from the key table. Here a viewer turns off the keys that are letters, digits or signs.
 * @param {import('./events.js').Emitter} events
 * @param {import('./shortcuts.js').Shortcuts} shortcuts
 * @returns {HTMLElement}
 */
export function createHelp(events, shortcuts) {
  const table = element('table', 'light-keys');
  for (const row of KEY_TABLE) {
    const keys = element('td', '');
    for (const key of row.shown || row.keys) keys.append(element('kbd', 'key', say(key)), ' ');
    table.append(element('tr', '', keys, element('td', '', say(row.label))));
  }
  const dialog = createDialog('help', 'remark-help', say('Keys'), events);
  const close = button('sb-button', say('Close'), () => events.emit('setMode', 'help', false));
  const head = element('div', 'sb-help-head', element('h1', '', say('Keys')), close);
  dialog.append(element('div', 'remark-help-content', head, table, createSwitch(shortcuts)));
  // The view itself has the focus: keys scroll it, and none presses a button by accident.
  dialog.tabIndex = -1;
  events.on('modeChanged', () => dialog.open && dialog.focus());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) events.emit('setMode', 'help', false);
  });
  return dialog;
}

/** @param {import('./shortcuts.js').Shortcuts} shortcuts */
function createSwitch(shortcuts) {
  const box = /** @type {HTMLInputElement} */ (element('input', ''));
  box.type = 'checkbox';
  box.checked = shortcuts.areOn();
  box.addEventListener('change', () => shortcuts.turn(box.checked));
  return element('label', 'sb-switch', box, say('Keys that are letters, digits or signs work'));
}
