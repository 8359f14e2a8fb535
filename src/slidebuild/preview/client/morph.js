/**
 * Makes an element what another one is, and touches only what differs: a video that plays, a frame that has loaded and
 * the place of scrolling stay where their element is the same in both.
 * @param {Element} old
 * @param {Element} fresh  is used up
 */
export function morph(old, fresh) {
  morphAttributes(old, fresh);
  morphChildren(old, fresh);
}

/** Whether one element can become the other. @param {Node} old @param {Node} fresh @returns {boolean} */
function isAlike(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) return false;
  // What holds a state of its own is exchanged as a whole.
  return !(old instanceof Element) || !old.matches('video,audio,iframe,object,embed,canvas,svg,math');
}

/** @param {Element} old @param {Element} fresh */
function morphAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

/** @param {Element} old @param {Element} fresh */
function morphChildren(old, fresh) {
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  const shorter = Math.min(before.length, after.length);
  let first = 0;
  while (first < shorter && before[first].isEqualNode(after[first])) first += 1;
  let last = 0;
  while (last < shorter - first && before[before.length - 1 - last].isEqualNode(after[after.length - 1 - last])) last += 1;
  const gone = before.slice(first, before.length - last);
  const come = after.slice(first, after.length - last);
  const place = before[before.length - last] || null;
  for (const [index, node] of come.entries()) {
    const match = gone[index];
    if (!match) old.insertBefore(node, place);
    else if (!isAlike(match, node)) old.replaceChild(node, match);
    else if (match instanceof Element && node instanceof Element) morph(match, node);
    else match.nodeValue = node.nodeValue;
  }
  for (const node of gone.slice(come.length)) node.remove();
}
