/** What the long checks say. */
export const proveWords = {
  usage: (names: string[]): string => `npm run prove -- <name>, where <name> is all or one of: ${names.join(', ')}.`,
  failed: (why: string): string => `Not so: ${why}`,
};
