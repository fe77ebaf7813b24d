import { load } from 'exifreader';

const CLOCK = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2}).*$/s;
const OFFSET = /^[+-]\d{2}:\d{2}$/;

/**
 * When the camera says that it took a picture: `2026-11-23T15:04:05`, with its offset where it has one. Nothing else is read, above
 * all not where it was taken. It is the camera's word: whoever reads it sees our own clock's beside it.
 */
export function takenAtOf(bytes: Buffer): string | undefined {
  try {
    const { exif } = load(bytes, {
      expanded: true,
      includeTags: { exif: ['DateTimeOriginal', 'OffsetTimeOriginal'] },
    });
    const clock = textOf(exif?.['DateTimeOriginal']);
    const offset = textOf(exif?.['OffsetTimeOriginal']);
    if (!CLOCK.test(clock)) return undefined;
    const takenAt = clock.replace(CLOCK, '$1-$2-$3T$4') + (OFFSET.test(offset) ? offset : '');
    return Number.isNaN(Date.parse(takenAt)) ? undefined : takenAt;
  } catch {
    // A picture without such a word is evidence as well.
    return undefined;
  }
}

function textOf(tag: unknown): string {
  const value: unknown = typeof tag === 'object' && tag !== null && 'value' in tag ? tag.value : undefined;
  return Array.isArray(value) ? String(value[0]) : '';
}
