import { APART, beyondSlide, isShown, isWhole, overlaps, piecesOf, seenFrom, words } from './beyond.js';

/**
 * Looks at slides as they are laid out for printing: what ends beyond the slide, what a box that cannot be scrolled on
 * paper hides, whether anything is seen at all. Lengths are CSS px. One answer for each slide, null for hidden ones.
 */
export function audit() {
  return [...document.querySelectorAll('.remark-slide-container')].map(look);
}

/** @param {Element} box */
function look(box) {
  const rect = box.getBoundingClientRect();
  const content = box.querySelector('.remark-slide-content');
  if (!content || rect.width < 1 || rect.height < 1) return null;
  const seen = seenFrom(rect, 1);
  const frame = seen(rect);
  const pieces = piecesOf(content, seen);
  const out = Object.entries(beyondSlide(content, pieces, frame, seen)).map(([side, { px, text }]) => [side, { px, text }]);
  const isSeen =
    pieces.some((piece) => piece.box && overlaps(piece.box, frame)) ||
    !isWhole(content) ||
    (pieces.length > 0 && hasPaint(content, frame, seen));
  return { out: Object.fromEntries(out), cut: boxesThatScroll(content), isSeen, hasContent: pieces.length > 0 };
}

/** @param {Element} content */
function boxesThatScroll(content) {
  const found = [];
  for (const element of content.querySelectorAll('*')) {
    const right = element.scrollWidth - element.clientWidth;
    const bottom = element.scrollHeight - element.clientHeight;
    if (element.clientWidth < 3 || element.clientHeight < 3 || (right <= 3 && bottom <= 3)) continue;
    const style = getComputedStyle(element);
    if (!isShown(element) || element.closest(APART)) continue;
    const lost = {
      right: scrolls(style.overflowX) && right > 3 ? right : 0,
      bottom: scrolls(style.overflowY) && bottom > 3 ? bottom : 0,
    };
    const inner = element.querySelector('*');
    const isInner = inner && inner.scrollWidth > inner.clientWidth + 3 && scrolls(getComputedStyle(inner).overflowX);
    if ((lost.right || lost.bottom) && !isInner) {
      found.push({ ...lost, name: element.localName, text: words(element.textContent || '').slice(0, 60) });
    }
  }
  return found;
}

/** @param {string} way */
const scrolls = (way) => way === 'auto' || way === 'scroll';

/**
 * Whether something is seen of a slide without its text and pictures: its own picture, or a box in colour.
 * @param {Element} content
 * @param {import('./beyond.js').Box} frame
 * @param {(box: import('./beyond.js').Box) => import('./beyond.js').Box} seen
 */
function hasPaint(content, frame, seen) {
  if (isPainted(content) && content instanceof HTMLElement && content.style.backgroundImage !== '') return true;
  return [...content.querySelectorAll('*')].some(
    (element) =>
      !element.closest(APART) && isShown(element) && isPainted(element) && overlaps(seen(element.getBoundingClientRect()), frame),
  );
}

/** @param {Element} element */
function isPainted(element) {
  const style = getComputedStyle(element);
  const border = parseFloat(style.borderTopWidth) + parseFloat(style.borderLeftWidth);
  return style.backgroundImage !== 'none' || !isClear(style.backgroundColor) || border > 0;
}

/** @param {string} colour */
const isClear = (colour) => colour === 'transparent' || /^rgba\(.*, 0\)$| \/ 0\)$/.test(colour);
