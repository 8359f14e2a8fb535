import { prefer, preference } from './memory.js';

/** @typedef {{areOn(): boolean, turn(on: boolean): void}} Shortcuts */

/**
 * Whether keys that are letters, digits or signs do something. Speech input and the like press them by accident, so
 * the deck (option `navigation.shortcuts`) and the viewer can turn them off (WCAG 2.1.4).
 * @param {import('./options.js').Options} options
 * @returns {Shortcuts}
 */
export function createShortcuts(options) {
  let chosen = preference('shortcuts');
  return {
    areOn: () => (chosen ? chosen === 'on' : options.navigation.shortcuts !== false),
    turn(on) {
      chosen = on ? 'on' : 'off';
      prefer('shortcuts', chosen);
    },
  };
}
