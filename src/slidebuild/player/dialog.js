import { element } from './elements.js';

/**
 * A view that lies over everything while its mode is on. The browser keeps the focus in it and gives it back.
 * @param {string} mode
 * @param {string} className
 * @param {string} label
 * @param {import('./events.js').Emitter} events
 * @returns {HTMLDialogElement}
 */
export function createDialog(mode, className, label, events) {
  const dialog = /** @type {HTMLDialogElement} */ (element('dialog', className));
  dialog.setAttribute('aria-label', label);

  function close() {
    events.emit('setMode', mode, false);
  }

  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    // Only this view closes, not what lies below it; nor is a search field emptied first.
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  // However else the browser closes it (the back gesture of a phone). It tells so later: the view may be on again by then.
  dialog.addEventListener('close', () => dialog.open || close());
  addEventListener('beforeprint', close);
  events.on('modeChanged', (changed, on) => {
    if (changed !== mode || on === dialog.open) return;
    if (on) {
      dialog.showModal();
      return;
    }
    dialog.close();
    // The focus goes back to where it was, but to `body` only when something is painted; keys may come before that.
    const left = document.activeElement;
    if (left instanceof HTMLElement && dialog.contains(left)) left.blur();
  });
  return dialog;
}
