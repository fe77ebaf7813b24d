import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { details } from '../../words/api';
import { appealAgain, appealNoteKey, fileAppeal, recordDecision, recordFiling } from '../../workflows/messages-appeal';
import { caseKeyOfPath, orderOfAppeal, type AppealCommand } from '../appeals';
import { bodyHashOf, callerOf, requestIdOf } from '../caller';
import type { ApiDeps } from '../deps';
import { readBody, shopOfPath } from '../door';
import { Problem } from '../problem';

const ANSWER_WITHIN_MS = 5_000;

const Note = z.string().trim().min(1).max(2_000);
const File = z.strictObject({ note: Note.optional() });
const Again = z.strictObject({ note: Note });

const Instant = z.iso.datetime({ offset: true }).transform((at) => Date.parse(at));

/** As Seller Center shows it; what has no place in a line of a timeline is none. */
const Filed = z.strictObject({
  caseNumber: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][\w.:#/-]{0,63}$/),
  at: Instant.optional(),
});

/** Money in integer cents, violation points, orders whose cancellation was taken back. */
const Recovery = z.strictObject({
  cents: z.int().min(0).exactOptional(),
  points: z.int().min(0).exactOptional(),
  orders: z.int().min(0).exactOptional(),
});

const Decision = z.strictObject({
  outcome: z.enum(['won', 'lost']),
  at: Instant.optional(),
  recovered: Recovery.optional(),
});

/** `note`: what a person adds; it is kept as a document, for history is no place for free text. */
type Ordered = Pick<AppealCommand, 'update'> & { fields: object; note?: string | undefined };

/** What people may order of a case, by the last part of the path. */
export const APPEAL_VERBS = {
  file: (req: Request): Ordered => ({ update: fileAppeal, fields: {}, ...readBody(req, File) }),
  'appeal-again': (req: Request): Ordered => ({ update: appealAgain, fields: {}, ...readBody(req, Again) }),
  filed: (req: Request): Ordered => {
    const { caseNumber, at } = readBody(req, Filed);
    return { update: recordFiling, fields: { caseNumber, ...(at === undefined ? {} : { filedAt: at }) } };
  },
  decision: (req: Request): Ordered => {
    const { outcome, at, recovered } = readBody(req, Decision);
    const fields = { outcome, ...(at === undefined ? {} : { at }), ...(recovered === undefined ? {} : { recovered }) };
    return { update: recordDecision, fields };
  },
} as const;

/**
 * `POST /v1/appeals/:shopId/:caseKey/<verb>`: orders something of a case and waits for the verdict. A repeat under one key has
 * one effect and hears the first answer.
 */
export function commandAppeal(deps: ApiDeps, path: keyof typeof APPEAL_VERBS): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const caseKey = caseKeyOfPath(req);
    const { update, fields, note } = APPEAL_VERBS[path](req);
    const caller = callerOf(req);
    const noted = note === undefined ? {} : { noteHash: await keepNote(deps, { shopId, caseKey }, note) };
    const input = { ...fields, ...noted, ...caller, bodyHash: bodyHashOf(req) };
    const updateId = requestIdOf(caller, shopId, `appeals/${caseKey}/${path}`);
    const deadline = Date.now() + (deps.updateTimeoutMs ?? ANSWER_WITHIN_MS);
    const verdict = await deps.client.withDeadline(deadline, () =>
      orderOfAppeal(deps, { shopId, caseKey, updateId, update, input }),
    );
    if (verdict.bodyHash !== input.bodyHash) throw new Problem('key-reused', details.keyReused);
    if (!verdict.accepted) throw new Problem('refused', verdict.reason ?? '');
    res.json({ accepted: true, status: verdict.status, at: new Date(verdict.at).toISOString() });
  };
}

/** Before it is ordered: whoever follows the order finds it. @returns The SHA-256 of the text, under which it lies. */
async function keepNote(
  { documents }: ApiDeps,
  ref: { shopId: string; caseKey: string },
  note: string,
): Promise<string> {
  const noteHash = createHash('sha256').update(note).digest('hex');
  await documents.putIfAbsent(appealNoteKey(ref, noteHash), note);
  return noteHash;
}
