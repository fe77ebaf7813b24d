import { createHash, timingSafeEqual } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { raw, Router, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { codecWords } from '../../words/keys';
import { bytesOf } from '../door';

export type CodecDeps = {
  codecs: PayloadCodec[];
  /** What an operator must show. */
  token: string;
  /** The only site whose pages may ask. */
  temporalUiUrl: string;
};

/** A page of the Temporal UI sends a whole history at once. */
const MOST_BYTES = '4mb';

/** How long a browser need not ask again whether it may ask, in seconds. */
const ASK_AGAIN_S = '600';

// Temporal's wire for remote codecs is the JSON of its protobuf: all bytes are base64 (docs.temporal.io, Codec Server).
const WirePayload = z.looseObject({
  metadata: z.record(z.string(), z.string()).nullish(),
  data: z.string().nullish(),
});
type WirePayload = z.infer<typeof WirePayload>;

const Body = z.object({ payloads: z.array(WirePayload).default([]) });

/**
 * `POST /v1/codec/:token/decode` and `/encode`, or `POST /v1/codec/decode` with `Authorization: Bearer <token>`: a remote codec, by which
 * the Temporal UI and `temporal --codec-endpoint` show what stands in encrypted histories. Mounted before requests are logged: the
 * token stands in the address, because the UI can send no other header to a server without TLS.
 */
export function codecRoutes({ codecs, token, temporalUiUrl }: CodecDeps): Router {
  const router = Router();
  const isAllowed = tokenCheck(token);
  const offer = (path: string, turn: Turn): void => {
    router.post(path, requireToken(isAllowed), raw({ type: () => true, limit: MOST_BYTES }), answer(turn));
  };
  router.use(ownUiOnly(temporalUiUrl));
  for (const place of ['', '/:token']) {
    offer(`${place}/decode`, (payload) => decoded(codecs, payload));
    offer(`${place}/encode`, (payload) => encoded(codecs, payload));
  }
  // Nothing goes on from here to where paths are logged: the token may stand in it, whatever else is wrong.
  router.use((_req, res) => sayProblem(res, 404, codecWords.notHere));
  router.use(refuse);
  return router;
}

type Turn = (payload: Payload) => Promise<Payload>;

function answer(turn: Turn): RequestHandler {
  return async (req, res) => {
    const body = Body.safeParse(jsonOf(bytesOf(req)));
    if (!body.success) {
      sayProblem(res, 400, codecWords.malformed);
      return;
    }
    const payloads = await Promise.all(
      body.data.payloads.map(async (payload) => wireOf(await turn(payloadOf(payload)))),
    );
    res.json({ payloads });
  };
}

const decoded = (codecs: PayloadCodec[], payload: Payload): Promise<Payload> =>
  codecs
    .reduceRight(async (before, codec) => (await codec.decode([await before]))[0] ?? payload, Promise.resolve(payload))
    // One whose key is gone must not hide the others from the page: it is shown as it lies.
    .catch(() => payload);

const encoded = (codecs: PayloadCodec[], payload: Payload): Promise<Payload> =>
  codecs.reduce(async (before, codec) => (await codec.encode([await before]))[0] ?? payload, Promise.resolve(payload));

function payloadOf({ metadata, data }: WirePayload): Payload {
  const named = Object.entries(metadata ?? {}).map(([name, text]) => [name, Buffer.from(text, 'base64')]);
  return {
    metadata: Object.fromEntries(named) as Record<string, Buffer>,
    ...(data == null ? {} : { data: Buffer.from(data, 'base64') }),
  };
}

function wireOf({ metadata, data }: Payload): WirePayload {
  const named = Object.entries(metadata ?? {}).map(([name, bytes]) => [name, base64Of(bytes)]);
  return {
    metadata: Object.fromEntries(named) as Record<string, string>,
    ...(data == null ? {} : { data: base64Of(data) }),
  };
}

const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Lets pages of the Temporal UI ask, and no other site's. Programs name no origin. */
function ownUiOnly(temporalUiUrl: string): RequestHandler {
  const allowed = originsOf(temporalUiUrl);
  return (req, res, next) => {
    const origin = req.get('origin');
    res.set({ 'Cache-Control': 'no-store', Vary: 'Origin', 'X-Content-Type-Options': 'nosniff' });
    if (origin !== undefined && !allowed.includes(origin)) {
      sayProblem(res, 403, codecWords.foreignSite);
      return;
    }
    if (origin !== undefined) res.set('Access-Control-Allow-Origin', origin);
    if (req.method !== 'OPTIONS') {
      next();
      return;
    }
    res.set({
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': 'authorization, content-type, x-namespace',
      'Access-Control-Max-Age': ASK_AGAIN_S,
    });
    res.status(204).end();
  };
}

/** A UI on this machine is opened by either of its names. */
function originsOf(url: string): string[] {
  const { origin, hostname } = new URL(url);
  if (!['127.0.0.1', 'localhost'].includes(hostname)) return [origin];
  return ['127.0.0.1', 'localhost'].map((name) => origin.replace(`//${hostname}`, `//${name}`));
}

function requireToken(isAllowed: (token: string) => boolean): RequestHandler {
  return (req, res, next) => {
    if (isAllowed(tokenOf(req))) {
      next();
      return;
    }
    res.set('WWW-Authenticate', 'Bearer');
    sayProblem(res, 401, codecWords.noToken);
  };
}

function tokenOf(req: Request): string {
  const inPath = req.params['token'];
  return typeof inPath === 'string' ? inPath : (/^Bearer (\S+)$/i.exec(req.get('authorization') ?? '')?.[1] ?? '');
}

/** In constant time, whatever the lengths. */
function tokenCheck(token: string): (shown: string) => boolean {
  const wanted = sha256(token);
  return (shown) => token !== '' && timingSafeEqual(sha256(shown), wanted);
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

// eslint-disable-next-line max-params -- Express knows a handler of errors by its four parameters.
const refuse: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const isTooLarge = error instanceof Error && 'status' in error && error.status === 413;
  sayProblem(res, isTooLarge ? 413 : 400, isTooLarge ? codecWords.tooLarge : codecWords.malformed);
};

function sayProblem(res: Response, status: number, detail: string): void {
  res
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', status, detail }));
}
