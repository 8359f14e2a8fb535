/**
 * The states of the player, each a class on `body` as in remark.js: presenter view, help, overview,
 * black, mirrored, paused.
 * @param {import('./slideshow.js').Slideshow} slideshow
 * @param {import('./events.js').Emitter} events
 */
export function createModes(slideshow, events) {
  const classes = document.body.classList;

  /** @param {string} mode @returns {boolean} */
  function isOn(mode) {
    return classes.contains(`remark-${mode}-mode`);
  }

  /** @param {string} mode @param {boolean} on */
  function set(mode, on) {
    if (isOn(mode) === on) return;
    classes.toggle(`remark-${mode}-mode`, on);
    events.emit('modeChanged', mode, on);
  }

  /** @param {boolean} on @param {boolean} silent */
  function setBlackout(on, silent) {
    set('blackout', on);
    events.emit('blackoutChanged', on, { silent });
  }

  events.on('togglePresenterMode', () => {
    set('presenter', !isOn('presenter'));
    events.emit('resize');
    events.emit('toggledPresenter', slideshow.getSlides()[slideshow.getCurrentSlideIndex()]);
  });
  events.on('forcePresenterMode', () => {
    set('presenter', true);
    events.emit('resize');
  });
  events.on('setMode', set);
  events.on('toggleOverview', () => set('overview', !isOn('overview')));
  events.on('toggleHelp', () => set('help', !isOn('help')));
  events.on('toggleBlackout', (details) => setBlackout(!isOn('blackout'), Boolean(details && details.silent)));
  events.on('setBlackout', (on) => setBlackout(on, true));
  events.on('toggleMirrored', () => set('mirrored', !isOn('mirrored')));
  events.on('hideOverlay', () => {
    if (isOn('blackout')) setBlackout(false, false);
    set('help', false);
    set('overview', false);
  });
  events.on('pause', () => set('pause', true));
  events.on('resume', () => set('pause', false));
  return { isOn };
}
