import { packWords, type PackParty } from '../words/pack';
import { filePages, type PaperFile } from './pack-files';
import { orderDetails, orderTable, type PaperOrder } from './pack-orders';
import { entry, gap, heading, need, newSheet, nextPage, number, write, type Sheet } from './pack-sheet';

export type { NotShown, PaperFile } from './pack-files';

/** All that stands on the paper. Instants are ISO 8601 in UTC. Nobody's name, address or phone is among it. */
export type PackPaper = {
  shopId: string;
  caseKey: string;
  gatheredAt: string;
  cause: string;
  carrier: string;
  scannedAt: string | null;
  scanBy: string | null;
  movedAt: string | null;
  complete: boolean;
  missing: readonly string[];
  isClaim: boolean;
  parcels: number;
  orders: readonly PaperOrder[];
  forms: readonly PaperForm[];
  reports: readonly PaperReport[];
  pickups: readonly PaperPickup[];
  responsibility: PackParty;
  statement: string;
  pieces: readonly PaperPiece[];
  tampered: readonly PaperPiece[];
};

type PaperForm = { formId: string; number: string | null; madeAt: string | null; parcels: number; ours: number };
type PaperPiece = { name: string; about?: string; sha256: string };
type PaperPickup = { confirmation: string; status: string; bookedAt: string; from: string; until: string };
type PaperReport = {
  scannedAt: string | null;
  reportedAt: string | null;
  place: string | null;
  note: string | null;
  proofs: readonly { kind: string; note: string | null; file: string | null }[];
};

/**
 * The evidence as one PDF: what is asked and why, every order, the forms and papers themselves, and all hashes at the end. The same
 * pack is the same file.
 */
export async function packPages(pack: PackPaper, files: readonly PaperFile[]): Promise<Uint8Array> {
  const sheet = await newSheet(`${packWords.title} ${pack.caseKey}`, Date.parse(pack.gatheredAt));
  cover(sheet, pack);
  if (!isDraft(pack)) {
    heading(sheet, packWords.statement);
    write(sheet, pack.statement);
  }
  orderTable(sheet, pack.orders);
  orderDetails(sheet, pack.orders);
  reports(sheet, pack);
  await filePages(sheet, files);
  hashes(sheet, pack);
  number(sheet, (page, of) => packWords.foot(pack.caseKey, page, of));
  return sheet.document.save();
}

function cover(sheet: Sheet, pack: PackPaper): void {
  const { heads } = packWords;
  write(sheet, packWords.title, { size: 20, isBold: true });
  if (isDraft(pack)) write(sheet, packWords.draft, { size: 13, isBold: true });
  gap(sheet, 14);
  entry(sheet, heads.case, pack.caseKey);
  entry(sheet, heads.shop, pack.shopId);
  entry(sheet, heads.cause, packWords.cause(pack.cause));
  entry(sheet, heads.parcels, parcelsOf(pack));
  entry(sheet, heads.carrier, pack.carrier);
  for (const form of pack.forms) entry(sheet, heads.form, packWords.form(nameOf(form), form.madeAt, form));
  if (pack.forms.length === 0) entry(sheet, heads.form, packWords.noForm);
  entry(sheet, heads.scanned, packWords.scanned(pack.scannedAt, pack.scanBy));
  if (!isDraft(pack)) entry(sheet, heads.asked, packWords.asked);
  entry(sheet, heads.party, packWords.party(pack.responsibility));
  entry(sheet, '', packWords.reason(pack.responsibility));
  entry(sheet, heads.evidence, pack.complete ? packWords.lacking(pack.missing) : packWords.weak(pack.missing));
  entry(sheet, heads.gathered, packWords.gathered(pack.gatheredAt));
}

/** What nobody has lost yet asks for nothing. */
const isDraft = ({ isClaim, orders }: PackPaper): boolean => !isClaim && orders.every(({ limit }) => limit === null);

const nameOf = ({ number: known, formId }: PaperForm): string => known ?? formId;

function parcelsOf({ orders, parcels }: PackPaper): string {
  const listed = new Set(orders.map(({ orderId }) => orderId)).size;
  return `${packWords.parcels(orders.length, listed)}${packWords.listed(orders.length, parcels)}`;
}

function reports(sheet: Sheet, pack: PackPaper): void {
  if (pack.reports.length > 0) heading(sheet, packWords.reports);
  for (const report of pack.reports) {
    write(sheet, packWords.report(report));
    if (report.note !== null) write(sheet, report.note, { indent: 12 });
    for (const { kind, note, file } of report.proofs) {
      write(sheet, packWords.proof(kind, file), { size: 9, indent: 12 });
      if (note !== null) write(sheet, note, { size: 9, indent: 24 });
    }
  }
  if (pack.pickups.length > 0) heading(sheet, packWords.pickups);
  for (const pickup of pack.pickups) write(sheet, packWords.pickup(pickup));
}

function hashes(sheet: Sheet, { pieces, tampered }: PackPaper): void {
  nextPage(sheet);
  heading(sheet, packWords.hashes);
  write(sheet, packWords.hashesAbout);
  gap(sheet, 6);
  for (const piece of pieces) hashOf(sheet, piece);
  if (tampered.length > 0) heading(sheet, packWords.tampered);
  for (const piece of tampered) hashOf(sheet, piece);
}

function hashOf(sheet: Sheet, { name, about, sha256 }: PaperPiece): void {
  need(sheet, 26);
  write(sheet, packWords.piece(name, about), { size: 9 });
  write(sheet, sha256, { size: 8, isGrey: true, indent: 12 });
}
