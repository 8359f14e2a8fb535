/**
 * What listeners are told about: remark's own events, and the player's inner ones.
 * @typedef {(...details: any[]) => void} Listener
 * @typedef {{on(name: string, listener: Listener): void, emit(name: string, ...details: any[]): void}} Emitter
 */

/**
 * Listeners run in the order they were added. One that fails is reported to the browser's console and does not
 * keep the others, or the change of slide, from happening.
 * @returns {Emitter}
 */
export function createEmitter() {
  /** @type {Map<string, Listener[]>} */
  const listeners = new Map();
  return {
    on(name, listener) {
      listeners.set(name, [...(listeners.get(name) || []), listener]);
    },
    emit(name, ...details) {
      for (const listener of listeners.get(name) || []) {
        try {
          listener(...details);
        } catch (error) {
          reportError(error);
        }
      }
    },
  };
}
