import type { ManifestKey } from '../domain/manifest/manifest';
import type { Reported } from '../domain/manifest/scan';
import { putScan, readNote } from './manifest-documents';
import type { Ports } from './ports';

type Input = ManifestKey & { scan: Reported & { formId: string } };

/**
 * Keeps what a person said of the form's scan: an appeal's evidence. Every report is a document of its own, with the words that
 * history knows by their hash alone.
 */
export async function keepScan(ports: Ports, { scan, ...key }: Input): Promise<{ kind: 'done' }> {
  const wordsOf = (hash: string | undefined): Promise<string | undefined> =>
    hash === undefined ? Promise.resolve(undefined) : readNote(ports, key, hash);
  const proofs = [];
  for (const proof of scan.proofs) proofs.push({ ...proof, note: await wordsOf(proof.noteHash) });
  await putScan(ports, key, { ...scan, place: await wordsOf(scan.placeHash), proofs });
  return { kind: 'done' };
}
