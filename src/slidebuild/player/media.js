/**
 * Videos and sounds play only on the slide that is shown: they stop and rewind when it is left, and those marked
 * `autoplay` or `data-autoplay` start when it comes. The browser would start them all at once, unseen, when the page
 * loads. Where the viewer's system asks for less motion, videos wait for their controls to be used.
 * @param {HTMLElement} area
 * @param {HTMLElement[]} containers
 * @param {import('./events.js').Emitter} events
 * @param {() => boolean} isSilent  whether another window of this talk gives the sound
 */
export function handleMedia(area, containers, events, isSilent) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');

  /** @param {import('./slide.js').Slide} slide @returns {HTMLMediaElement[]} */
  function mediaOf(slide) {
    return [...containers[slide.getSlideIndex()].querySelectorAll('video,audio')].filter(
      (found) => found instanceof HTMLMediaElement,
    );
  }

  /** @param {HTMLMediaElement} media @returns {boolean} */
  function waits(media) {
    return calm.matches && media instanceof HTMLVideoElement;
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
  events.on('beforeShowSlide', (slide) => {
    for (const media of mediaOf(slide)) {
      media.muted = media.defaultMuted || isSilent();
      if (!waits(media) || !media.autoplay) continue;
      media.autoplay = false;
      media.controls = true;
    }
  });
  events.on('afterShowSlide', (slide) => {
    for (const media of mediaOf(slide)) {
      if ((media.autoplay || media.hasAttribute('data-autoplay')) && !waits(media)) media.play().catch(() => undefined);
    }
  });
}
