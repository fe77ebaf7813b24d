import { rgb, type PDFPage } from '@cantoo/pdf-lib';
import encode from 'qrcode-generator';

/** Light modules around the code, without which readers do not find it (ISO/IEC 18004, 6.3.8). */
const QUIET = 4;

/** A dark run in one row of the code: where it begins, counted from the left and the top, and how many modules it is long. */
type Run = { row: number; column: number; length: number };

/** A text as a QR code, by runs of dark modules; `side`: modules of an edge with the quiet zone. A quarter of it may be covered by a stamp. */
export function qrRuns(text: string): { side: number; runs: Run[] } {
  const code = encode(0, 'Q');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const runs: Run[] = [];
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      const last = runs.at(-1);
      if (!code.isDark(row, column)) continue;
      if (last?.row === row + QUIET && last.column + last.length === column + QUIET) last.length += 1;
      else runs.push({ row: row + QUIET, column: column + QUIET, length: 1 });
    }
  }
  return { side: count + 2 * QUIET, runs };
}

/** As SVG: one path of plain numbers, black on white whatever the page's colours are. `label`: what a screen reader says. */
export function qrSvg(text: string, label: string): string {
  const { side, runs } = qrRuns(text);
  const path = runs.map(({ row, column, length }) => `M${column} ${row}h${length}v1h-${length}z`).join('');
  const name = label.replace(/[&<>"]/g, '');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="240" height="240" role="img" aria-label="${name}">` +
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${path}"/></svg>`
  );
}

/** Draws it on a page; `x` and `y` are its lower left corner, in points. */
export function drawQr(page: PDFPage, text: string, { x, y, size }: { x: number; y: number; size: number }): void {
  const { side, runs } = qrRuns(text);
  const unit = size / side;
  const path = runs.map(({ row, column, length }) => `M${column} ${row}h${length}v1h-${length}z`).join('');
  // The path's origin is above: SVG counts downwards.
  page.drawSvgPath(path, { x, y: y + size, scale: unit, color: rgb(0, 0, 0) });
}
