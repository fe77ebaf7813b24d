import { z } from 'zod';
import { evidenceFileKey, EvidenceRecord, evidenceRecordKey } from '../contracts/evidence';
import {
  hashNow,
  sha256Of,
  type ChangedPiece,
  type HashedPiece,
  type PackFile,
  type PackForm,
  type PackReport,
} from '../contracts/pack';
import { readAs } from './pack-reading';
import type { Ports } from './ports';

/** Forms, reports and files that were kept as things happened, each with its hash. What was changed since is set apart. */
export type Papers = {
  forms: PackForm[];
  /** The number of the form that each parcel is on, by its tracking number. */
  formOf: Map<string, string>;
  reports: PackReport[];
  /** When the form was scanned, as the last report says; epoch milliseconds. */
  scannedAt?: number;
  /** A report says what is never taken down: the scan came before its form was made. It counts for nothing. */
  isDoubtful: boolean;
  files: PackFile[];
  pieces: HashedPiece[];
  tampered: ChangedPiece[];
};

/** Where to look: the manifest's folder, where the parcels went with one, and the case's own. */
export type Where = {
  manifest: string | undefined;
  caseFolder: string;
  trackingNumbers: ReadonlySet<string>;
  formId: string;
  /** Keys of what is known not to be what it was: none of it is evidence. */
  changed: ReadonlySet<string>;
};

type Documents = Ports['documents'];

const Form = z.looseObject({
  formId: z.string(),
  number: z.string().nullish(),
  madeAt: z.number().optional(),
  sha256: z.string().default(''),
  members: z.array(z.looseObject({ trackingNumber: z.string() })).default([]),
});

const Report = z.looseObject({
  form: z.string().optional(),
  scannedAt: z.number().optional(),
  reportedAt: z.number().optional(),
  place: z.string().optional(),
  note: z.string().optional(),
  proofs: z
    .array(z.looseObject({ kind: z.string(), note: z.string().optional(), file: z.string().optional() }))
    .default([]),
});
type Report = z.infer<typeof Report>;

/** More than were ever made at one closing, or reported of one form. */
const MOST = 1_000;

export async function papersOf(documents: Documents, where: Where): Promise<Papers> {
  const none = { forms: [], reports: [], isDoubtful: false, files: [], pieces: [], tampered: [] };
  const papers: Papers = { ...none, formOf: new Map<string, string>() };
  const { manifest, caseFolder, changed } = where;
  let named = new Set<string>();
  if (manifest !== undefined) {
    await addForms(documents, papers, { ...where, manifest });
    named = await addReports(documents, papers, { folder: manifest, changed });
    await addFiles(documents, papers, { folder: manifest, named, changed });
  }
  await addFiles(documents, papers, { folder: caseFolder, changed });
  papers.tampered = unrepaired(papers, papers.tampered);
  if (manifest !== undefined) addLost(papers, { folder: manifest, named, changed });
  return papers;
}

/** What is not what it was, without what was brought to the case as it had been: a file's hash says which one it is. */
export function unrepaired({ pieces }: Papers, changed: readonly ChangedPiece[]): ChangedPiece[] {
  const intact = new Set(pieces.flatMap(({ kind, sha256 }) => (kind === 'file' ? [sha256] : [])));
  return changed.filter(({ kind, key, sha256 }) => !intact.has(kind === 'file' ? sha256 : lastOf(key)));
}

const lastOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

type NamedShelf = Shelf & { named: ReadonlySet<string> };

/** A report is taken only with files that are there: one that is gone, with its record, was taken away. */
function addLost(papers: Papers, { folder, named, changed }: NamedShelf): void {
  const known = new Set([...papers.files, ...papers.tampered].map(({ sha256 }) => sha256));
  for (const sha256 of named) {
    const key = evidenceRecordKey(folder, sha256);
    if (!isHash(sha256) || known.has(sha256) || changed.has(key)) continue;
    const about = sha256.slice(0, 12);
    papers.tampered.push({ name: 'evidence', about, kind: 'file', key, sha256, found: null });
  }
}

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

const nameOf = (base: string, number: number): string => (number === 1 ? base : `${base}-${number}`);

/** The forms that the parcels are on; where none names one of them, the form that the case was opened for. */
async function addForms(documents: Documents, papers: Papers, where: Where & { manifest: string }): Promise<void> {
  for (let number = 1; number <= MOST; number += 1) {
    const key = `${where.manifest}/${nameOf('form', number)}`;
    const text = await documents.get(key);
    if (text === undefined) return;
    const form = where.changed.has(key) ? undefined : readAs(Form, text);
    if (form !== undefined) await addForm(documents, papers, { where, form, key, sha256: await sha256Of(text) });
  }
}

type FoundForm = { where: Where & { manifest: string }; form: z.infer<typeof Form>; key: string; sha256: string };

async function addForm(documents: Documents, papers: Papers, { where, form, key, sha256 }: FoundForm): Promise<void> {
  const { formId, members, madeAt } = form;
  const number = form.number ?? null;
  const ours = members.filter(({ trackingNumber }) => where.trackingNumbers.has(trackingNumber));
  if (ours.length === 0 && formId !== where.formId) return;
  const name = number ?? formId;
  for (const { trackingNumber } of ours) papers.formOf.set(trackingNumber, name);
  papers.pieces.push({ name: 'form', about: name, kind: 'document', key, sha256 });
  const file = await formFile(documents, papers, { ...where, key, form });
  papers.forms.push({
    ...{ formId, number, madeAt: iso(madeAt), parcels: members.length, ours: ours.length },
    ...{ sha256: file?.sha256 ?? null, key: file?.key ?? null },
  });
}

