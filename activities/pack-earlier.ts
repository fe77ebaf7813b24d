import { checkHashes, readPack, type ChangedPiece, type HashedPiece } from '../contracts/pack';
import type { Ports } from './ports';

/** The pages of a pack are a file, and in no list. */
const isPack = (key: string): boolean => /\/pack-[\w-]+$/.test(key);

/**
 * Nothing of what a pack names ever changes: every pack of the case before this one tells what it was, the first as well as the
 * last, for one that was gathered after a change may have left the piece out.
 * @param own The pack that is being gathered.
 * @returns What is not what it was.
 */
export async function changedSince(
  { documents }: Pick<Ports, 'documents'>,
  { folder, own }: { folder: string; own: string },
): Promise<ChangedPiece[]> {
  const pieces = new Map<string, HashedPiece>();
  for (const key of await documents.list(folder)) {
    const text = isPack(key) && key !== own ? await documents.get(key) : undefined;
    const pack = text === undefined ? undefined : readPack(text);
    for (const piece of pack?.pieces ?? []) pieces.set(`${piece.key} ${piece.sha256}`, piece);
  }
  const changed = await checkHashes([...pieces.values()], documents);
  return [...new Map(changed.map((piece) => [piece.key, piece])).values()];
}
