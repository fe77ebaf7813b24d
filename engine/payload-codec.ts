import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { SealFailure, type Keyring } from '../adapters/keyring/keyring';
import { payloadDictionaries } from './payload-dictionary';

/** The encoding under which Temporal's own samples and tools know an encrypted payload. */
const ENCRYPTED = 'binary/encrypted';
const JSON_PLAIN = 'json/plain';

/** No document's key has a space in it, so no document can stand for a payload. */
const CONTEXT = 'temporal payload';

// What the first byte inside says of the rest. Numbers are never used again: histories keep them.
const FORM = { json: 0, jsonDeflated: 1, anything: 2 } as const;

/** The dictionary that is compressed with now; `FORM.jsonDeflated` stands for the first and will stay with it. */
const DICTIONARY = payloadDictionaries[1];

export type CodecWish = {
  /** Leave new payloads readable; what is encrypted is opened all the same, or open orders would be lost. */
  encrypts?: boolean;
};

/**
 * Encrypts what enters Temporal: inputs, results, signals, updates, memos, summaries. Search attributes stay as they are, because
 * the server finds orders by them, and so do the messages of failures, in which people look for the cause; nothing personal is in
 * either.
 *
 * Small payloads make up a history, so each is compressed before it is encrypted, with a dictionary of the words that all of them
 * repeat, and an encrypted history is smaller than a plain one. Lengths tell a little of a content; nothing secret shares a payload
 * with what an outsider may choose, so that little cannot be asked for again and again.
 *
 * Payloads of another encoding pass through both ways: histories that were begun before there were keys.
 */
export function payloadCodec(keyring: Keyring, { encrypts = true }: CodecWish = {}): PayloadCodec {
  return {
    encode: (payloads) => inOrder(payloads, encrypts ? (payload) => sealed(payload, keyring) : itself),
    decode: (payloads) => inOrder(payloads, (payload) => opened(payload, keyring)),
  };
}

/** A throw becomes a rejection, as the SDK expects. */
// eslint-disable-next-line @typescript-eslint/require-await -- the codec's interface is asynchronous, its work is not
async function inOrder(payloads: Payload[], change: (payload: Payload) => Payload): Promise<Payload[]> {
  return payloads.map(change);
}

const itself = (payload: Payload): Payload => payload;

const encodingOf = ({ metadata }: Payload): string => Buffer.from(metadata?.['encoding'] ?? []).toString('utf8');

const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8');

function sealed(payload: Payload, keyring: Keyring): Payload {
  const { data } = payload;
  // Nothing at all, as `undefined` is encoded, has nothing to hide.
  if (data == null || data.length === 0) return payload;
  const { sealed: bytes } = keyring.seal(packed(payload, data), CONTEXT);
  return { metadata: { encoding: bytesOf(ENCRYPTED) }, data: bytes };
}

function opened(payload: Payload, keyring: Keyring): Payload {
  if (encodingOf(payload) !== ENCRYPTED) return payload;
  try {
    return unpacked(keyring.open(payload.data ?? new Uint8Array(), CONTEXT)) ?? payload;
  } catch (error) {
    // Anyone who may signal may send bytes under this name, and any name of a key in them. They stay as they are, which the payload
    // converter reads as something that no shape guard takes; a throw would stop the order for ever. With a key that was ours and is
    // gone it is a throw that is right: the workflow task is tried again until the key is back, and nothing is decided on half a
    // history.
    if (error instanceof SealFailure && (error.kind === 'broken' || error.isForeign)) return payload;
    throw error;
  }
}

function packed(payload: Payload, data: Uint8Array): Buffer {
  const names = Object.keys(payload.metadata ?? {});
  if (names.length !== 1 || encodingOf(payload) !== JSON_PLAIN) return withForm('anything', wholeText(payload, data));
  const deflated = deflateRawSync(data, { level: constants.Z_BEST_COMPRESSION, dictionary: DICTIONARY });
  return deflated.length < data.length ? withForm('jsonDeflated', deflated) : withForm('json', data);
}

const withForm = (form: keyof typeof FORM, bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([FORM[form]]), bytes]);

/** Undefined where the form is none that we know: written by a later version, or nonsense. */
function unpacked(bytes: Buffer): Payload | undefined {
  const rest = bytes.subarray(1);
  if (bytes[0] === FORM.json) return jsonPayload(rest);
  if (bytes[0] === FORM.jsonDeflated) return jsonPayload(inflateRawSync(rest, { dictionary: DICTIONARY }));
  return bytes[0] === FORM.anything ? wholePayload(rest) : undefined;
}

const jsonPayload = (data: Uint8Array): Payload => ({ metadata: { encoding: bytesOf(JSON_PLAIN) }, data });

type Whole = { metadata: Record<string, string>; data: string };

function wholeText({ metadata }: Payload, data: Uint8Array): Buffer {
  const named = Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]);
  const whole: Whole = { metadata: Object.fromEntries(named) as Whole['metadata'], data: base64Of(data) };
  return bytesOf(JSON.stringify(whole));
}

const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function wholePayload(bytes: Buffer): Payload {
  // Our own words: the seal says so.
  const whole = JSON.parse(bytes.toString('utf8')) as Whole;
  const named = Object.entries(whole.metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')]);
  return {
    metadata: Object.fromEntries(named) as Record<string, Buffer>,
    data: Buffer.from(whole.data, 'base64'),
  };
}
