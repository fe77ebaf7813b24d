/** What the API says of forms, their parcels and their loading. */
export const formDetails = {
  nothingLoaded: (date: string): string =>
    `No parcel of the manifest of ${date} was scanned onto the truck; scan them first, or close it with all that are packed.`,
  noForm: (date: string): string => `The manifest of ${date} has no form yet; close it, or wait for its cut-off.`,
  noSuchForm: (number: number, forms: number): string =>
    forms === 1
      ? `There is one form; number ${number} is none.`
      : `There are ${forms} forms; number ${number} is none.`,
  noFormFile: (number: number): string =>
    `The file of form ${number} is not here; take it from the account that made the form, and bring it as the stamped form after the scan.`,
  formNotRead: (number: string): string =>
    `The file of form ${number} cannot be put together with the others; fetch it by itself.`,
  cursor: 'is none of this list; begin without one',
};

/** What became of one number at the loading scan: the people at the truck read it. */
export const loadSentences = {
  onTruck: 'Onto the truck.',
  again: 'Scanned before; it is on the truck.',
  notOnForm: 'Leave it here: it is on no list of this form.',
  voided: 'Take it out: its label was given back or replaced.',
  closed: 'Leave it here: the form was closed without it.',
  closing: 'Hold it: the form is being closed now; scan it again in a minute.',
};

const parcelsOf = (count: number): string => (count === 1 ? '1 parcel' : `${count} parcels`);

const fewOf = (ids: readonly string[]): string => `${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ', …' : ''}`;

/** What `shipclock form` says about itself. */
export const formHelp = {
  form: "The day's forms: see, close, print, load, report.",
  today: 'The forms of today and of the next mailing date, and the labelled parcels that are on none.',
  close: 'Close a manifest now: its form is made, and saved with the sheet for the counter.',
  closeMore: [
    '',
    "One click at the end of the day, for all of today's manifests:",
    '  shipclock form close --today',
    'Only what was scanned onto the truck:',
    '  shipclock form close usps --only-loaded',
  ].join('\n'),
  allToday: "all of today's manifests that are open",
  onlyLoaded: 'only with parcels that were scanned onto the truck; refused if none was',
  shipFrom: 'only those of this ship-from',
  noWait: 'do not wait for the form',
  folder: 'where to save form and sheet',
  print: 'Save the form with its parcel list and sheet for the counter, as one PDF.',
  parcels: 'Every parcel of a manifest: on which form, and what its carrier says.',
  silent: 'only parcels on a form of which the carrier has told nothing',
  load: 'Scan parcels onto the truck; says which must not go.',
  loadMore: [
    '',
    'Numbers come as arguments, from a file, or from a scanner that types them: one a line, the end by Ctrl-D.',
    'The exit code is 1 where any must stay.',
    '',
    'Examples:',
    '  shipclock form load usps 9400111899223197428490',
    '  shipclock form load usps --numbers truck.txt',
  ].join('\n'),
  numbers: 'a file with one tracking number a line; - is the standard input',
  numbersTyped: 'tracking numbers; without any, each line that a scanner types',
  bring: 'Bring back a form that was made elsewhere: its number, and who is on it.',
  bringMore: '\nExample:\n  shipclock form bring tiktok 9475711899223800000019 --numbers on-form.txt --file form.pdf',
  numberArgument: 'the number under its barcode',
  madeAt: 'when it was made, as 2026-11-23T17:40:00-08:00 (now)',
  listed: 'a file with the tracking numbers on it, one a line; all that were listed if left out',
  formFile: 'the form as a PDF',
  report: 'Report what was done at the counter, with photos and papers.',
  reportMore:
    '\nEvery file is sent first. Example:\n  shipclock form report usps --scanned-at 2026-11-23T17:40:00-08:00 --place "Post office" --stamped-form form.jpg --receipt receipt.jpg',
  scannedAt: 'when the form was scanned, as 2026-11-23T17:40:00-08:00',
  place: 'where',
  whichForm: 'the id of the form that was scanned, where a manifest has several',
  proofs: {
    stampedForm: 'a photo of the form with its stamp or signature',
    stampedReceipt: 'a photo of the receipt with its stamp',
    receipt: 'a photo of the receipt',
    signature: 'a photo of a signature',
    proofOfPickup: "the carrier's proof of pickup",
    photo: 'any other photo',
  },
  link: 'A link that opens a page on a phone, to photograph form and receipt there; for one report.',
  manifest: 'the manifest, by its id or a part of it that no other has; the only one of today if left out',
  manifestNeeded: 'the manifest, by its id or a part of it that no other has',
  out: 'the file to write (named after the manifest, here)',
};

