import { joinSession } from './channel.js';

/**
 * Opens a second window on the same slides, or brings it to the front. It shows the slides even where this one is
 * in presenter view: that is what it is opened for.
 * @param {import('./slideshow.js').Slideshow} slideshow
 * @param {import('./events.js').Emitter} events
 * @param {import('./channel.js').Channel} channel
 */
export function handleClone(slideshow, events, channel) {
  events.on('createClone', () => {
    if (slideshow.clone && !slideshow.clone.closed) {
      slideshow.clone.focus();
      return;
    }
    channel.join(joinSession());
    const address = location.href.replace(/#p(\d+)$/, '#$1');
    slideshow.clone = window.open(address, slideshow.getCloneTarget(), 'location=no');
  });
}
