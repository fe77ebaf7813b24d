import { hasMarkup } from './polyglot';
import type { EvidenceRefusal } from './refusal';

export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Length, type and checksum stand around what a chunk holds. */
const AROUND = 12;
const NAME = /^[A-Za-z]{4}$/;

/** A larger one would cost whoever unpacks it gigabytes of memory; a phone's camera makes no PNG. */
const MOST_PIXELS = 64_000_000;

/** Each chunk by its length and its checksum, from IHDR to IEND, and nothing after it (PNG, third edition, 5.6). */
export function checkPng(bytes: Buffer): EvidenceRefusal | undefined {
  let at = PNG_SIGNATURE.length;
  let hasPicture = false;
  for (let first = true; ; first = false) {
    const chunk = chunkAt(bytes, at);
    if (chunk === undefined || first !== (chunk.type === 'IHDR')) return 'damaged';
    if (first && !isSensible(chunk.content)) return 'tooLarge';
    at += AROUND + chunk.content.length;
    if (chunk.type === 'IEND') return endingOf(bytes, { at, hasPicture });
    if (chunk.type === 'IDAT') hasPicture = true;
    else if (hasMarkup(chunk.content)) return 'polyglot';
  }
}

function endingOf(bytes: Buffer, { at, hasPicture }: { at: number; hasPicture: boolean }): EvidenceRefusal | undefined {
  if (!hasPicture) return 'damaged';
  return at === bytes.length ? undefined : 'polyglot';
}

function chunkAt(bytes: Buffer, at: number): { type: string; content: Buffer } | undefined {
  if (at + AROUND > bytes.length) return undefined;
  const length = bytes.readUInt32BE(at);
  if (at + AROUND + length > bytes.length) return undefined;
  const named = bytes.subarray(at + 4, at + 8 + length);
  const type = named.toString('latin1', 0, 4);
  if (!NAME.test(type) || checksum(named) !== bytes.readUInt32BE(at + 8 + length)) return undefined;
  return { type, content: named.subarray(4) };
}

const isSensible = (header: Buffer): boolean =>
  header.length === 13 && header.readUInt32BE(0) * header.readUInt32BE(4) <= MOST_PIXELS;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  return rest;
});

/** CRC-32; zlib's own came with Node 20.15. */
function checksum(bytes: Buffer): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = (TABLE[(rest ^ byte) & 0xff] ?? 0) ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}