/** The form's own file. One that a person made elsewhere is kept with the evidence; the case may have got the same once more. */
async function formFile(
  documents: Documents,
  papers: Papers,
  { manifest, caseFolder, key, form }: Where & { manifest: string; key: string; form: z.infer<typeof Form> },
): Promise<HashedPiece | undefined> {
  const { sha256 } = form;
  if (!isHash(sha256)) return undefined;
  const brought = [manifest, caseFolder].map((folder) => evidenceFileKey(folder, { sha256, type: 'pdf' }));
  const about = form.number ?? form.formId;
  const pieces = [`${key}.pdf`, ...brought].map((place): HashedPiece & { kind: 'file' } => ({
    ...{ name: 'formFile', about, kind: 'file', sha256, key: place },
  }));
  const found = await Promise.all(pieces.map((piece) => hashNow(documents, piece)));
  const best =
    pieces.find((_, index) => found[index] === sha256) ?? pieces.find((_, index) => found[index] !== null) ?? pieces[0];
  return best === undefined ? undefined : checked(documents, papers, best);
}

/** Puts a piece among those that are what they were, or among those that are not. */
async function checked(documents: Documents, papers: Papers, piece: HashedPiece): Promise<HashedPiece | undefined> {
  const found = await hashNow(documents, piece);
  if (found === piece.sha256) papers.pieces.push(piece);
  else papers.tampered.push({ ...piece, found });
  return found === piece.sha256 ? piece : undefined;
}

/**
 * All reports of the scan that speak of the forms of this case.
 * @returns The files that they name: no other file of the manifest is evidence here.
 */
async function addReports(documents: Documents, papers: Papers, { folder, changed }: Shelf): Promise<Set<string>> {
  const forms = new Set(papers.forms.map(({ formId }) => formId));
  const named = new Set<string>();
  for (let number = 1; number <= MOST; number += 1) {
    const key = `${folder}/${nameOf('scan', number)}`;
    const text = await documents.get(key);
    if (text === undefined) break;
    const report = changed.has(key) ? undefined : readAs(Report, text);
    if (report === undefined || (report.form !== undefined && !forms.has(report.form))) continue;
    if (isBeforeForm(papers, report)) {
      papers.isDoubtful = true;
      continue;
    }
    for (const file of filesIn(report)) named.add(file);
    papers.reports.push(reportOf(report));
    // A later report corrects the earlier.
    if (report.scannedAt !== undefined) papers.scannedAt = report.scannedAt;
    papers.pieces.push({ name: 'scan', about: String(number), kind: 'document', key, sha256: await sha256Of(text) });
  }
  return named;
}

/** People say whole minutes: 15:00 is said of a form that was made at 15:00:40. */
const MINUTE_MS = 60_000;

/** No such report is ever taken from a person: where one lies there, it is not what it was. */
function isBeforeForm({ forms }: Papers, { form, scannedAt }: Report): boolean {
  const concerned = forms.filter(({ formId }) => form === undefined || form === formId);
  const made = concerned.flatMap(({ madeAt }) => (madeAt === null ? [] : [Date.parse(madeAt)]));
  return scannedAt !== undefined && made.length > 0 && scannedAt <= Math.min(...made) - MINUTE_MS;
}

const filesIn = ({ proofs }: Report): string[] => proofs.flatMap(({ file }) => file ?? []);

/** Who reported it is nobody's business outside. */
const reportOf = ({ scannedAt, reportedAt, place, note, proofs }: Report): PackReport => ({
  scannedAt: iso(scannedAt),
  reportedAt: iso(reportedAt),
  place: place ?? null,
  note: note ?? null,
  proofs: proofs.map((proof) => ({
    kind: proof.kind,
    note: proof.note ?? null,
    file: proof.file !== undefined && isHash(proof.file) ? proof.file : null,
  })),
});

type Shelf = { folder: string; changed: ReadonlySet<string> };

/**
 * The name of a file is its hash: one that is not what its name says was changed. What was kept with a manifest and is in no report
 * that was taken is nobody's word; what was brought to the case is there to be shown.
 */
async function addFiles(
  documents: Documents,
  papers: Papers,
  { folder, named, changed }: Shelf & { named?: ReadonlySet<string> },
): Promise<void> {
  for (const key of await documents.list(`${folder}/evidence`)) {
    const text = changed.has(key) ? undefined : await documents.get(key);
    const record = text === undefined ? undefined : readAs(EvidenceRecord, text);
    if (text === undefined || record === undefined) continue;
    if (named?.has(record.sha256) === false) continue;
    const { sha256, type, bytes, receivedAt, takenAt } = record;
    const about = sha256.slice(0, 12);
    const file = { name: 'evidence', about, kind: 'file', key: evidenceFileKey(folder, record), sha256 } as const;
    if ((await checked(documents, papers, file)) === undefined) continue;
    papers.pieces.push({ name: 'evidenceRecord', about, kind: 'document', key, sha256: await sha256Of(text) });
    papers.files.push({
      ...{ key: file.key, sha256, type, bytes, receivedAt },
      takenAt: takenAt ?? null,
      kinds: kindsOf(papers.reports, record, named === undefined),
    });
  }
}

/** What a file shows, as the reports that name it say. What was brought to the case says it itself: its manifest may be over by then. */
function kindsOf(reports: readonly PackReport[], { sha256, kind }: EvidenceRecord, isOfCase: boolean): string[] {
  const reported = reports.flatMap(({ proofs }) => proofs.filter((proof) => proof.file === sha256));
  const own = isOfCase && kind !== undefined ? [kind] : [];
  return [...new Set([...reported.map((proof) => proof.kind), ...own])];
}
