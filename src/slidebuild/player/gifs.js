import { button, element } from './elements.js';
import { say } from './words.js';

/** Pictures that move, by their name; a still picture among them takes no harm from beginning anew. */
const MOVING = /\.(?:gif|apng|webp)(?:[?#]|$)|^data:image\/(?:gif|apng|webp)/i;
/** Those of them that would hardly be named so if they stood still. */
const SURELY_MOVING = /\.(?:gif|apng)(?:[?#]|$)|^data:image\/(?:gif|apng)/i;

/**
 * Animated pictures begin anew when their slide comes, as they have run unseen since the page was loaded. Where the
 * viewer's system asks for less motion they stand still on their first frame until they are started.
 * @param {HTMLElement[]} containers
 * @param {import('./events.js').Emitter} events
 */
export function handleAnimatedPictures(containers, events) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  events.on('afterShowSlide', (slide) => {
    const container = containers[slide.getSlideIndex()];
    for (const image of container.querySelectorAll('img')) {
      const source = image.currentSrc || image.src;
      if (calm.matches && SURELY_MOVING.test(source)) hold(image, container);
      else if (MOVING.test(source)) restart(image);
    }
  });
  events.on('afterHideSlide', (slide) => {
    const container = containers[slide.getSlideIndex()];
    for (const still of container.querySelectorAll('.sb-still')) still.remove();
    for (const image of container.querySelectorAll('.sb-held')) image.classList.remove('sb-held');
  });
}

/** @param {HTMLImageElement} image */
function restart(image) {
  // The same address again: browsers take the picture from memory and its animation from the start.
  image.setAttribute('src', image.getAttribute('src') || '');
}

/**
 * Shows the picture's first frame in its place, in the slide's own measure, until a click or Return starts it.
 * @param {HTMLImageElement} image
 * @param {HTMLElement} container
 */
async function hold(image, container) {
  const scaler = container.querySelector('.remark-slide-scaler');
  await image.decode().catch(() => undefined);
  if (!(scaler instanceof HTMLElement) || !image.naturalWidth || !container.matches('.remark-visible')) return;
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const pen = canvas.getContext('2d');
  if (pen) pen.drawImage(image, 0, 0);
  const still = button('sb-still', '', () => {
    still.remove();
    image.classList.remove('sb-held');
    restart(image);
  });
  still.setAttribute('aria-label', say('Play the animation') + (image.alt ? `: ${image.alt}` : ''));
  still.append(canvas, element('span', ''));
  const outer = scaler.getBoundingClientRect();
  const inner = image.getBoundingClientRect();
  const scale = outer.width / scaler.offsetWidth;
  canvas.style.objectFit = getComputedStyle(image).objectFit;
  still.style.left = `${(inner.left - outer.left) / scale}px`;
  still.style.top = `${(inner.top - outer.top) / scale}px`;
  still.style.width = `${inner.width / scale}px`;
  still.style.height = `${inner.height / scale}px`;
  scaler.append(still);
  image.classList.add('sb-held');
}
