import { sha256Of, type EvidencePack2, type PackFile } from '../contracts/pack';
import { packPages, type NotShown, type PaperFile } from '../paper/evidence-pack';
import { packWords } from '../words/pack';
import type { Ports } from './ports';

type Documents = Ports['documents'];

/** Pages beyond this are listed by their hashes: a desk takes no file of any size. */
const MOST_SHOWN_BYTES = 24 * 1024 * 1024;

export const packPdfKey = (key: string): string => `${key}.pdf`;

/** The pages of a pack, made from it once; made again they are the same, byte by byte. */
export async function ensurePdf(
  { documents }: Pick<Ports, 'documents'>,
  key: string,
  pack: EvidencePack2,
): Promise<{ key: string; sha256: string }> {
  const pdf = packPdfKey(key);
  const kept = await documents.getFile(pdf);
  if (kept !== undefined) return { key: pdf, sha256: await sha256Of(kept) };
  const bytes = await packPages(pack, await filesOf(documents, pack));
  await documents.putFileIfAbsent(pdf, bytes);
  return { key: pdf, sha256: await sha256Of((await documents.getFile(pdf)) ?? bytes) };
}

type Wanted = Omit<PaperFile, 'bytes' | 'why'> & { key: string };

/** The forms first, then what shows their scan, then the rest. */
async function filesOf(documents: Documents, { forms, files }: EvidencePack2): Promise<PaperFile[]> {
  const wanted: Wanted[] = [
    ...forms.flatMap(({ number, formId, key, sha256 }): Wanted[] =>
      key === null || sha256 === null
        ? []
        : [{ title: packWords.formFile(number ?? formId), type: 'pdf', key, sha256 }],
    ),
    ...proofsFirst(files).map(({ kinds, type, key, sha256, receivedAt, takenAt }): Wanted => ({
      ...{ title: packWords.proofs(kinds), type, key, sha256, receivedAt, takenAt },
    })),
  ];
  const shown: PaperFile[] = [];
  const taken = new Set<string>();
  let left = MOST_SHOWN_BYTES;
  for (const file of wanted) {
    if (taken.has(file.sha256)) continue;
    taken.add(file.sha256);
    const { key, ...paper } = file;
    const read = await readShown(documents, { key, sha256: file.sha256, left });
    if (typeof read === 'string') shown.push({ ...paper, why: read });
    else {
      left -= read.length;
      shown.push({ ...paper, bytes: read });
    }
  }
  return shown;
}

/** What a reader looks for first. */
const RANKS: readonly string[] = ['stampedForm', 'stampedReceipt', 'signature', 'proofOfPickup', 'receipt', 'photo'];

const rankOf = ({ kinds }: PackFile): number =>
  Math.min(...kinds.map((kind) => (RANKS.includes(kind) ? RANKS.indexOf(kind) : RANKS.length)), RANKS.length);

const proofsFirst = (files: readonly PackFile[]): PackFile[] => [...files].sort((a, b) => rankOf(a) - rankOf(b));

async function readShown(
  documents: Documents,
  { key, sha256, left }: { key: string; sha256: string; left: number },
): Promise<Uint8Array | NotShown> {
  const bytes = await documents.getFile(key);
  if (bytes === undefined || (await sha256Of(bytes)) !== sha256) return 'changed';
  return bytes.length > left ? 'tooLarge' : bytes;
}
