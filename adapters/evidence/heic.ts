import { hasMarkup } from './polyglot';
import type { EvidenceRefusal } from './refusal';

/** Pictures in HEVC, single ones and sequences, and the brand of all HEIF pictures (ISO/IEC 23008-12, 10.2; Nokia's registry). */
const BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];
const NAME = /^[\x20-\x7e]{4}$/;

type Box = { type: string; content: Buffer };

/** Whether it begins with a box that names such a brand. */
export function isHeic(bytes: Buffer): boolean {
  const [box] = boxAt(bytes, 0) ?? [];
  if (box?.type !== 'ftyp' || box.content.length < 8) return false;
  const names = box.content.toString('latin1');
  // The main brand, a version, and the brands that it can be read as.
  const brands = [names.slice(0, 4), ...(names.slice(8).match(/.{4}/gs) ?? [])];
  return brands.some((brand) => BRANDS.includes(brand));
}

/** Box after box to its last byte; one of them says what the picture is. */
export function checkHeic(bytes: Buffer): EvidenceRefusal | undefined {
  let at = 0;
  let hasMeta = false;
  while (at < bytes.length) {
    const found = boxAt(bytes, at);
    if (found === undefined) return hasMeta ? 'polyglot' : 'damaged';
    const [box, length] = found;
    hasMeta ||= box.type === 'meta';
    if (!NO_TEXTS.includes(box.type) && hasMarkup(box.content)) return 'polyglot';
    at += length;
  }
  return hasMeta ? undefined : 'damaged';
}

/** The picture itself, and a maker's film behind it. */
const NO_TEXTS = ['mdat', 'mpvd'];

/** A box and its length. A length of 1 stands in the next eight bytes; of 0, it goes on to the end (ISO/IEC 14496-12, 4.2). */
function boxAt(bytes: Buffer, at: number): [Box, number] | undefined {
  if (at + 8 > bytes.length) return undefined;
  const type = bytes.toString('latin1', at + 4, at + 8);
  const short = bytes.readUInt32BE(at);
  if (short === 1 && at + 16 > bytes.length) return undefined;
  const length = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short || bytes.length - at;
  const head = short === 1 ? 16 : 8;
  if (!NAME.test(type) || length < head || at + length > bytes.length) return undefined;
  return [{ type, content: bytes.subarray(at + head, at + length) }, length];
}
