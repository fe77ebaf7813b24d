import type { RequestHandler } from 'express';
import { z } from 'zod';
import { acknowledgeWords } from '../../words/alerts';
import { details } from '../../words/api';
import { acknowledge, listedAlert } from '../alerts';
import { callerOf, requestIdOf } from '../caller';
import type { ApiDeps } from '../deps';
import { readBody, shopOfPath } from '../door';
import { Problem } from '../problem';

const ROUTE = 'alerts/acknowledge';

const ANSWER_WITHIN_MS = 5_000;

const Body = z.strictObject({ key: z.string().min(1).max(255) });

/**
 * `POST /v1/alerts/:shopId/acknowledge`: says that somebody sees to an alert. Who said so first stays: a repeat, under a key or
 * none, is answered with the same alert.
 */
export function acknowledgeOne(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const { key } = readBody(req, Body);
    const caller = callerOf(req);
    const order = { shopId, updateId: requestIdOf(caller, shopId, ROUTE), input: { key, actor: caller.actor } };
    const deadline = Date.now() + (deps.updateTimeoutMs ?? ANSWER_WITHIN_MS);
    const verdict = await deps.client.withDeadline(deadline, () => acknowledge(deps, order));
    const alert = verdict?.alert;
    if (alert === undefined) throw new Problem('unknown-alert', verdict?.reason ?? acknowledgeWords.unknown(key));
    // The server remembers the answer by the request's id, whatever stands in its body.
    if (alert.key !== key) throw new Problem('key-reused', details.keyReused);
    res.json({ alert: listedAlert(deps, shopId, alert) });
  };
}
