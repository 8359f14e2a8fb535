import { REFERENCE_HEIGHT, scaleToFit, slideSize } from './scaler.js';

/** How long a slide that was left stays underneath the new one, for themes that let it fade. */
const FADING_MS = 1000;

/**
 * The slides area: shows one slide and fits it to the room there is. Only slides that can be seen are scaled, so a
 * deck of a thousand costs no more than one of ten.
 * @param {HTMLElement} area
 * @param {HTMLElement[]} containers
 * @param {import('./options.js').Options} options
 * @param {import('./events.js').Emitter} events
 */
export function createStage(area, containers, options, events) {
  let size = slideSize(options.ratio);
  let timeout = 0;

  /** @param {HTMLElement} container @param {Element} box */
  function fitInto(container, box) {
    const scaler = container.querySelector('.remark-slide-scaler');
    if (scaler instanceof HTMLElement) scaleToFit(scaler, box, size);
  }

  function endFading() {
    clearTimeout(timeout);
    for (const container of containers) {
      if (!container.classList.contains('remark-fading')) continue;
      container.classList.remove('remark-fading');
      container.inert = false;
    }
  }

  function fit() {
    for (const container of containers) {
      if (container.matches('.remark-visible, .remark-fading')) fitInto(container, area);
    }
  }

  function reshape() {
    const style = document.documentElement.style;
    size = slideSize(options.ratio);
    style.setProperty('--sb-ratio', String(size.width / size.height));
    style.setProperty('--sb-width', `${size.width}px`);
    style.setProperty('--sb-height', `${REFERENCE_HEIGHT}px`);
    document.documentElement.setAttribute('data-sb-ratio', options.ratio);
  }

  reshape();
  events.on('optionsChanged', () => {
    reshape();
    events.emit('resize');
  });
  events.on('resize', fit);

  return {
    fitInto,
    /** @param {number} index */
    show(index) {
      const container = containers[index];
      container.inert = false;
      container.classList.remove('remark-fading');
      container.classList.add('remark-visible');
      fitInto(container, area);
    },
    /** @param {number} index */
    hide(index) {
      endFading();
      const container = containers[index];
      container.classList.remove('remark-visible');
      container.classList.add('remark-fading');
      container.inert = true;
      timeout = setTimeout(endFading, FADING_MS);
    },
  };
}
