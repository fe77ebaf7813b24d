import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { ShopMode } from '../../contracts/standing';
import { details } from '../../words/api';
import { switchMode, switchWrites, type AccountVerdict } from '../../workflows/messages-account';
import { orderOfAccount } from '../accounts';
import { bodyHashOf, callerOf, requestIdOf, type Caller } from '../caller';
import type { ApiDeps } from '../deps';
import { readBody, shopOfPath } from '../door';
import { Problem } from '../problem';

const ANSWER_WITHIN_MS = 5_000;

const Mode = z.strictObject({ mode: ShopMode });
export const Writes = z.strictObject({ writes: z.enum(['on', 'off']) });

type Asked = { shopId: string; caller: Caller; bodyHash: string };

/** What may be switched of one shop, by the last part of the path. */
const SWITCHES = {
  mode: (req: Request) => {
    const { mode } = readBody(req, Mode);
    return (deps: ApiDeps, asked: Asked) =>
      orderOfAccount(deps, asked.shopId, {
        update: switchMode,
        input: { mode, ...inputOf(asked) },
        ...idOf(asked, 'mode'),
      });
  },
  writes: (req: Request) => {
    const { writes } = readBody(req, Writes);
    return (deps: ApiDeps, asked: Asked) =>
      orderOfAccount(deps, asked.shopId, {
        update: switchWrites,
        input: { writes, ...inputOf(asked) },
        ...idOf(asked, 'writes'),
      });
  },
} as const satisfies Record<string, (req: Request) => (deps: ApiDeps, asked: Asked) => Promise<AccountVerdict>>;

const inputOf = ({ caller, bodyHash }: Asked) => ({ ...caller, bodyHash });

const idOf = ({ caller, shopId }: Asked, what: string): { updateId: string } => ({
  updateId: requestIdOf(caller, shopId, `shops/${what}`),
});

/**
 * `POST /v1/shops/:shopId/mode` and `…/writes`: switches a shop, and answers when every step that acts outside can read it; 2 s
 * later every one of them has.
 */
export function switchShop(deps: ApiDeps, what: keyof typeof SWITCHES): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const order = SWITCHES[what](req);
    const asked = { shopId, caller: callerOf(req), bodyHash: bodyHashOf(req) };
    const deadline = Date.now() + (deps.updateTimeoutMs ?? ANSWER_WITHIN_MS);
    const verdict = await deps.client.withDeadline(deadline, () => order(deps, asked));
    if (verdict.bodyHash !== asked.bodyHash) throw new Problem('key-reused', details.keyReused);
    res.json({ shopId, mode: verdict.mode, writes: verdict.writes, at: new Date(verdict.at).toISOString() });
  };
}
