import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import { inWords, type WordedReceipt } from './in-words.ts';
import type { IssuedReceipt } from './read-receipts.ts';

export type Paper = 'a4' | '80mm';

const fonts = new URL('./ttf/', import.meta.resolve('dejavu-fonts-ttf/package.json'));
const PLAIN = fileURLToPath(new URL('DejaVuSans.ttf', fonts));
const BOLD = fileURLToPath(new URL('DejaVuSans-Bold.ttf', fonts));

const MM = 72 / 25.4;

/** A document on paper: a sheet, or the roll of a receipt printer. The same document gives the same bytes; nothing is fetched from anywhere. */
export async function renderPdf(receipt: IssuedReceipt, paper: Paper): Promise<Buffer> {
  const worded = inWords(receipt);
  if (paper === 'a4') return write(worded, receipt, { size: 'A4', margin: 20 * MM, base: 10 }).then(({ bytes }) => bytes);
  // a roll is as long as what is on it
  const roll = { margin: 4 * MM, base: 8 };
  const { end } = await write(worded, receipt, { ...roll, size: [80 * MM, 3000] });
  return (await write(worded, receipt, { ...roll, size: [80 * MM, Math.ceil(end + 8 * MM)] })).bytes;
}

interface Sheet {
  readonly size: 'A4' | [number, number];
  readonly margin: number;
  /** Points of plain text. */
  readonly base: number;
}

async function write(worded: WordedReceipt, receipt: IssuedReceipt, { size, margin, base }: Sheet): Promise<{ bytes: Buffer; end: number }> {
  const { words } = worded;
  const doc = new PDFDocument({
    size,
    margin,
    lang: receipt.language,
    info: {
      Title: worded.title,
      Author: receipt.content.company?.legalName ?? receipt.content.location.name,
      CreationDate: new Date(receipt.issuedAt),
    },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  doc.registerFont('plain', PLAIN).registerFont('bold', BOLD);
  const width = doc.page.width - 2 * margin;
  const gap = (lines = 0.5) => doc.y + base * lines;
  const rule = () => {
    const y = gap(0.4);
    doc
      .moveTo(margin, y)
      .lineTo(margin + width, y)
      .lineWidth(0.5)
      .stroke('#999999');
    doc.fillColor('#000000');
    doc.y = y + base * 0.6;
  };
  /** Cells side by side, the last ones to the right; each as wide as its share. */
  const row = (cells: readonly string[], shares: readonly number[], font: 'plain' | 'bold' = 'plain', scale = 1) => {
    doc.font(font).fontSize(base * scale);
    const total = shares.reduce((sum, one) => sum + one, 0);
    const widths = shares.map((one) => (width * one) / total);
    const height = Math.max(...cells.map((cell, n) => doc.heightOfString(cell || ' ', { width: (widths[n] ?? width) - 4 })));
    if (doc.y + height > doc.page.height - margin) doc.addPage();
    const top = doc.y;
    let x = margin;
    cells.forEach((cell, n) => {
      doc.text(cell, x, top, { width: (widths[n] ?? width) - 4, align: n === 0 ? 'left' : 'right' });
      x += widths[n] ?? 0;
    });
    doc.x = margin;
    doc.y = top + height + base * 0.25;
  };
  for (const [n, text] of worded.issuer.entries()) row([text], [1], n === 0 ? 'bold' : 'plain', n === 0 ? 1.15 : 0.9);
  doc.y = gap(1);
  row([worded.title], [1], 'bold', 1.5);
  doc.y = gap(0.2);
  for (const [label, value] of worded.facts) row([label ? `${label}: ${value}` : value], [1]);
  row([worded.about], [1]);
  rule();
  for (const line of worded.lines) {
    row([line.name, line.amount], [3, 1.4]);
    if (line.tax) row([line.tax], [1], 'plain', 0.8);
  }
  rule();
  row([worded.total[0], worded.total[1]], [3, 1.4], 'bold', 1.1);
  if (worded.taxes.length > 0) {
    rule();
    row([words.rate, words.net, words.tax, words.gross], [1.3, 1, 1, 1], 'bold', 0.8);
    for (const one of worded.taxes) row([one.rate, one.net, one.tax, one.gross], [1.3, 1, 1, 1], 'plain', 0.8);
  }
  if (worded.footer) {
    doc.y = gap(1);
    row([worded.footer], [1], 'plain', 0.85);
  }
  const end = doc.y;
  doc.end();
  await finished;
  return { bytes: Buffer.concat(chunks), end };
}
