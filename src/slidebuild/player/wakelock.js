/**
 * The screen stays on while slides are presented. Browsers take the lock back when the page is hidden, so it is
 * asked for again when it shows.
 * @param {import('./events.js').Emitter} events
 * @param {() => boolean} isPresenting
 */
export function keepScreenOn(events, isPresenting) {
  if (!navigator.wakeLock) return;
  /** @type {WakeLockSentinel | null} */
  let lock = null;
  let isAsking = false;

  async function update() {
    const wanted = isPresenting() && document.visibilityState === 'visible';
    if (!wanted && lock) lock.release();
    if (!wanted || lock || isAsking) return;
    isAsking = true;
    try {
      lock = await navigator.wakeLock.request('screen');
      lock.addEventListener('release', () => {
        lock = null;
      });
    } catch {
      // Battery saver, or not allowed in this frame: the screen goes dark as it would anyway.
    }
    isAsking = false;
  }

  for (const name of ['modeChanged', 'slideChanged']) events.on(name, update);
  for (const name of ['fullscreenchange', 'visibilitychange']) document.addEventListener(name, update);
}
