import { createChannel, currentSession } from './channel.js';

/**
 * Keeps windows in step and takes remark.js's messages: `gotoSlide:N` (counted from 1 over all slides) and
 * `toggleBlackout`.
 * @param {import('./slideshow.js').Slideshow} slideshow
 * @param {import('./events.js').Emitter} events
 * @returns {import('./channel.js').Channel}
 */
export function keepInStep(slideshow, events) {
  const cloned = currentSession() !== '' && window.opener !== null;

  /** @param {unknown} data */
  function obey(data) {
    const goto = /^gotoSlide:(\d+)$/.exec(String(data));
    if (goto) slideshow.gotoSlide(Number(goto[1]), true);
    else if (data === 'toggleBlackout') events.emit('toggleBlackout', { silent: true });
    else if (data === 'blackout:on' || data === 'blackout:off') events.emit('setBlackout', data === 'blackout:on');
  }

  const channel = createChannel(obey);
  channel.join(currentSession());

  /**
   * @param {string} message  to remark.js's ears
   * @param {string} state  to the windows of this session, which may hear it twice
   */
  function tell(message, state) {
    channel.send(state);
    const clone = slideshow.clone;
    if (clone && !clone.closed && !channel.isLive()) post(clone, message);
    if (window.opener && !(cloned && channel.isLive())) post(window.opener, message);
  }

  events.on('slideChanged', (slide, details) => {
    const message = `gotoSlide:${slide.getSlideIndex() + 1}`;
    if (!details.silent && !details.first) tell(message, message);
  });
  events.on('blackoutChanged', (on, details) => {
    if (!details.silent) tell('toggleBlackout', on ? 'blackout:on' : 'blackout:off');
  });
  addEventListener('message', (event) => {
    if (isTrusted(event, slideshow.clone)) obey(event.data);
  });
  return channel;
}

/**
 * Pages of our own origin may speak to us. Where there is none (`file://`, a sandboxed frame), only the windows we
 * opened or were opened by.
 * @param {MessageEvent} event
 * @param {Window | null} clone
 * @returns {boolean}
 */
function isTrusted(event, clone) {
  if (hasOrigin()) return event.origin === location.origin;
  return event.source !== null && [window, window.opener, clone].includes(/** @type {Window} */ (event.source));
}

/** @returns {boolean} */
function hasOrigin() {
  return /^https?:$/.test(location.protocol) && window.origin !== 'null';
}

/**
 * @param {Window} target
 * @param {string} message
 */
function post(target, message) {
  try {
    // Reading this of another site's window throws; a page that opened us from elsewhere is not told.
    if (hasOrigin() && target.location.origin !== location.origin) return;
    target.postMessage(message, hasOrigin() ? location.origin : '*');
  } catch {
    return;
  }
}
