// What ends beyond a slide. The one rule for it: the printer's audit (`audit.js`), `slidebuild check --render`, which asks
// that, and the preview's badge (`preview/client/overflow.js`) tell the same of a slide.
//
// Text ends where its lines do, not where its box does; a picture where it is drawn. What boxes around it cut off does not
// count, nor does what was moved out by hand, bleeds, or is hidden as is usual. Lengths are the slide's own px, whatever
// it is scaled to, from its left top corner.
//
// Where callers differ, and why: what a box hides is no matter of this rule. The audit tells of boxes that scroll, which
// paper cannot; on the screen they can be scrolled, so the preview tells of boxes that cut, which nobody reads anywhere
// (`check` does so as well, and by lines). The audit also tells of slides of which nothing is seen, since print has its own
// CSS; in the preview the author sees that.

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {{element: Element, box: Box | null, text: string, tolerance: number, isPicture: boolean}} Piece
 *   a line of text or a picture; without a box where it is not shown
 * @typedef {{px: number, text: string, element: Element}} Excess
 *   how far something ends beyond a side, and what
 */

const REPLACED = 'img, video, iframe, canvas, object, embed, svg, math';
export const APART = '.sb-region, .remark-slide-number, .remark-slide-notes, script, style, template';
/** Beyond this (px) nothing is meant to be seen. */
const FAR = 2000;

/** @param {string} text */
export const words = (text) => text.replace(/\s+/g, ' ').trim();

/** @param {Element} element */
export function isShown(element) {
  let box = element;
  // without a box of its own it would count as hidden
  while (getComputedStyle(box).display === 'contents' && box.parentElement) box = box.parentElement;
  return box.checkVisibility({ visibilityProperty: true, opacityProperty: true });
}

/** @param {Box} a @param {Box} b */
export function overlaps(a, b) {
  return a.left < b.right - 0.5 && a.right > b.left + 0.5 && a.top < b.bottom - 0.5 && a.bottom > b.top + 0.5;
}

/**
 * How boxes on the screen are seen from a slide.
 * @param {DOMRect} frame  of the slide
 * @param {number} scale  screen px for each of the slide
 * @returns {(box: Box) => Box}
 */
export function seenFrom(frame, scale) {
  return ({ left, top, right, bottom }) => ({
    left: (left - frame.left) / scale,
    top: (top - frame.top) / scale,
    right: (right - frame.left) / scale,
    bottom: (bottom - frame.top) / scale,
  });
}

/**
 * All that shows something on a slide.
 * @param {Element} content  its `.remark-slide-content`
 * @param {(box: Box) => Box} seen
 * @returns {Piece[]}
 */
export function piecesOf(content, seen) {
  return [...picturesOf(content, seen), ...linesOf(content, seen)];
}

/** @param {Element} content @param {(box: Box) => Box} seen @returns {Piece[]} */
function picturesOf(content, seen) {
  const found = [...content.querySelectorAll(REPLACED)].filter(
    (element) => !element.closest(APART) && !element.parentElement?.closest('svg, object, math'),
  );
  return found.map((element) => {
    const rect = element.getBoundingClientRect();
    const box = rect.width < 1 || rect.height < 1 || !isShown(element) ? null : seen(rect);
    const isPicture = element.localName !== 'math';
    const text = words(element.getAttribute('alt') || (isPicture ? '' : element.textContent || ''));
    return { element, box, text: text || fileOf(element) || `(${element.localName})`, tolerance: 3, isPicture };
  });
}

/** @param {Element} content @param {(box: Box) => Box} seen @returns {Piece[]} */
function linesOf(content, seen) {
  const found = [];
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    const element = /** @type {Element} */ (node.parentElement);
    if (!/\S/.test(node.data) || element.closest(APART) || element.closest('svg, math')) continue;
    const piece = { element, box: null, text: words(node.data).slice(0, 60), tolerance: 0, isPicture: false };
    if (!isShown(element)) {
      found.push(piece);
      continue;
    }
    const range = document.createRange();
    range.setStart(node, node.data.length - node.data.trimStart().length);
    range.setEnd(node, node.data.trimEnd().length);
    const tolerance = Math.max(2, parseFloat(getComputedStyle(element).fontSize) * 0.15);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0.5 && rect.height > 0.5);
    found.push(...rects.map((rect) => ({ ...piece, box: seen(rect), tolerance })));
    if (!rects.length) found.push(piece);
  }
  return found;
}

