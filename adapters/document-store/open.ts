import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { Ports } from '../../activities/ports';
import { localDocuments } from './local';
import { s3Documents, type S3Place } from './s3';

/** `dir`: the folder where documents lie without an address. `env`: where AWS_* variables are read. */
export type DocumentsWish = { dir: string; url?: string | undefined; env?: NodeJS.ProcessEnv };

/** The document store that the configuration names: a folder of this host, or a bucket that many hosts share. */
export function openDocuments({ dir, url, env = {} }: DocumentsWish): Ports['documents'] {
  if (url === undefined || url === '') return localDocuments(dir);
  const { place, settings } = readS3Address(url, env);
  return s3Documents(place, settings);
}

/**
 * Reads `s3://bucket/prefix?endpoint=…&region=…&pathStyle=true`. Credentials never stand in it.
 * @throws where it is no such address.
 */
export function readS3Address(address: string, env: NodeJS.ProcessEnv): { place: S3Place; settings: S3ClientConfig } {
  const { protocol, hostname, pathname, searchParams } = new URL(address);
  if (protocol !== 's3:' || hostname === '') throw new Error(`not an address of documents: ${address}`);
  const prefix = pathname.replace(/^\/+|\/+$/g, '');
  const endpoint = searchParams.get('endpoint') ?? undefined;
  return {
    place: { bucket: hostname, prefix: prefix === '' ? '' : `${prefix}/` },
    settings: {
      region: searchParams.get('region') ?? env['AWS_REGION'] ?? FIRST_REGION,
      forcePathStyle: searchParams.get('pathStyle') === 'true',
      ...(endpoint === undefined ? {} : { endpoint }),
      ...credentialsIn(env),
    },
  };
}

const FIRST_REGION = 'us-east-1';

/** Without these two the SDK's own chain finds credentials: a profile, or the role of the machine. */
function credentialsIn(env: NodeJS.ProcessEnv): Pick<S3ClientConfig, 'credentials'> {
  const [accessKeyId, secretAccessKey] = [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY']];
  const sessionToken = env['AWS_SESSION_TOKEN'];
  if (!accessKeyId || !secretAccessKey) return {};
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } };
}
