/** Every sentence about files of evidence. Each refusal is one: what is wrong with the file, what to send instead. */
export const evidenceRefusals = {
  empty: 'The file is empty; send the photo or the PDF itself as the body.',
  tooLarge: 'The file has more than 15 MB or is too large a picture; send a photo as the phone takes it.',
  unknown: 'The file is no JPEG, PNG, HEIC or PDF; send a photo, or a PDF of the paper.',
  damaged: 'The file is damaged or cut off; take the photo again, or print the paper to a new PDF.',
  polyglot: 'The file holds something else beside its picture or its pages; send a photo of the paper instead.',
  active:
    'The PDF holds something that acts, such as a script or a file; print it to a new PDF, or send a photo of it.',
  locked: 'The PDF is locked by a password or encrypted; print it to a new PDF, or send a photo of it.',
};

/** What goes wrong with a request about evidence. */
export const evidenceDetails = {
  unknown: (sha256: string): string => `No evidence ${sha256} is kept here; GET the list beside it.`,
  noHash: 'Evidence is named by its SHA-256: 64 digits and letters from a to f.',
  tooMany: (most: number): string =>
    `${most} files came this way already, which is the most; use those that are there, or ask for a new link.`,
  notKept: (sha256: string): string => `File ${sha256} is not kept here; send it first, then report it.`,
  busy: 'Others send files at this moment; send this one again in a few seconds.',
  otherKind: (kind: string): string =>
    `This file is kept as ${kind}, and packs are held against that; take a new photo to keep it as something else.`,
  noList: (manifest: string): string => `Manifest ${manifest} has no parcels to hand over.`,
  localOnly:
    'This address is this machine’s own: a phone reaches it only where this machine can be reached by it. Set SHIPCLOCK_PUBLIC_URL to the address of the public door.',
};
