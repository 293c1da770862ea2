/** A plain text as a small HTML document: paragraphs, line breaks, addresses to click. Nothing that was typed can become markup. */
export function asHtml(text: string): string {
  // a carrier knows the words and not their language; the first letter says which way they run
  return `<!doctype html><html dir="auto"><body style="font-family:sans-serif;font-size:16px;line-height:1.5;max-width:36em">\n${asHtmlPieces(text)}\n</body></html>`;
}

/** Its paragraphs alone, for a page that has a head of its own. */
export function asHtmlPieces(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((one) => `<p>${linked(one).replaceAll('\n', '<br>')}</p>`)
    .join('\n');
}

function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((piece, index) => (index % 2 === 1 ? `<a href="${escaped(piece)}">${escaped(piece)}</a>` : escaped(piece)))
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
