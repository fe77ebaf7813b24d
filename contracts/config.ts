import { z } from 'zod';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);

/** Compose files and shells write what is not set as empty. */
const optional = <T extends z.ZodType>(value: T) =>
  z.preprocess((given) => (given === '' ? undefined : given), value.optional());

/** What a part listens on only where it is told to. */
const optionalPort = optional(z.coerce.number().int().min(1).max(65_535));

export const LogLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']);

/** Where TikTok Shop and the buyers' consent are reached; a sandbox has all three at one address of its own. */
export const tiktokAddresses = {
  apiUrl: 'https://open-api.tiktokglobalshop.com',
  authUrl: 'https://auth.tiktok-shops.com',
  consentUrl: 'https://services.tiktokshop.com',
} as const;

/** What the processes take from their environment. Each has a default that fits the embedded product. */
export const Config = z.object({
  SHIPCLOCK_HOME: z.string().default('.shipclock'),
  SHIPCLOCK_DOCUMENTS_DIR: z.string().default('.shipclock/documents'),
  /** Where documents lie instead of in that folder: `s3://bucket/prefix?endpoint=…&region=…&pathStyle=true`. */
  SHIPCLOCK_DOCUMENTS_URL: optional(z.string().regex(/^s3:\/\/[^/?]+/)),
  SHIPCLOCK_API_HOST: z.string().default('127.0.0.1'),
  SHIPCLOCK_API_PORT: port(8080),
  /** `yes` where the API may listen on other addresses than this machine's own, because something in front keeps strangers out. */
  SHIPCLOCK_API_OPEN: optional(z.literal('yes')),
  SHIPCLOCK_API_URL: z.url().default('http://127.0.0.1:8080'),
  SHIPCLOCK_SANDBOX_URL: z.url().default('http://127.0.0.1:8090'),
  SHIPCLOCK_TEMPORAL_UI_URL: z.url().default('http://127.0.0.1:8233'),
  SHIPCLOCK_TASK_QUEUE: z.string().default('shipclock'),
  SHIPCLOCK_LOG_LEVEL: LogLevel.default('info'),
  /** Where platforms and sellers' browsers reach us: the address of a proxy or a tunnel in front of the public door. */
  SHIPCLOCK_PUBLIC_URL: optional(z.url()),
  /** The public door offers webhooks and the consent callback, and nothing else; absent: there is none. */
  SHIPCLOCK_PUBLIC_HOST: z.string().default('127.0.0.1'),
  SHIPCLOCK_PUBLIC_PORT: optionalPort,
  SHIPCLOCK_WORKER_METRICS_PORT: optionalPort,
  /** `off` leaves what stands in Temporal's histories readable; secrets are encrypted all the same. */
  SHIPCLOCK_ENCRYPTION: z.enum(['on', 'off']).default('on'),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('shipclock'),
});
export type Config = z.infer<typeof Config>;
