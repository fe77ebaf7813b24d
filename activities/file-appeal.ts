import { AdapterError } from '../contracts/adapter-error';
import type { AppealOpening } from '../domain/appeal/appeal';
import type { AppealAnswer } from '../domain/appeal/event';
import { statementOf } from '../words/appeal';
import { appealNoteKey } from '../workflows/messages-appeal';
import { EvidencePack, scannedAtOf } from './gather-evidence';
import { sortedForAppeal } from './appeal-outcome';
import type { Filing, Ports } from './ports';
import { assertWriting, shopOf, type About } from './shop-of';

type Input = About & {
  caseKey: string;
  number: 1 | 2;
  opening: AppealOpening;
  limitBroken: { deadline: string; at: number };
  movedAt?: number;
  /** The document key of the evidence. */
  evidence: string;
  /** What a person adds: the SHA-256 under which the text is kept; or the text, of a case from before. */
  noteHash?: string;
  note?: string;
};

/** The desk's word for too late. */
const WINDOW_CLOSED = 'window_closed';

/**
 * Files an appeal, once: every attempt first looks whether an earlier one made it, under a reference that is the filing's own.
 */
export async function fileAppeal(ports: Ports, input: Input): Promise<AppealAnswer> {
  const { shop } = await shopOf(ports, input);
  const desk = ports.appealDeskOf(shop);
  if (desk === undefined) return { kind: 'byHand' };
  return sortedForAppeal(async () => {
    const reference = `${input.shopId}:${input.caseKey}:${input.number}`;
    const earlier = await desk.find(reference);
    if (earlier !== undefined) return filedAs(earlier);
    const evidence = await packOf(ports, input);
    const statement = statementFor(input, evidence, await noteOf(ports, input));
    await assertWriting(ports, input);
    try {
      return filedAs(await desk.file({ reference, orderId: input.orderId, statement, evidence }));
    } catch (error) {
      if (error instanceof AdapterError && error.outcome === 'refused' && error.code === WINDOW_CLOSED) {
        return { kind: 'windowClosed' };
      }
      throw error;
    }
  });
}

const filedAs = ({ caseNumber, status, decidedAt }: Filing): AppealAnswer => ({
  kind: 'filed',
  caseNumber,
  status,
  decidedAt,
});

/** It was written before the case could want this: without it there is nothing to file with. */
async function kept({ documents }: Ports, key: string): Promise<string> {
  const text = await documents.get(key);
  if (text === undefined) throw new AdapterError('bug', { provider: 'documents', call: 'get', code: 'nothing there' });
  return text;
}

const packOf = async (ports: Ports, { evidence }: Input): Promise<EvidencePack> =>
  EvidencePack.parse(JSON.parse(await kept(ports, evidence)));

async function noteOf(ports: Ports, input: Input): Promise<string | undefined> {
  return input.noteHash === undefined ? input.note : kept(ports, appealNoteKey(input, input.noteHash));
}

/** Says what the evidence bears out. */
function statementFor(input: Input, evidence: EvidencePack, note: string | undefined): string {
  const { opening, limitBroken, movedAt, at, number } = input;
  const formNumber = formNumberOf(evidence, opening);
  return statementOf({
    orderId: opening.orderId,
    trackingNumber: opening.trackingNumber,
    carrier: opening.carrier,
    ...(formNumber === undefined ? {} : { formNumber }),
    scannedAt: scannedAtOf(evidence) ?? opening.scannedAt,
    hasProof: !evidence.missing.includes('proof'),
    silentUntil: movedAt ?? at,
    hasMoved: movedAt !== undefined,
    deadline: limitBroken.deadline,
    brokenAt: limitBroken.at,
    number,
    ...(note === undefined ? {} : { note }),
  });
}

function formNumberOf({ parts, missing }: EvidencePack, opening: AppealOpening): string | undefined {
  const form = parts.find(({ name }) => name === 'form')?.content as { number?: unknown } | undefined;
  if (form === undefined || missing.includes('parcelOnForm')) return undefined;
  return typeof form.number === 'string' ? form.number : opening.formId;
}
