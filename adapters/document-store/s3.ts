import { randomUUID } from 'node:crypto';
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import type { Ports } from '../../activities/ports';
import { checkedKey } from './key';

type Documents = Ports['documents'];

/** A bucket and what stands before every key in it: empty, or with a slash at its end. */
export type S3Place = { bucket: string; prefix: string };

/** Each call's own limit, so that a server that went silent is an error and no wait. */
const CALL_LIMIT_MS = 10_000;
/** Tries of what may be repeated: all reads, and writes of which it can be told afterwards whose they are. */
const MOST_TRIES = 3;

const sdk = () => import('@aws-sdk/client-s3');
type Sdk = Awaited<ReturnType<typeof sdk>>;

/** One store: where it is, and how it is reached. Both are there from the first use on. */
type Bucket = { place: S3Place; s3: Sdk; client: S3Client };

/**
 * Documents in a bucket of S3, or of what speaks like it: texts as `<key>.json`, files as they are. The first writer wins by
 * `If-None-Match: *` (Amazon S3 user guide, conditional writes), which the server must honour.
 * @param settings Region, endpoint and credentials; without credentials the SDK's own chain finds them.
 */
export function s3Documents(place: S3Place, settings: S3ClientConfig): Documents {
  let opened: Promise<Bucket> | undefined;
  // The SDK is large: who keeps documents in a folder never loads it.
  const bucket = (): Promise<Bucket> => (opened ??= openBucket(place, settings));
  const textKey = (key: string): string => `${checkedKey(key)}.json`;

  return {
    get: async (key) => (await read(await bucket(), textKey(key)))?.toString('utf8'),
    getFile: async (key) => read(await bucket(), checkedKey(key)),
    putIfAbsent: async (key, text) => writeIfAbsent(await bucket(), textKey(key), Buffer.from(text)),
    putFileIfAbsent: async (key, bytes) => writeIfAbsent(await bucket(), checkedKey(key), bytes),
    put: async (key, text) => replace(await bucket(), textKey(key), text),
    list: async (folder) => list(await bucket(), checkedKey(folder)),
    remove: async (key) => remove(await bucket(), textKey(key)),
  };
}

async function openBucket(place: S3Place, settings: S3ClientConfig): Promise<Bucket> {
  const s3 = await sdk();
  const client = new s3.S3Client({
    ...settings,
    maxAttempts: MOST_TRIES,
    // Servers that only speak like S3 know no checksums in trailers.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return { place, s3, client };
}

const limited = (): { abortSignal: AbortSignal } => ({ abortSignal: AbortSignal.timeout(CALL_LIMIT_MS) });

const objectOf = ({ place }: Bucket, key: string): { Bucket: string; Key: string } => ({
  Bucket: place.bucket,
  Key: `${place.prefix}${key}`,
});

async function read(bucket: Bucket, key: string): Promise<Buffer | undefined> {
  try {
    const { Body } = await bucket.client.send(new bucket.s3.GetObjectCommand(objectOf(bucket, key)), limited());
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  } catch (error) {
    if (statusOf(error) === NOT_FOUND) return undefined;
    throw error;
  }
}

async function replace(bucket: Bucket, key: string, text: string): Promise<void> {
  await bucket.client.send(new bucket.s3.PutObjectCommand({ ...objectOf(bucket, key), Body: text }), limited());
}

async function remove(bucket: Bucket, key: string): Promise<void> {
  await bucket.client.send(new bucket.s3.DeleteObjectCommand(objectOf(bucket, key)), limited());
}

async function list(bucket: Bucket, folder: string): Promise<string[]> {
  const { place, s3, client } = bucket;
  const within = `${place.prefix}${folder}/`;
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const wish = { Bucket: place.bucket, Prefix: within, Delimiter: '/', ContinuationToken: token };
    const page = await client.send(new s3.ListObjectsV2Command(wish), limited());
    for (const { Key: key = '' } of page.Contents ?? [])
      if (key.endsWith('.json')) keys.push(key.slice(place.prefix.length, -'.json'.length));
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
  return keys.sort();
}

/**
 * Each call signs what it writes, so that one whose answer was lost can tell its own object from another's with the same text: two
 * that note "begun" must not both believe that they were first. The SDK repeats by itself, too; then the repeat is what is refused.
 */
async function writeIfAbsent(bucket: Bucket, key: string, body: Uint8Array): Promise<boolean> {
  const writer = randomUUID();
  const wish = { ...objectOf(bucket, key), Body: body, IfNoneMatch: '*', Metadata: { writer } };
  for (let tries = 1; ; tries += 1) {
    try {
      await bucket.client.send(new bucket.s3.PutObjectCommand(wish), limited());
      return true;
    } catch (error) {
      const found = await writerOf(bucket, key, error);
      if (found !== undefined) return found === writer;
      // Nothing stands there: the write was lost, or it met another that was taken away meanwhile (409 asks for a repeat).
      if (tries >= MOST_TRIES || !mayRepeat(error)) throw error;
    }
  }
}

/** Who wrote what stands there; undefined where nothing does. What cannot be found out is the first error's matter. */
async function writerOf(bucket: Bucket, key: string, before: unknown): Promise<string | undefined> {
  try {
    const { Metadata } = await bucket.client.send(new bucket.s3.HeadObjectCommand(objectOf(bucket, key)), limited());
    return Metadata?.['writer'] ?? '';
  } catch (error) {
    if (statusOf(error) === NOT_FOUND) return undefined;
    throw before;
  }
}

const NOT_FOUND = 404;
const CONFLICT = 409;
const TOO_EARLY_TO_GIVE_UP = 500;

function mayRepeat(error: unknown): boolean {
  const status = statusOf(error);
  return (
    status === undefined || status === CONFLICT || status === PRECONDITION_FAILED || status >= TOO_EARLY_TO_GIVE_UP
  );
}

/** What stood there is gone again. */
const PRECONDITION_FAILED = 412;

/** The HTTP status of a refusal; undefined where no answer came. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  return (error.$metadata as { httpStatusCode?: number }).httpStatusCode;
}
