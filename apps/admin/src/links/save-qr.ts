import { encode, renderSVG } from 'uqr';

/** Large enough for a poster. */
const PIXELS_PER_MODULE = 24;

/** Hands the code over as a file, made here: nothing about it is asked of anybody. */
export async function saveQr(url: string, kind: 'png' | 'svg'): Promise<void> {
  const blob = kind === 'svg' ? new Blob([renderSVG(url, { border: 2 })], { type: 'image/svg+xml' }) : await pngOf(url);
  if (!blob) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `booking.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function pngOf(url: string): Promise<Blob | null> {
  const { data, size } = encode(url, { border: 2 });
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * PIXELS_PER_MODULE;
  const pen = canvas.getContext('2d');
  if (!pen) return Promise.resolve(null);
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#000000';
  for (const [y, row] of data.entries())
    for (const [x, dark] of row.entries()) if (dark) pen.fillRect(x * PIXELS_PER_MODULE, y * PIXELS_PER_MODULE, PIXELS_PER_MODULE, PIXELS_PER_MODULE);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