/** @param {Element} element */
function fileOf(element) {
  const address = element.getAttribute('src') ?? element.getAttribute('data') ?? '';
  return address.startsWith('data:') ? '' : address.split('/').at(-1) || '';
}

/**
 * Whether all pictures of a slide are there: how tall one that is not would be, and where what follows would stand, nobody
 * knows.
 * @param {Element} content
 */
export function isWhole(content) {
  return ![...content.querySelectorAll('img')].some(
    (picture) =>
      (picture.complete && picture.naturalWidth === 0) ||
      /^data:image\/svg\+xml,.*%3Emissing%20picture/.test(picture.getAttribute('src') ?? ''),
  );
}

/**
 * What ends furthest beyond each side of a slide; nothing where a picture is missing.
 * @param {Element} content
 * @param {Piece[]} pieces
 * @param {Box} frame  the slide, as `seen`
 * @param {(box: Box) => Box} seen
 * @returns {Record<string, Excess>}
 */
export function beyondSlide(content, pieces, frame, seen) {
  /** @type {Record<string, Excess>} */
  const found = {};
  if (!isWhole(content)) return found;
  for (const piece of pieces) {
    for (const [side, px] of Object.entries(excessOf(piece, content, frame, seen))) {
      if (px > Math.max(piece.tolerance, found[side]?.px ?? 0)) {
        found[side] = { px: Math.round(px), text: piece.text, element: piece.element };
      }
    }
  }
  return found;
}

/** @param {Piece} piece @param {Element} content @param {Box} frame @param {(box: Box) => Box} seen @returns {Partial<Box>} */
function excessOf(piece, content, frame, seen) {
  const { element, box, tolerance, isPicture } = piece;
  if (!box || Math.max(...Object.values(beyond(box, frame))) <= tolerance) return {};
  const rest = leftOf(box, isPicture ? element.parentElement : element, content, seen);
  if (!rest) return {};
  const over = beyond(rest, frame);
  if (Math.max(...Object.values(over)) <= tolerance || over.left > FAR || over.top > FAR) return {};
  // hidden at the left or above, as is usual
  if (rest.right < frame.left || rest.bottom < frame.top) return {};
  return isPicture && (covers(rest, frame) || isMoved(element, content)) ? {} : over;
}

/** @param {Box} a @param {Box} b @returns {Box} */
const beyond = (a, b) => ({ left: b.left - a.left, top: b.top - a.top, right: a.right - b.right, bottom: a.bottom - b.bottom });
/** @param {Box} a @param {Box} b */
const covers = (a, b) => a.left <= b.left + 1 && a.top <= b.top + 1 && a.right >= b.right - 1 && a.bottom >= b.bottom - 1;

/**
 * What the boxes around leave of it: one that cuts off may keep it from the edge of the slide, or end beyond it itself.
 * (Pictures themselves are such boxes.) Null where a shape cuts, or nothing is left.
 * @param {Box} whole
 * @param {Element | null} element
 * @param {Element} content
 * @param {(box: Box) => Box} seen
 * @returns {Box | null}
 */
function leftOf(whole, element, content, seen) {
  let { left, top, right, bottom } = whole;
  for (let at = element; at && at !== content; at = at.parentElement) {
    const style = getComputedStyle(at);
    if (style.clipPath !== 'none' || style.clip !== 'auto') return null;
    if (style.overflowX === 'visible' || style.display === 'inline') continue;
    const box = seen(at.getBoundingClientRect());
    [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
    [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
  }
  return right - left > 0.5 && bottom - top > 0.5 ? { left, top, right, bottom } : null;
}

/**
 * Whether a picture was moved out by hand: it may bleed.
 * @param {Element} element
 * @param {Element} content
 */
function isMoved(element, content) {
  for (let at = /** @type {Element | null} */ (element); at && at !== content; at = at.parentElement) {
    const s = getComputedStyle(at);
    if (s.position === 'absolute' || s.position === 'fixed' || s.transform !== 'none' || s.translate !== 'none') return true;
    const isShifted = [s.left, s.top, s.right, s.bottom].some((way) => way !== 'auto' && parseFloat(way) !== 0);
    if (s.position === 'relative' && isShifted) return true;
    if ([s.marginLeft, s.marginTop, s.marginRight, s.marginBottom].some((way) => parseFloat(way) < 0)) return true;
  }
  return false;
}
