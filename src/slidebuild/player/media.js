/**
 * Videos and sounds play only on the slide that is shown: they stop and rewind when it is left, and those marked
 * `autoplay` start when it comes. The browser would start them all at once, unseen, when the page loads.
 * @param {HTMLElement} area
 * @param {HTMLElement[]} containers
 * @param {import('./events.js').Emitter} events
 */
export function handleMedia(area, containers, events) {
  /** @param {import('./slide.js').Slide} slide @returns {HTMLMediaElement[]} */
  function mediaOf(slide) {
    return [...containers[slide.getSlideIndex()].querySelectorAll('video,audio')].filter(
      (found) => found instanceof HTMLMediaElement,
    );
  }

  area.addEventListener(
    'play',
    (event) => {
      if (!(event.target instanceof HTMLMediaElement)) return;
      if (!event.target.closest('.remark-slide-container.remark-visible')) event.target.pause();
    },
    true,
  );
  events.on('afterHideSlide', (slide) => {
    for (const media of mediaOf(slide)) {
      media.pause();
      if (media.currentTime > 0) media.currentTime = 0;
    }
  });
  events.on('afterShowSlide', (slide) => {
    for (const media of mediaOf(slide)) {
      if (media.autoplay) media.play().catch(() => undefined);
    }
  });
}
