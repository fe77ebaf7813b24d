import type { Request, RequestHandler, Response } from 'express';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { rawBody } from './answer';
import { nowOf } from './clock';
import { type CallMeter, newCallMeter } from './tiktok/limits';
import type { World } from './world';

/** A request seen on a wire. No query and no body: they carry signatures and addresses. */
type Seen = {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** `null` when it was never answered, or not yet. */
  status: number | null;
  ms: number | null;
};

/** A wire as the log names it: six that are called, two that call. */
type WireName = 'tiktok' | 'easypost' | 'shipsaving' | 'ups' | 'usps' | 'appeals' | 'tiktokWebhook' | 'easypostWebhook';

/** A body as the log shows it: read if it is JSON, `null` if it is empty, only counted if it is no text. */
type LoggedBody = unknown;

/** One call and what came of it, whole, with its secrets: the log is a file of whoever asked for it. */
type Exchange = {
  readonly wire: WireName;
  readonly method: string;
  readonly path: string;
  /** A key that is there more than once has a list. */
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly requestHeaders: Readonly<Record<string, unknown>>;
  readonly requestBody: LoggedBody;
  /** `null` when no answer came. */
  readonly status: number | null;
  readonly responseBody: LoggedBody;
};

/** Where whole exchanges are written, one JSON line each. */
type TrafficLog = { write(exchange: Exchange): void; close(): void };

/** What was seen on the wires: the last requests of each shop, what they used up, and the log if one was asked for. */
export type Traffic = {
  readonly seen: Map<string, Seen[]>;
  readonly meter: CallMeter;
  readonly log: TrafficLog | undefined;
};

/** A label of the sandbox is a PDF of plain characters, and still no text. */
const NO_TEXT = /^(application\/(pdf|octet-stream)|image\/)/;

const KEPT_PER_SHOP = 1_000;

/** Wires by the beginnings of their paths; all other paths are TikTok Shop's. Labels and forms are EasyPost's files. */
const BEGINNINGS: readonly [string, WireName | null][] = [
  ['/control', null],
  ['/healthz', null],
  ['/v2', 'easypost'],
  ['/labels', 'easypost'],
  ['/forms', 'easypost'],
  ['/shipsaving', 'shipsaving'],
  ['/ups', 'ups'],
  ['/usps', 'usps'],
  ['/appeals', 'appeals'],
];

/** Nothing seen yet; with a file, everything that is to be seen is written there too. */
export function newTraffic(logFile: string | undefined): Traffic {
  return { seen: new Map(), meter: newCallMeter(), log: logFile === undefined ? undefined : openLog(logFile) };
}

/** Which wire a path belongs to; the control side is none. */
export function wireOf(originalUrl: string): WireName | null {
  const { pathname } = new URL(originalUrl, 'http://sandbox');
  const found = BEGINNINGS.find(([beginning]) => pathname === beginning || pathname.startsWith(`${beginning}/`));
  return found === undefined ? 'tiktok' : found[1];
}

/** Notes a request at its arrival and fills in how it ended. */
export function watch(world: World, shopId: string, { req, res }: { req: Request; res: Response }): void {
  const startedAt = Date.now();
  const path = `${req.baseUrl}${req.path}`;
  const seen: Seen = {
    at: new Date(nowOf(world, shopId)).toISOString(),
    method: req.method,
    path,
    status: null,
    ms: null,
  };
  const all = world.traffic.seen.get(shopId) ?? [];
  all.push(seen);
  if (all.length > KEPT_PER_SHOP) all.shift();
  world.traffic.seen.set(shopId, all);
  res.once('finish', () => {
    seen.status = res.statusCode;
    seen.ms = Date.now() - startedAt;
  });
}

/** Writes down every call on a wire once it has ended, answered or not. */
export function logTraffic({ log }: Traffic): RequestHandler {
  return (req, res, next) => {
    const wire = wireOf(req.originalUrl);
    if (log !== undefined && wire !== null) logAtItsEnd(log, wire, { req, res });
    next();
  };
}

/** A body as the log shows it. */
export function loggedBody(bytes: Buffer, contentType = ''): LoggedBody {
  if (bytes.length === 0) return null;
  const text = bytes.toString('utf8');
  const isText = !NO_TEXT.test(contentType) && Buffer.from(text, 'utf8').equals(bytes);
  if (!isText) return { bytes: bytes.length };
  if (contentType.startsWith('application/x-www-form-urlencoded')) return pairsOf(new URLSearchParams(text));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A query as the log shows it. */
export function loggedQuery({ searchParams }: URL): Exchange['query'] {
  return pairsOf(searchParams);
}

function pairsOf(searchParams: URLSearchParams): Exchange['query'] {
  const entries = [...new Set(searchParams.keys())].map((key) => {
    const values = searchParams.getAll(key);
    return [key, values.length === 1 ? (values[0] ?? '') : values] as const;
  });
  return Object.fromEntries(entries);
}

function logAtItsEnd(log: TrafficLog, wire: WireName, { req, res }: { req: Request; res: Response }): void {
  const url = new URL(req.originalUrl, 'http://sandbox');
  const { method, headers } = req;
  const asked = { wire, method, path: url.pathname, query: loggedQuery(url), requestHeaders: { ...headers } };
  let answered = Buffer.alloc(0);
  const end = res.end.bind(res);
  // Every answer here is sent by one `end`: what goes through it is the whole body.
  res.end = ((body?: unknown, ...rest: never[]) => {
    if (typeof body === 'string' || Buffer.isBuffer(body)) answered = Buffer.from(body as string);
    return end(body, ...rest);
  }) as Response['end'];
  res.once('close', () => {
    const isAnswered = res.writableFinished;
    log.write({
      ...asked,
      requestBody: loggedBody(rawBody(req), req.get('content-type')),
      status: isAnswered ? res.statusCode : null,
      responseBody: isAnswered ? loggedBody(answered, String(res.getHeader('content-type') ?? '')) : null,
    });
  });
}

function openLog(path: string): TrafficLog {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a');
  let isOpen = true;
  return {
    write: (exchange) => {
      // A call cut by the stop itself ends after the file is closed.
      if (isOpen) writeSync(file, `${JSON.stringify(exchange)}\n`);
    },
    close: () => {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}
