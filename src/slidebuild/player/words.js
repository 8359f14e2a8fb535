/** The player's words in the deck's language; English where there are none. @type {Record<string, string>} */
let translated = {};

/** @param {Record<string, string> | undefined} words  English to the deck's language */
export function useWords(words) {
  translated = words || {};
}

/**
 * @param {string} english
 * @param {...(string | number)} parts  what stands for `%1`, `%2` …
 * @returns {string}
 */
export function say(english, ...parts) {
  return (translated[english] || english).replace(/%(\d)/g, (_, place) => String(parts[Number(place) - 1]));
}
