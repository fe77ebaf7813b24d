// Keys become paths: each part begins with a letter or digit, so none leads out of its folder.
const KEY = /^[A-Za-z0-9][A-Za-z0-9_.:-]*(\/[A-Za-z0-9][A-Za-z0-9_.:-]*)*$/;

/** @throws where a key is not a path of plain names. */
export function checkedKey(key: string): string {
  if (!KEY.test(key)) throw new Error(`not a document key: ${key}`);
  return key;
}
