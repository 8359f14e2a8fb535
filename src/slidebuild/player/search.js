/**
 * What is searched of a slide: its title and the text on it, without notes.
 * @typedef {{index: number, title: string, text: string, folded: string, foldedTitle: string}} Entry
 */

/**
 * @param {HTMLElement[]} containers
 * @param {string[]} titles
 * @returns {Entry[]}
 */
export function readTexts(containers, titles) {
  return containers.map((container, index) => {
    const text = textOf(container);
    return { index, title: titles[index], text, folded: fold(text), foldedTitle: fold(titles[index]) };
  });
}

/**
 * The slides that hold every word of a query, in capitals or not, with accents or not.
 * @param {Entry[]} entries
 * @param {string} query
 * @returns {Entry[]}
 */
export function findEntries(entries, query) {
  const words = wordsOf(query);
  return entries.filter(({ folded, foldedTitle }) =>
    words.every((word) => folded.includes(word) || foldedTitle.includes(word)),
  );
}

/**
 * The best of what was found: the first whose title holds the query, else the first.
 * @param {Entry[]} found
 * @param {string} query
 * @returns {Entry | undefined}
 */
export function bestOf(found, query) {
  const words = wordsOf(query);
  return found.find(({ foldedTitle }) => words.every((word) => foldedTitle.includes(word))) || found[0];
}

/**
 * A slide's text around the first word of the query that it holds, in three parts of which the middle one is the word.
 * @param {Entry} entry
 * @param {string} query
 * @returns {[string, string, string] | null} nothing where the title tells enough
 */
export function excerptOf(entry, query) {
  const word = wordsOf(query).find((wanted) => !entry.foldedTitle.includes(wanted));
  if (!word || entry.folded.length !== entry.text.length) return null;
  const at = entry.folded.indexOf(word);
  const end = at + word.length;
  const before = entry.text.slice(0, at);
  // Some words go before it, none of them cut.
  const start = before.length > 20 ? before.lastIndexOf(' ', at - 12) + 1 : 0;
  return [(start ? '… ' : '') + before.slice(start), entry.text.slice(at, end), entry.text.slice(end, end + 60)];
}

/** @param {HTMLElement} container @returns {string} */
function textOf(container) {
  const content = container.querySelector('.remark-slide-content');
  const parts = content ? [...content.childNodes] : [];
  return parts
    .filter((part) => !(part instanceof Element && part.matches('.remark-slide-number,script,style')))
    .map((part) => part.textContent)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC');
}

/** @param {string} query @returns {string[]} */
function wordsOf(query) {
  return fold(query).split(/\s+/).filter(Boolean);
}

/**
 * In small letters without accents. Most texts keep their length by it.
 * @param {string} text
 * @returns {string}
 */
function fold(text) {
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC').toLowerCase();
}
