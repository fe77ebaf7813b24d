import { z } from 'zod';
import type { AppealNews, AppealNotice, CaseMember } from '../domain/appeal/appeal';
import { appealSummaries } from '../words/appeal';
import { appealChanged, orderWorkflowId } from '../workflows/messages';
import {
  APPEAL_CASE,
  appealNews,
  appealWorkflowId,
  formCaseKeyOf,
  type AppealInput,
} from '../workflows/messages-appeal';
import { memberName, mustRing, noteHeard, putNews, readNews, readWrittenClaim, type CaseRef } from './case-documents';
import type { Ports } from './ports';

/** Which of a form's cases a parcel is in: the first, and each that it went on to, are documents, written once. */

/** The cases of one form. */
export type FormRef = { shopId: string; formId: string };

const Place = z.object({ number: z.int().positive() });

/** `form-<id>`: what all case keys of a form begin with. */
const stemOf = ({ formId }: FormRef): string => formCaseKeyOf(formId, 1).slice(0, -'-1'.length);

export const formCase = ({ shopId, formId }: FormRef, number: number): CaseRef => ({
  shopId,
  caseKey: formCaseKeyOf(formId, number),
});

const FORM_CASE = /^form-(.+)-(\d+)$/;

/** The form and the number that a case key says; undefined if it is no form's. */
export function formOfCaseKey(caseKey: string): { formId: string; number: number } | undefined {
  const [, formId, number] = FORM_CASE.exec(caseKey) ?? [];
  return formId === undefined ? undefined : { formId, number: Number(number) };
}

const placeKey = (form: FormRef, parcel: CaseMember, turn: number): string =>
  `appeals/${form.shopId}/places/${stemOf(form)}/${memberName(parcel)}.${turn}`;

/** `from`: the case that it was in before. */
type Turn = { turn: number; number: number; from?: number };

async function placeAt({ documents }: Ports, key: string): Promise<number | undefined> {
  const text = await documents.get(key);
  return text === undefined ? undefined : Place.parse(JSON.parse(text)).number;
}

/** The case that a parcel went on to last. */
async function newestPlace(ports: Ports, form: FormRef, parcel: CaseMember): Promise<Turn | undefined> {
  let newest: Turn | undefined;
  for (let turn = 1; ; turn += 1) {
    const number = await placeAt(ports, placeKey(form, parcel, turn));
    if (number === undefined) return newest;
    newest = { turn, number, ...(newest === undefined ? {} : { from: newest.number }) };
  }
}

/** The first case from a number on that still takes parcels. */
export async function firstOpen(ports: Ports, form: FormRef, from: number): Promise<number> {
  let number = from;
  while ((await readWrittenClaim(ports, formCase(form, number))) !== undefined) number += 1;
  return number;
}

/** The number of the case that a parcel is in; undefined where it has none yet. */
export const newestCaseOf = async (ports: Ports, form: FormRef, parcel: CaseMember): Promise<number | undefined> =>
  (await newestPlace(ports, form, parcel))?.number;

/**
 * The case that a parcel is in: where it has none yet, the first that takes it. Whoever sent it there may have died before they
 * wrote what is known of it.
 */
export async function placeOf(ports: Ports, form: FormRef, parcel: CaseMember): Promise<number> {
  const newest = await newestPlace(ports, form, parcel);
  if (newest === undefined) return settlePlace(ports, placeKey(form, parcel, 1), await firstOpen(ports, form, 1));
  const { number, from } = newest;
  if (from !== undefined) await bringAlong(ports, form, { parcel, from, to: number });
  return number;
}

async function settlePlace(ports: Ports, key: string, number: number): Promise<number> {
  await ports.documents.putIfAbsent(key, JSON.stringify({ number }));
  return (await placeAt(ports, key)) ?? number;
}

/**
 * Takes a parcel from a case that goes on without it to a later one. Asked again it is where it went. What is known of it follows
 * by `bringAlong`, also where it was sent before: whoever sent it may have died over it.
 * @returns The number of the case that it is in then.
 */
export async function moveOn(
  ports: Ports,
  form: FormRef,
  { parcel, from, to }: { parcel: CaseMember; from: number; to?: number },
): Promise<number> {
  const newest = (await newestPlace(ports, form, parcel)) ?? { turn: 0, number: from };
  if (newest.number !== from) return newest.number;
  const next = to ?? (await firstOpen(ports, form, from + 1));
  return settlePlace(ports, placeKey(form, parcel, newest.turn + 1), next);
}

/** Gives the case that a parcel went on to all that is known of it. */
export async function bringAlong(
  ports: Ports,
  form: FormRef,
  { parcel, from, to }: { parcel: CaseMember; from: number; to: number },
): Promise<void> {
  const news = await readNews(ports, formCase(form, from), parcel);
  await putNews(ports, formCase(form, to), { parcel, news });
}

/** Tells a case that there is something new, and begins it where it is not there yet. */
export async function ping(
  ports: Ports,
  { shopId, caseKey }: CaseRef,
  { by, at, news }: { by: CaseMember; at: number; news: AppealNews },
): Promise<'told' | 'over'> {
  const ref = { shopId, caseKey };
  const ring = { by: memberName(by), at };
  if (!(await mustRing(ports, ref, ring))) return 'told';
  const told = await ports.neighbours.tell({
    workflowType: APPEAL_CASE,
    workflowId: appealWorkflowId(shopId, caseKey),
    shopId,
    at,
    input: { shopId, orderId: '', caseKey, edition: 2 } satisfies AppealInput,
    signal: appealNews,
    payload: news,
    summary: appealSummaries.appeal(caseKey),
  });
  if (told === 'told') await noteHeard(ports, ref, ring);
  return told;
}

/** Tells the order of a parcel. One that is over needs no telling. */
export const notify = (ports: Ports, shopId: string, { parcel, notice }: Notified): Promise<'told' | 'over'> =>
  ports.neighbours.signal({
    workflowId: orderWorkflowId(shopId, parcel.orderId),
    signal: appealChanged,
    payload: { ...notice, package: parcel.package } satisfies AppealNotice,
  });

type Notified = { parcel: CaseMember; notice: Omit<AppealNotice, 'package'> };
