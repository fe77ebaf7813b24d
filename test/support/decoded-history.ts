import type { Client } from '@temporalio/client';
import type { Payload, PayloadCodec } from '@temporalio/common';

/**
 * A history as its own code sees it. What a client fetches is what lies at the server, encrypted where its orders are; a history
 * that is kept must open without anybody's keys.
 */
export const decodedHistory = <T>({ options }: Client, history: T): Promise<T> =>
  decodedWith(options.loadedDataConverter.payloadCodecs, history);

/** The same with codecs at hand. Returns a copy. */
async function decodedWith<T>(codecs: readonly PayloadCodec[], node: T): Promise<T> {
  if (codecs.length === 0 || typeof node !== 'object' || node === null || ArrayBuffer.isView(node)) return node;
  if (isPayload(node)) return (await decodedPayload(codecs, node)) as T;
  if (Array.isArray(node)) return (await Promise.all(node.map((item) => decodedWith(codecs, item as unknown)))) as T;
  // 64-bit numbers are objects with a prototype of their own.
  const copy = Object.create(Object.getPrototypeOf(node) as object | null) as Record<string, unknown>;
  for (const [name, inner] of Object.entries(node)) copy[name] = await decodedWith(codecs, inner as unknown);
  return copy as T;
}

function isPayload(node: object): node is Payload {
  const { metadata } = node as Payload;
  return typeof metadata === 'object' && metadata !== null && ArrayBuffer.isView(metadata['encoding']);
}

async function decodedPayload(codecs: readonly PayloadCodec[], payload: Payload): Promise<Payload> {
  let decoded = payload;
  for (const codec of [...codecs].reverse()) decoded = (await codec.decode([decoded]))[0] ?? decoded;
  return decoded;
}
