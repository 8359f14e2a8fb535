import { keep, recall } from './memory.js';

/** @typedef {{isRunning(): boolean, elapsed(): number, text(): string}} Timer */

/**
 * The speaker's timer: it starts with the first change of slide (option `startOnChange`), and again after a reset.
 * When the page is loaded again it goes on, the time in between counted.
 * @param {import('./options.js').Options} options
 * @param {import('./events.js').Emitter} events
 * @returns {Timer}
 */
export function createTimer(options, events) {
  const known = recall('timer') || { elapsed: 0, since: 0, running: false, started: false };
  let { elapsed, since, running, started } = known;
  let held = false;

  /** @returns {number} in ms */
  function now() {
    return running ? elapsed + Date.now() - since : elapsed;
  }

  function tell() {
    keep('timer', { elapsed, since, running, started });
    events.emit('timerChanged');
  }

  /** @param {boolean} on */
  function run(on) {
    if (!options.timer.enabled || on === running) return;
    elapsed = now();
    since = Date.now();
    running = on;
    started = started || on;
    tell();
  }

  events.on('slideChanged', (_slide, details) => {
    if (!details.first && !started && options.timer.startOnChange) run(true);
  });
  events.on('toggleTimer', () => run(!running));
  events.on('resetTimer', () => {
    if (!options.timer.resetable) return;
    elapsed = 0;
    running = started = false;
    tell();
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
    elapsed: now,
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
