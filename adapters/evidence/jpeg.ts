import { hasMarkup, isStranger } from './polyglot';
import type { EvidenceRefusal } from './refusal';

const MARK = 0xff;
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;

/** RST0 to RST7, and a 0xff of the picture itself: they stand between what a scan holds. */
const isWithinScan = (code: number): boolean => code === 0 || (code >= 0xd0 && code <= 0xd7);

/** TEM has no length either. */
const hasNoLength = (code: number): boolean => code === 0x01 || isWithinScan(code);

/** Frame headers: SOF0 to SOF15 without DHT, JPG and DAC (ITU-T T.81, table B.1). */
const isFrame = (code: number): boolean => code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code);

/**
 * A JPEG from its first marker to its last. Phones write more behind it: a second picture (MPF), a short film, a trailer of the
 * maker's. That stays, unless it is a thing of its own that somebody could open.
 */
export function checkJpeg(bytes: Buffer): EvidenceRefusal | undefined {
  const end = endOfImage(bytes);
  if (typeof end !== 'number') return end;
  return isStranger(bytes.subarray(end)) ? 'polyglot' : undefined;
}

/** @returns Where the byte after the picture is. */
function endOfImage(bytes: Buffer): number | EvidenceRefusal {
  let hasFrame = false;
  for (let at = 2; at + 2 <= bytes.length && bytes[at] === MARK;) {
    const code = bytes[at + 1] ?? 0;
    if (code === END_OF_IMAGE) return hasFrame ? at + 2 : 'damaged';
    const next = nextMarker(bytes, at);
    if (typeof next !== 'number') return next;
    hasFrame ||= isFrame(code);
    at = next;
  }
  return 'damaged';
}

/** Where the marker stands that follows the one here. */
function nextMarker(bytes: Buffer, at: number): number | EvidenceRefusal {
  const code = bytes[at + 1] ?? 0;
  // Fill bytes may stand before a marker.
  if (code === MARK) return at + 1;
  if (hasNoLength(code)) return at + 2;
  const segment = segmentAt(bytes, at);
  if (segment === undefined || code === START_OF_IMAGE) return 'damaged';
  if (hasMarkup(segment)) return 'polyglot';
  const after = at + 2 + segment.length;
  return code === START_OF_SCAN ? endOfScan(bytes, after) : after;
}

/** What stands under a marker, its length included. */
function segmentAt(bytes: Buffer, at: number): Buffer | undefined {
  if (at + 4 > bytes.length) return undefined;
  const length = bytes.readUInt16BE(at + 2);
  return length < 2 || at + 2 + length > bytes.length ? undefined : bytes.subarray(at + 2, at + 2 + length);
}

/** Where the marker is that ends a scan. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(MARK, from);
  while (at !== -1 && at + 1 < bytes.length) {
    const code = bytes[at + 1] ?? 0;
    if (code !== MARK && !isWithinScan(code)) return at;
    at = bytes.indexOf(MARK, at + (code === MARK ? 1 : 2));
  }
  return bytes.length;
}
