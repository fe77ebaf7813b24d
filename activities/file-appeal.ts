import { AdapterError } from '../contracts/adapter-error';
import type { AppealOpening } from '../domain/appeal/appeal';
import type { AppealAnswer } from '../domain/appeal/event';
import { statementOf } from '../words/appeal';
import { EvidencePack } from './gather-evidence';
import { sortedForAppeal } from './appeal-outcome';
import type { Filing, Ports } from './ports';
import { shopOf, type About } from './shop-of';

type Input = About & {
  caseKey: string;
  number: 1 | 2;
  opening: AppealOpening;
  limitBroken: { deadline: string; at: number };
  movedAt?: number;
  /** The document key of the evidence. */
  evidence: string;
  /** What a person adds to the second. */
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
    const { evidence, formNumber } = await packOf(ports, input);
    const statement = statementFor(input, formNumber);
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

async function packOf(ports: Ports, input: Input): Promise<{ evidence: EvidencePack; formNumber: string }> {
  const text = await ports.documents.get(input.evidence);
  // It was written before the case could want this: without it there is nothing to appeal with.
  if (text === undefined) throw new AdapterError('bug', { provider: 'documents', call: 'get', code: 'no evidence' });
  const evidence = EvidencePack.parse(JSON.parse(text));
  const form = evidence.parts.find(({ name }) => name === 'form')?.content as { number?: unknown } | undefined;
  return { evidence, formNumber: typeof form?.number === 'string' ? form.number : input.opening.formId };
}

function statementFor({ opening, limitBroken, movedAt, at, number, note }: Input, formNumber: string): string {
  return statementOf({
    orderId: opening.orderId,
    trackingNumber: opening.trackingNumber,
    carrier: opening.carrier,
    formNumber,
    scannedAt: opening.scannedAt,
    silentUntil: movedAt ?? at,
    hasMoved: movedAt !== undefined,
    deadline: limitBroken.deadline,
    brokenAt: limitBroken.at,
    number,
    ...(note === undefined ? {} : { note }),
  });
}
