import { inflateSync } from 'node:zlib';

/** The text of a PDF as a reader would copy it: glyphs back to characters by the maps that the file itself carries. For what pdfkit writes. */
export function textOfPdf(pdf: Buffer): string {
  const source = pdf.toString('latin1');
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of source.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(id, body);
  const streamOf = (body: string) => {
    const start = body.indexOf('stream\n') + 'stream\n'.length;
    const bytes = Buffer.from(body.slice(start, body.lastIndexOf('\nendstream')), 'latin1');
    return (body.includes('FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
  };
  const maps = new Map<string, Map<string, string>>();
  for (const body of objects.values()) {
    for (const [, font = '', id = ''] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1];
      if (unicode) maps.set(font, glyphsOf(streamOf(objects.get(unicode) ?? '')));
    }
  }
  let text = '';
  for (const body of objects.values()) {
    if (!body.includes('stream\n') || !/^<<\s*\/Length[\s\S]{0,80}?FlateDecode\s*>>/.test(body)) continue;
    const content = streamOf(body);
    if (!content.includes(' Tf')) continue;
    let font = '';
    for (const line of content.split('\n')) {
      font = /\/(F\d+) /.exec(line)?.[1] ?? font;
      if (!line.endsWith('TJ')) continue;
      for (const [, hex = ''] of line.matchAll(/<([0-9a-f]+)>/gi)) {
        text += (hex.match(/.{4}/g) ?? []).map((glyph) => maps.get(font)?.get(glyph.toLowerCase()) ?? '').join('');
      }
      text += '\n';
    }
  }
  return text.replaceAll('\u00a0', ' ').replaceAll('\n', ' ');
}

function glyphsOf(map: string): Map<string, string> {
  const glyphs = new Map<string, string>();
  for (const [, first = '', list = ''] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    let glyph = Number.parseInt(first, 16);
    for (const [, code = ''] of list.matchAll(/<([0-9a-f ]*)>/gi)) {
      const units = (code.replaceAll(' ', '').match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16));
      glyphs.set((glyph++).toString(16).padStart(4, '0'), String.fromCharCode(...units));
    }
  }
  return glyphs;
}
