import type { RequestHandler } from 'express';
import { z } from 'zod';
import { ALL_SHOPS_KEY } from '../../contracts/standing';
import { details } from '../../words/api';
import { allWrites } from '../accounts';
import { bodyHashOf, callerOf, requestIdOf } from '../caller';
import { readBody } from '../door';
import { Problem } from '../problem';
import { Writes } from './switch-shop';
import type { ApiDeps } from '../deps';

/** So many of the latest requests with a key are known again; a repeat comes within minutes. */
const MOST_KEYS = 50;

const Request = z.object({ id: z.string(), bodyHash: z.string() });
type Request = z.infer<typeof Request>;

/** The part of the switch's document that is ours. Hashes only. */
const Kept = z.object({ requests: z.array(Request).default([]) });

/** `GET /v1/writes`: the switch of all shops, and who threw it. */
export function readAllWrites(deps: Pick<ApiDeps, 'documents'>): RequestHandler {
  return async (_req, res) => {
    res.json(await allWrites(deps));
  };
}

/**
 * `POST /v1/writes`: switches the writes of all shops, with one document and without Temporal: the switch works when nothing else
 * does. A repeat under one key throws nothing again, and is told how the switch stands now: somebody may have thrown it since.
 */
export function switchAllWrites({ documents }: Pick<ApiDeps, 'documents'>): RequestHandler {
  const inTurn = oneAfterAnother();
  return async (req, res) => {
    const { writes } = readBody(req, Writes);
    const caller = callerOf(req);
    const request = { id: requestIdOf(caller, 'all', 'writes'), bodyHash: bodyHashOf(req) };
    await inTurn(async () => {
      const requests = requestsIn(await documents.get(ALL_SHOPS_KEY));
      const earlier = requests.find(({ id }) => id === request.id);
      if (earlier !== undefined && earlier.bodyHash !== request.bodyHash) {
        throw new Problem('key-reused', details.keyReused);
      }
      if (earlier !== undefined) {
        res.set('Idempotent-Replayed', 'true');
        return;
      }
      const known = caller.key === undefined ? requests : [...requests, request].slice(-MOST_KEYS);
      const document = { writes, by: caller.actor, at: Date.now(), requests: known };
      await documents.put(ALL_SHOPS_KEY, JSON.stringify(document));
    });
    res.json(await allWrites({ documents }));
  };
}

/** A document that cannot be understood must not keep the switch from being thrown. */
function requestsIn(text: string | undefined): Request[] {
  try {
    return Kept.parse(JSON.parse(text ?? '{}')).requests;
  } catch {
    return [];
  }
}

/** Two that read the document at once would each forget the other's key. */
function oneAfterAnother(): (turn: () => Promise<void>) => Promise<void> {
  let last = Promise.resolve();
  return (turn) => {
    const mine = last.then(turn);
    last = mine.catch(() => undefined);
    return mine;
  };
}
