import type { ManifestEvent } from './event';
import type { FormMade, Proof } from './manifest';
import { newManifest, type ManifestAbout } from './state';
import { step, type ManifestStep } from './step';

/** A manifest of the second edition, as its tests play it. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const opened = Date.UTC(2026, 10, 23, 17);
export const closesAt = opened + 11 * HOUR;
export const warnAt = closesAt - 2 * HOUR;
export const asksAt = closesAt + 13 * HOUR;
export const hash = (letter: string): string => letter.repeat(64);

const about: ManifestAbout = {
  shopId: '7',
  account: 'usps-7',
  shipFrom: 'main',
  date: '2026-11-23',
  closesAt,
  asksAt,
  edition: 2,
  warnAt,
};
/** Its form is made by itself. */
export const byCall = about;
/** A person makes its form. */
export const byHand: ManifestAbout = { ...about, account: 'tiktok-7', byHand: { url: 'https://seller.example/forms' } };

export const formMade = (n: number, more: Partial<FormMade> = {}): FormMade => ({
  formId: `sf_${n}`,
  number: `9475${n}`,
  madeAt: closesAt,
  members: 2,
  sha256: hash('f'),
  ...more,
});

export const joined = (orderId: string, n: number, at = opened): ManifestEvent => ({
  kind: 'joined',
  at,
  member: { orderId, package: '1' },
  counts: { joined: n, left: 0 },
});
export const woke = (at: number): ManifestEvent => ({ kind: 'woke', at });
export const answered = (
  command: string,
  answer: (ManifestEvent & { kind: 'answered' })['answer'],
  at = closesAt,
): ManifestEvent => ({ kind: 'answered', at, command, answer });
export const done = (command: string, at = closesAt): ManifestEvent => answered(command, { kind: 'done' }, at);
export const close = (at = opened): ManifestEvent => ({
  kind: 'ordered',
  at,
  order: { verb: 'closeManifest', actor: 'Ada' },
});
export const bring = (number: string, madeAt: number, at = madeAt): ManifestEvent => ({
  kind: 'ordered',
  at,
  order: { verb: 'bringForm', actor: 'Ada', brought: { number, madeAt, listHash: hash('b') } },
});

/** A stamped form, with its photo, is what completes a report. */
const STAMPED: Proof[] = [{ kind: 'stampedForm', file: hash('a') }];
export const scan = (
  scannedAt: number,
  { at = scannedAt, proofs = STAMPED, form }: { at?: number; proofs?: Proof[]; form?: string } = {},
): ManifestEvent => ({
  kind: 'ordered',
  at,
  order: {
    verb: 'reportScan',
    actor: 'Ada',
    report: { actor: 'Ada', scannedAt, proofs, ...(form === undefined ? {} : { form }) },
  },
});

/** Plays turn after turn, one event each; what the last turn began, and where it stands. */
export const played = (from: ManifestAbout, ...events: ManifestEvent[]): ManifestStep =>
  goOn(newManifest(from), ...events);
export const goOn = (from: ManifestStep['state'], ...events: ManifestEvent[]): ManifestStep =>
  events.reduce<ManifestStep>(({ state }, event) => step(state, [event]), { state: from, start: [], verdicts: [] });

export const begun = ({ start }: ManifestStep): string[] => start.map(({ id }) => id);
