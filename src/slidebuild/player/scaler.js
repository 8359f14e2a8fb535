/** Slides are laid out at 681 px height and scaled as a whole, as in remark.js. @type {number} */
export const REFERENCE_HEIGHT = 681;

/**
 * @param {string} ratio  `16:9`
 * @returns {{width: number, height: number}} the size of a slide before scaling, in px
 */
export function slideSize(ratio) {
  const [width, height] = ratio.split(':').map(Number);
  const known = width > 0 && height > 0;
  return { width: known ? Math.floor((REFERENCE_HEIGHT * width) / height) : 908, height: REFERENCE_HEIGHT };
}

/**
 * Scales a slide so that it fills a box as far as its shape allows, in the middle of it.
 * @param {HTMLElement} scaler  positioned, with its transform-origin in the upper left corner
 * @param {Element} box
 * @param {{width: number, height: number}} size
 */
export function scaleToFit(scaler, box, size) {
  const scale = Math.min(box.clientWidth / size.width, box.clientHeight / size.height);
  const style = scaler.style;
  style.width = `${size.width}px`;
  style.height = `${size.height}px`;
  style.left = `${Math.max(0, (box.clientWidth - size.width * scale) / 2)}px`;
  style.top = `${Math.max(0, (box.clientHeight - size.height * scale) / 2)}px`;
  style.transform = `scale(${scale})`;
}
