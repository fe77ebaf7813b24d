import { NOT_POSTAGE, pageOf } from './pdf';

/** A label or form as a file. */
export type LabelImage = { readonly contentType: string; readonly ending: string; readonly bytes: Buffer };

/** The smallest picture there is: one white dot. Nobody prints what a sandbox draws. */
const DOT_GIF = Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');
const DOT_PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  'base64',
);

/** Draws some lines in the format that is asked for by its usual name; what is not known becomes a page. */
export function imageOf(format: string, lines: readonly string[]): LabelImage {
  const name = format.toUpperCase();
  if (name.startsWith('ZPL')) return { contentType: 'application/octet-stream', ending: 'zpl', bytes: zplOf(lines) };
  if (name === 'GIF') return { contentType: 'image/gif', ending: 'gif', bytes: DOT_GIF };
  if (name === 'PNG') return { contentType: 'image/png', ending: 'png', bytes: DOT_PNG };
  return { contentType: 'application/pdf', ending: 'pdf', bytes: pageOf([NOT_POSTAGE, ...lines]) };
}

function zplOf(lines: readonly string[]): Buffer {
  const fields = [NOT_POSTAGE, ...lines].map((line, index) => `^FO50,${50 + index * 60}^A0N,40^FD${line}^FS`);
  return Buffer.from(`^XA\n${fields.join('\n')}\n^XZ\n`, 'latin1');
}
