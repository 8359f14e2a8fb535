/**
 * What this window knew before its page was loaded again; nothing when the page was opened anew, so that yesterday's
 * timer does not run on.
 * @param {string} name
 * @returns {any}
 */
export function recall(name) {
  const [entry] = performance.getEntriesByType('navigation');
  if (!(entry instanceof PerformanceNavigationTiming) || !/reload|back_forward/.test(entry.type)) return null;
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(name)) || 'null');
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {unknown} value  JSON
 */
export function keep(name, value) {
  try {
    sessionStorage.setItem(keyOf(name), JSON.stringify(value));
  } catch {
    // Storage is blocked: a reload begins anew.
  }
}

/**
 * A choice of the viewer's, for all decks and talks to come.
 * @param {string} key
 * @returns {string | null}
 */
export function preference(key) {
  try {
    return localStorage.getItem(`slidebuild-${key}`);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
export function prefer(key, value) {
  try {
    localStorage.setItem(`slidebuild-${key}`, value);
  } catch {
    // As above.
  }
}

/** @param {string} name @returns {string} */
function keyOf(name) {
  return `slidebuild-${name}:${location.pathname}`;
}
