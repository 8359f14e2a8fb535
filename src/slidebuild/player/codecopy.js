/**
 * Code whose fence says `copy` gets a button that copies it: without numbers and signs, without lines taken out. It is
 * a script of its own, on pages with such code only; slides that the preview puts in anew get theirs, too.
 */
export function offerCopies() {
  const offer = () => {
    for (const block of document.querySelectorAll('.remark-slides-area pre[data-sb-copy]')) {
      if (!block.querySelector('.sb-copy')) block.append(copyButton(/** @type {HTMLElement} */ (block)));
    }
  };
  offer();
  const area = document.querySelector('.remark-slides-area');
  if (area) new MutationObserver(offer).observe(area, { childList: true, subtree: true });
}

/**
 * @param {HTMLElement} block
 * @returns {HTMLElement}
 */
function copyButton(block) {
  const button = document.createElement('button');
  button.type = 'button';
  button.lang = 'en';
  button.className = 'sb-copy';
  button.textContent = 'Copy';
  button.addEventListener('click', async (event) => {
    const done = await copyText(codeOf(block));
    button.textContent = done ? 'Copied' : 'Not allowed';
    setTimeout(() => (button.textContent = 'Copy'), 2000);
    if (event.detail > 0) button.blur();
  });
  return button;
}

/**
 * @param {HTMLElement} block
 * @returns {string}
 */
function codeOf(block) {
  const lines = [...block.querySelectorAll('.remark-code-line:not([data-sb-sign="-"])')];
  return lines.map((line) => line.textContent + '\n').join('');
}

/**
 * @param {string} text
 * @returns {Promise<boolean>} false where the browser lets no page write to the clipboard
 */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
