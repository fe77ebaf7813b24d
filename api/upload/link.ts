import { createHash, randomBytes } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import { UploadLink, uploadLinkKey, usedLinkKey } from '../../contracts/evidence';
import { evidenceDetails } from '../../words/evidence';
import type { ManifestRef } from '../manifests';
import type { ApiDeps } from '../deps';

type Documents = Pick<ApiDeps, 'documents'>;

/** Long enough for a weekend between the sheet and the counter. */
const SERVES_MS = 72 * 3_600_000;
const TOKEN_BYTES = 32;
const TOKEN = /^[\w-]{43}$/;

/** By which report a link was used up, and what its sender heard: a repeat of it hears the same. */
const Used = z.object({ at: z.number(), bodyHash: z.string(), answer: z.record(z.string(), z.unknown()) });
type Used = z.infer<typeof Used>;

/** A link that is there. `hash`: what it is kept under. */
export type FoundLink = { hash: string; link: UploadLink; isExpired: boolean; used?: Used };

/** What is told of a link that was given out: to whoever asked for it, and to nobody else. */
export type GivenLink = { url: string; expiresAt: string; note?: string };

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Gives out a link for one report. Links count by the real clock, also for a shop whose time is played: a phone has no other. */
export async function giveLink(deps: ApiDeps, req: Request, { shopId, manifest }: ManifestRef): Promise<GivenLink> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const createdAt = Date.now();
  const link: UploadLink = { shopId, manifest, createdAt, expiresAt: createdAt + SERVES_MS };
  await deps.documents.putIfAbsent(uploadLinkKey(hashOf(token)), JSON.stringify(link));
  const base = deps.publicUrl ?? `${req.protocol}://${req.get('host') ?? ''}`;
  return {
    url: `${base.replace(/\/+$/, '')}/u/${token}`,
    expiresAt: new Date(link.expiresAt).toISOString(),
    ...(deps.publicUrl === undefined ? { note: evidenceDetails.localOnly } : {}),
  };
}

/** The link that a token opens; undefined where nobody gave it out. It is looked for by its hash: no guess comes nearer to another. */
export async function findLink({ documents }: Documents, token: string): Promise<FoundLink | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const hash = hashOf(token);
  const [known, use] = await Promise.all([documents.get(uploadLinkKey(hash)), documents.get(usedLinkKey(hash))]);
  if (known === undefined) return undefined;
  const link = UploadLink.parse(JSON.parse(known));
  const isExpired = Date.now() >= link.expiresAt;
  return { hash, link, isExpired, ...(use === undefined ? {} : { used: Used.parse(JSON.parse(use)) }) };
}

/** A report that a link was used for first, as its manifest is told it. */
export type Claim = { bodyHash: string; input: Record<string, unknown> };
const Claim = z.object({ bodyHash: z.string(), input: z.record(z.string(), z.unknown()) });

const claimKey = (hash: string, number: number): string => `uploads/${hash}.claim-${number}`;
const refusedKey = (hash: string, number: number): string => `${claimKey(hash, number)}.refused`;

/** A report that was refused leaves the link to the next one. */
const MOST_CLAIMS = 50;

/**
 * Claims a link for one report before its manifest is told of it: of two that are sent at once one is first, and the other finds what
 * stands. Undefined where too many reports were refused.
 */
export async function claimLink(
  { documents }: Documents,
  { hash }: FoundLink,
  mine: Claim,
): Promise<{ number: number; claim: Claim } | undefined> {
  for (let number = 1; number <= MOST_CLAIMS; number += 1) {
    if ((await documents.get(refusedKey(hash, number))) !== undefined) continue;
    if (await documents.putIfAbsent(claimKey(hash, number), JSON.stringify(mine))) return { number, claim: mine };
    const text = await documents.get(claimKey(hash, number));
    return { number, claim: text === undefined ? mine : Claim.parse(JSON.parse(text)) };
  }
  return undefined;
}

/** Takes a claim back: its manifest refused the report. */
export const freeLink = async ({ documents }: Documents, { hash }: FoundLink, number: number): Promise<void> => {
  await documents.putIfAbsent(refusedKey(hash, number), '{}');
};

/** Uses a link up. */
export const useLink = ({ documents }: Documents, { hash }: FoundLink, used: Used): Promise<boolean> =>
  documents.putIfAbsent(usedLinkKey(hash), JSON.stringify(used));
