import type { z } from 'zod';
import type { AppealDesk, AppealFiling, Filing } from '../../activities/ports';
import { AdapterError, type AdapterOutcome } from '../../contracts/adapter-error';
import type { Shop } from '../../contracts/shop';
import type { Recovered } from '../../domain/appeal/appeal';
import { callOnce, type HttpAnswer } from '../http';
import { Case, Cases, Refusal } from './wire';

/** What the sandbox's desk takes. */
const MOST_ORDERS = 100;
const PROVIDER = 'appeal desk';
const READ_DEADLINE_MS = 10_000;
/** Two of these and a look at the documents fit into one attempt of the activity. */
const FILE_DEADLINE_MS = 20_000;

/** The desk that a shop files its appeals at; undefined where a person does. */
export function appealDesk({ appealDesk: door }: Shop): AppealDesk | undefined {
  if (door === undefined) return undefined;
  return {
    mostOrders: MOST_ORDERS,
    find: async (reference) => {
      const path = `/cases?reference=${encodeURIComponent(reference)}`;
      const { cases } = await callDesk(door, { call: 'find', path, schema: Cases });
      return cases[0] && mapCase(cases[0]);
    },
    file: async (filing) => {
      const body = bodyOf(filing);
      return mapCase(await callDesk(door, { call: 'file', path: '/cases', schema: Case, body }));
    },
    read: async (caseNumber) => {
      const path = `/cases/${encodeURIComponent(caseNumber)}`;
      return mapCase(await callDesk(door, { call: 'read', path, schema: Case }));
    },
  };
}

/** The pages go as base64: the desk takes one JSON body. */
const bodyOf = ({ reference, orderId, orderIds, statement, evidence, pack }: AppealFiling): object => ({
  ...{ reference, order_id: orderId, statement, evidence },
  ...(orderIds === undefined ? {} : { order_ids: orderIds }),
  ...(pack === undefined ? {} : { pack_pdf: Buffer.from(pack).toString('base64') }),
});

const mapCase = ({ case_number: caseNumber, status, decided_at: decidedAt, recovered }: Case): Filing => ({
  ...{ caseNumber, status },
  decidedAt: decidedAt == null ? null : Date.parse(decidedAt),
  ...(recovered == null ? {} : { recovered: mapRecovered(recovered) }),
});

const mapRecovered = ({ amount_cents: cents, points, orders }: NonNullable<Case['recovered']>): Recovered => ({
  ...(cents == null ? {} : { cents }),
  ...(points == null ? {} : { points }),
  ...(orders == null ? {} : { orders }),
});

type Door = NonNullable<Shop['appealDesk']>;
type DeskCall<Schema> = { call: 'find' | 'file' | 'read'; path: string; schema: Schema; body?: unknown };

/** Makes one call. Throws AdapterError and nothing else; its `code` is the desk's own. */
async function callDesk<Schema extends z.ZodType>(
  { baseUrl, token }: Door,
  { call, path, schema, body }: DeskCall<Schema>,
): Promise<z.infer<Schema>> {
  const isWrite = body !== undefined;
  const answer = await callOnce({
    provider: PROVIDER,
    call,
    url: `${baseUrl}${path}`,
    method: isWrite ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, ...(isWrite ? { 'content-type': 'application/json' } : {}) },
    isWrite,
    deadlineMs: isWrite ? FILE_DEADLINE_MS : READ_DEADLINE_MS,
    ...(isWrite ? { body: JSON.stringify(body) } : {}),
  });
  const read = answer.status < 300 ? schema.safeParse(answer.json) : undefined;
  if (read?.success === true) return read.data;
  throw errorOf(call, answer, isWrite);
}

function errorOf(call: string, answer: HttpAnswer, isWrite: boolean): AdapterError {
  const code = Refusal.safeParse(answer.json).data?.code ?? '';
  const outcome = outcomeOf(code, answer.status);
  return new AdapterError(outcome === 'outcomeUnknown' && !isWrite ? 'retryLater' : outcome, {
    provider: PROVIDER,
    call,
    code: code === '' ? `HTTP ${answer.status}` : code,
    ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
  });
}

const HTTP = { badRequest: 400, unauthorized: 401, forbidden: 403, timeout: 408, tooMany: 429, serverError: 500 };

function outcomeOf(code: string, status: number): AdapterOutcome {
  if (status === HTTP.tooMany) return 'retryLater';
  if (status === HTTP.unauthorized || status === HTTP.forbidden) return 'auth';
  if (status === HTTP.badRequest && code !== '') return 'bug';
  // An answer that is no answer, and every fault of the desk, leaves open what was done.
  const isOpen = status >= HTTP.serverError || status === HTTP.timeout || status < 300 || code === '';
  return isOpen ? 'outcomeUnknown' : 'refused';
}