/** What `shipclock form` answers. */
export const formCli = {
  day: (today: string, shopId: string): string => `Forms of shop ${shopId}, ${today}`,
  columns: ['MANIFEST', 'PHASE', 'CUT-OFF (UTC)', 'LEFT', 'PARCELS', 'NOT PACKED', 'LEFT OFF', 'LOADED', 'EVIDENCE'],
  noForms: 'No manifest is open, and none is to be scanned.',
  left: (minutes: number | null): string =>
    minutes === null ? '-' : minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`,
  orphans: (count: number): string => `On no form: ${parcelsOf(count)}`,
  orphan: (orderId: string, number: string, why: string): string => `${orderId}  ${number}  ${why}`,
  why: {
    notPacked: 'not packed yet',
    held: 'held; release it, or it stays',
    leftOff: 'left off',
    noForm: 'packed, and not on a list yet',
  } as Readonly<Record<string, string>>,
  more: (count: number): string => `and ${count} more; --json lists all`,
  noOrphans: 'Every labelled parcel is on a form or on the list for one.',
  closed: (manifest: string): string => `Closed: ${manifest}`,
  waiting: (manifest: string, phase: string): string => `${manifest}: ${phase}`,
  formed: (number: string, parcels: number): string => `Form ${number} is made for ${parcelsOf(parcels)}.`,
  empty: (manifest: string): string => `${manifest} had no parcels; no form is made.`,
  failed: (manifest: string, toDo: string): string => `${manifest} has no form: ${toDo}`,
  leftOff: (count: number): string => `${parcelsOf(count)} left off; see why: npx shipclock form parcels`,
  late: (count: number): string => `${parcelsOf(count)} not on the truck; they go with the next form.`,
  byHand: (url: string, manifest: string): string =>
    `Its form is made by a person: ${url} Then: npx shipclock form bring ${manifest} <number>`,
  notClosed: (manifest: string, why: string): string => `${manifest} is not closed: ${why}`,
  noEnd: (manifest: string, why: string): string => `What became of ${manifest} is not known: ${why}`,
  written: (file: string): string => `Written: ${file}`,
  withoutForm: (why: string): string => `The form itself is not in it: ${why}`,
  parcelColumns: ['ORDER', 'TRACKING NUMBER', 'STATE', 'FORM', 'LOADED', 'CARRIER SAYS', 'SILENT SINCE (UTC)'],
  states: { joined: 'on the list', onForm: 'on the form', leftOff: 'left off', late: 'next form' } as Readonly<
    Record<string, string>
  >,
  noParcels: 'No parcels.',
  noneSilent: 'The carrier has told something of every parcel.',
  counted: (count: number): string => `${parcelsOf(count)}.`,
  loaded: (number: string, sentence: string): string => `${number}  ${sentence}`,
  allLoaded: (count: number): string => `${parcelsOf(count)} on the truck.`,
  brought: (number: string): string => `Form ${number} is taken in; see who is on it: npx shipclock form parcels`,
  sent: (file: string, sha256: string): string => `Sent: ${file} (${sha256.slice(0, 12)})`,
  reported: (evidence: string | undefined): string =>
    evidence === undefined ? 'The scan is reported.' : `The scan is reported; the evidence is ${evidence}.`,
  linkUntil: (at: string): string => `Good for one report, until ${at} UTC.`,
  yes: 'yes',
  nothing: '-',
};

/** What goes wrong with them: each is one sentence that says what to do. */
export const formCliFailures = {
  noManifest: (text: string): string => `No manifest is called ${text}; npx shipclock form today names those of today.`,
  several: (text: string, ids: readonly string[]): string =>
    `${text} is part of several manifests (${ids.slice(0, 5).join('; ')}${ids.length > 5 ? '; …' : ''}); give a longer part.`,
  whichOne: (ids: readonly string[]): string => `There are several manifests of today (${ids.join(', ')}); name one.`,
  noneToday: (ids: readonly string[], command: string): string =>
    ids.length === 0
      ? 'No manifest of today is here; name one.'
      : `No manifest of today is here; there are those of other mailing dates (${fewOf(ids)}). Name one: npx shipclock form ${command} ${ids[0]}`,
  noneOpenToday: (ids: readonly string[]): string =>
    ids.length === 0
      ? 'No manifest of today is open.'
      : `No manifest of today is open; those of the next mailing date are (${fewOf(ids)}). To close one now: npx shipclock form close ${ids[0]}`,
  notWritten: (file: string, why: string): string => `${file} cannot be written: ${why}.`,
  notRead: (file: string, why: string): string => `${file} cannot be read: ${why}.`,
  notReadable: (why: string): string => `Form and sheet cannot be put together: ${why}.`,
  noNumbers: 'There are no tracking numbers; give them as arguments, in a file, or by the scanner.',
  mustStay: (count: number): string => `${parcelsOf(count)} must not go on the truck; see above.`,
  someNotClosed: (count: number): string =>
    count === 1
      ? '1 manifest is left; see above, and close it again.'
      : `${count} manifests are left; see above, and close them again.`,
  someFailed: (count: number): string =>
    count === 1 ? '1 manifest has no form; see above.' : `${count} manifests have no form; see above.`,
  nothingToClose: 'Name a manifest, or say --today for all of today.',
  both: 'Name a manifest or say --today, not both.',
  notAnInstant: 'Give a time with its offset, such as 2026-11-23T17:40:00-08:00.',
  stillMaking: (manifest: string): string =>
    `The form of ${manifest} is still being made; look again with npx shipclock form today.`,
};
