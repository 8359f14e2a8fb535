import { element } from './elements.js';
import { formatElapsed } from './timer.js';
import { say } from './words.js';

/** A talk that is off its plan by less than this (ms) is on time. */
const ON_TIME_MS = 30_000;

/**
 * How far a talk is ahead of its plan, if every slide gets the same time.
 * @param {number} elapsed  in ms
 * @param {number} planned  for the whole talk, in ms
 * @param {number} number  of the slide that is shown, from 1
 * @param {number} total
 * @returns {number} in ms; negative when it is behind, 0 while the slide's own share of the time runs
 */
export function aheadOf(elapsed, planned, number, total) {
  const share = planned / Math.max(1, total);
  return Math.max(0, (number - 1) * share - elapsed) - Math.max(0, elapsed - number * share);
}

/**
 * What remains of the time, whether the talk is ahead or behind once it has begun, and a line of both: the time that has gone with a
 * mark where the slides are.
 * @returns {{area: HTMLElement, line: HTMLElement, show(elapsed: number, minutes: number, number: number, total: number): void}}
 */
export function createPlan() {
  const left = element('span', 'sb-left');
  const pace = element('span', 'sb-pace');
  const line = element('div', 'sb-line', element('i', ''), element('b', ''));
  const area = element('span', 'sb-plan', left, pace);

  /**
   * @param {number} elapsed
   * @param {number} minutes  0: there is no plan
   * @param {number} number
   * @param {number} total
   */
  function show(elapsed, minutes, number, total) {
    area.hidden = line.hidden = !minutes;
    const planned = minutes * 60_000;
    const rest = planned - elapsed;
    const ahead = elapsed ? aheadOf(elapsed, planned, number, total) : 0;
    const off = Math.max(1, Math.round(Math.abs(ahead) / 60_000));
    const words = ahead > 0 ? '%1 min ahead' : '%1 min behind';
    // Rounded up, so that elapsed and remaining time add up to the plan on the second.
    left.textContent = say(rest < 0 ? '%1 over' : '%1 left', formatElapsed(Math.abs(Math.ceil(rest / 1000) * 1000)));
    pace.textContent = Math.abs(ahead) >= ON_TIME_MS ? say(words, off) : elapsed ? say('on time') : '';
    area.classList.toggle('sb-late', rest < 0 || ahead <= -ON_TIME_MS);
    line.style.setProperty('--sb-gone', String(Math.min(1, elapsed / planned || 0)));
    line.style.setProperty('--sb-at', String(number / Math.max(1, total)));
  }
  return { area, line, show };
}
