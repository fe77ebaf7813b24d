/**
 * How a phone held its camera: the picture is stored as the sensor saw it, and a number in its head says how to turn it (EXIF 2.3,
 * tag 0x0112). @returns By how many degrees it is to be turned clockwise; 0 where nothing says so. Mirrored pictures, which no
 * camera makes, are not turned.
 */
export function turnOf(jpeg: Uint8Array): 0 | 90 | 180 | 270 {
  try {
    const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
    const exif = exifAt(view);
    return exif === undefined ? 0 : (TURNS[orientationIn(view, exif)] ?? 0);
  } catch (error) {
    // A head that is cut off: the picture itself may be whole.
    if (error instanceof RangeError) return 0;
    throw error;
  }
}

const TURNS: Record<number, 90 | 180 | 270> = { 3: 180, 6: 90, 8: 270 };

const JPEG = 0xffd8;
const APP1 = 0xffe1;
const EXIF = 0x45786966;
const LITTLE = 0x4949;
const ORIENTATION = 0x0112;

/** Where the EXIF begins: after a marker of its own, before the picture. */
function exifAt(view: DataView): number | undefined {
  if (view.getUint16(0) !== JPEG) return undefined;
  let at = 2;
  for (let marker = view.getUint16(at); marker >= 0xffc0 && marker !== 0xffda; marker = view.getUint16(at)) {
    if (marker === APP1 && view.getUint32(at + 4) === EXIF) return at + 10;
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function orientationIn(view: DataView, start: number): number {
  const isLittle = view.getUint16(start) === LITTLE;
  const table = start + view.getUint32(start + 4, isLittle);
  const entries = view.getUint16(table, isLittle);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = table + 2 + entry * 12;
    if (view.getUint16(at, isLittle) === ORIENTATION) return view.getUint16(at + 8, isLittle);
  }
  return 1;
}
