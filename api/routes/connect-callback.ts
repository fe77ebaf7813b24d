import type { RequestHandler, Response } from 'express';
import { callbackPages } from '../../words/connect';
import { isConnectState } from '../../workflows/messages-connect';
import { takeCode } from '../connects';
import { markup } from '../markup';
import { Problem } from '../problem';
import type { ApiDeps } from '../deps';

const ANSWER_WITHIN_MS = 5_000;

/** TikTok's codes have some 60 characters. */
const CODE = /^[\x21-\x7e]{1,1024}$/;

type PageName = keyof typeof callbackPages;

const STATUS: Record<PageName, number> = { done: 200, declined: 200, foreign: 404, used: 409 };

/**
 * `GET /v1/connect/tiktok/callback`: the platform leads the owner of a shop back here with a code. The only page of ours that a
 * stranger may open: it tells nothing, and takes a code only for a state that we gave out and that was not used.
 */
export function takeConsent(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    // Whoever looks a link over asks so before a person follows it: it must not use the state up.
    if (req.method === 'HEAD') {
      asPage(res).end();
      return;
    }
    const { code, state } = req.query;
    showPage(res, await pageFor(deps, { state, code }));
  };
}

async function pageFor(deps: ApiDeps, { state, code }: { state: unknown; code: unknown }): Promise<PageName> {
  if (typeof state !== 'string' || !isConnectState(state)) return 'foreign';
  if (typeof code !== 'string' || !CODE.test(code)) return 'declined';
  try {
    return await deps.client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => takeCode(deps, state, code));
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return 'foreign';
    throw error;
  }
}

/** The owner's own people read it: both languages at once, so that nothing has to be guessed. */
function showPage(res: Response, name: PageName): void {
  const { en, zh } = callbackPages[name];
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${en.title}</title>
</head>
<body>
<h1>${en.title}</h1>
<p>${en.sentence}</p>
<div lang="zh-Hans">
<h1>${zh.title}</h1>
<p>${zh.sentence}</p>
</div>
</body>
</html>
`;
  asPage(res.status(STATUS[name])).send(page.html);
}

const asPage = (res: Response): Response => res.set('Referrer-Policy', 'no-referrer').type('html');
