import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { logWords } from '../../words/api';
import { evidenceDetails } from '../../words/evidence';
import { linkOver } from '../../words/guide';
import { markup } from '../markup';
import type { FoundLink } from './link';

/** Why a link serves no more. */
export type LinkEnd = keyof typeof linkOver;

const STATUS: Record<LinkEnd, number> = { unknown: 404, expired: 410, used: 410 };

/** Undefined while it serves. */
export function endOf(found: FoundLink | undefined): LinkEnd | undefined {
  if (found === undefined) return 'unknown';
  if (found.used !== undefined) return 'used';
  return found.isExpired ? 'expired' : undefined;
}

/** Tells a program, which the page's own script is, that a link serves no more: a problem by its status alone (RFC 9457, 4.2.1). */
export function tellLinkEnd(res: Response, end: LinkEnd): void {
  tell(res, STATUS[end], linkOver[end].en);
}

const TOO_MANY_REQUESTS = 429;
const AGAIN_IN_S = '5';

/** Tells it that others send at this moment. */
export function tellBusy(res: Response): void {
  res.set('Retry-After', AGAIN_IN_S);
  tell(res, TOO_MANY_REQUESTS, evidenceDetails.busy);
}

function tell(res: Response, status: number, detail: string): void {
  const problem = { type: 'about:blank', title: STATUS_CODES[status], status, detail };
  res.status(status).type('application/problem+json').send(JSON.stringify(problem));
}

/** Tells a person: both languages at once, for nothing is known of them. */
export function showLinkEnd(res: Response, end: LinkEnd): void {
  const { en, zh } = linkOver[end];
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>shipclock</title>
</head>
<body>
<p>${en}</p>
<p lang="zh-Hans">${zh}</p>
</body>
</html>
`;
  res.status(STATUS[end]).type('html').send(page.html);
}

/** Logs what came by a link, without its token: whoever reads the log has no link. */
export function logUploads(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const begunAt = Date.now();
    const requestId = randomUUID();
    (res.locals as { requestId?: string }).requestId = requestId;
    res.set({ 'X-Request-Id': requestId, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    const path = `/u/*${req.path.replace(/^\/[^/]*/, '')}`;
    res.once('close', () => {
      const line = { requestId, method: req.method, path, status: res.statusCode, ms: Date.now() - begunAt };
      logger.info(line, logWords.answered);
    });
    next();
  };
}
