/**
 * The speaker's timer: it starts with the first change of slide (option `startOnChange`), and again after a reset.
 * @param {import('./options.js').Options} options
 * @param {import('./events.js').Emitter} events
 */
export function createTimer(options, events) {
  let elapsed = 0;
  let since = 0;
  let running = false;
  let started = false;
  let held = false;

  function now() {
    return running ? elapsed + Date.now() - since : elapsed;
  }

  /** @param {boolean} on */
  function run(on) {
    if (!options.timer.enabled || on === running) return;
    elapsed = now();
    since = Date.now();
    running = on;
    started = started || on;
    events.emit('timerChanged');
  }

  events.on('slideChanged', (_slide, details) => {
    if (!details.first && !started && options.timer.startOnChange) run(true);
  });
  events.on('toggleTimer', () => run(!running));
  events.on('resetTimer', () => {
    if (!options.timer.resetable) return;
    elapsed = 0;
    running = started = false;
    events.emit('timerChanged');
  });
  events.on('pause', () => {
    held = held || running;
    run(false);
  });
  events.on('resume', () => {
    if (held) run(true);
    held = false;
  });

  return {
    isRunning: () => running,
    /** @returns {string} */
    text: () => (options.timer.formatter || formatElapsed)(now()),
  };
}

/**
 * @param {number} elapsed  in ms
 * @returns {string} `1:02:03`
 */
export function formatElapsed(elapsed) {
  const seconds = Math.floor(elapsed / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
}

/** @param {number} number @returns {string} */
export function twoDigits(number) {
  return String(number).padStart(2, '0');
}
