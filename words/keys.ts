/** What is said of the keys that secrets and payloads are encrypted with. No key is ever part of a sentence. */
export const keyFailures = {
  openToOthers: (file: string): string =>
    `${file} holds keys and others may read it; run chmod 600 ${file} and start again.`,
  notKeys: (where: string): string =>
    `${where} does not hold keys as {"current":"k1","keys":{"k1":"<32 bytes in base64>"}}, each id a letter and then letters, digits, - or _; put it right, or put a copy of it back.`,
  repeatedKey: (where: string): string => `${where} holds one key under two ids; leave only the older id.`,
  fileMissing: (file: string): string =>
    `There is no keys file ${file}; put it back, or make one with shipclock keys create.`,
  fileThere: (file: string): string => `${file} holds keys already; use shipclock keys rotate to add one.`,
  fromEnvironment:
    'The keys come from SHIPCLOCK_KEYS, not from a file; add a key there, under a new id after the others, start every part again with it, and only then name it as current.',
  keysLost: (file: string): string =>
    `There is no keys file ${file}, but its folder holds orders and secrets that nothing else opens, and new keys would lose them all; put a copy of the file back, or move them aside with npm start -- --fresh.`,
  otherKeys: (where: string, documents: string): string =>
    `The keys of ${where} do not open the secrets in ${documents}, or those were changed; put back the keys they were encrypted with, or begin anew with npm start -- --fresh.`,
  keyMissing:
    'Something was encrypted with a key that is not there any more; put the key back into the keys file or SHIPCLOCK_KEYS.',
  broken: 'Something encrypted was changed or cut off, or is none of ours; it cannot be opened.',
  notSealed: (key: string): string => `The document ${key} is not an encrypted one; restore it from a backup.`,
  noKeys:
    'There are no keys to encrypt a secret with; make them with shipclock keys create, or set SHIPCLOCK_KEYS, and start again.',
  tokensBusy: (folder: string): string =>
    `${folder} changes faster than it can be read; see that only one account workflow of the shop runs.`,
};

/** What `shipclock keys` says. */
export const keyWords = {
  keys: 'Make and renew the keys that secrets and payloads are encrypted with.',
  create: 'Make the first keys file.',
  createMore:
    '\nIt is made where SHIPCLOCK_KEYS_FILE says, else as keys.json in SHIPCLOCK_HOME. Keep a copy in a safe place: without its keys nothing can be read any more. npm start makes its own.\n\nExample:\n  shipclock keys create',
  rotate: 'Add a new key and encrypt with it from now on.',
  rotateMore:
    '\nOlder keys stay: what was encrypted with them stays readable. Running parts go on with the key they have until they are started again, and read what the new one wrote.\n\nExamples:\n  shipclock keys rotate\n  shipclock keys rotate --json',
  created: (file: string, id: string): string => `${file} holds the key ${id}; keep a copy in a safe place.`,
  rotated: (file: string, id: string): string =>
    `${file} has the new key ${id}; start the worker and the API again to use it, and renew the copy in the safe place.`,
};

/** What the codec endpoint answers where it does not follow. */
export const codecWords = {
  noToken: 'Show the token of the codec endpoint, in the address or as Authorization: Bearer.',
  foreignSite: 'Only pages of the Temporal UI may ask; set SHIPCLOCK_TEMPORAL_UI_URL to its address.',
  notHere: 'There is nothing here; send POST to decode or encode.',
  malformed: 'Send {"payloads":[{"metadata":{"encoding":"<base64>"},"data":"<base64>"}]}.',
  tooLarge: 'Send at most 4 MB of payloads at once.',
};
