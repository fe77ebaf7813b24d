/**
 * A tracking number as a scanner or a person gives it. USPS's barcode on a parcel says 420, the ZIP code and then the number
 * (USPS Publication 199, Intelligent Mail package barcode), with separators that some scanners hand on; people type blanks.
 */
export function asScanned(text: string): string {
  const plain = text.replace(/[\s\p{Cc}]+/gu, '').toUpperCase();
  return ROUTED.exec(plain)?.groups?.['number'] ?? plain;
}

const ROUTED = /^420(?:\d{5}|\d{9})(?<number>9[1-5]\d{20})$/;
