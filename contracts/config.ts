import { z } from 'zod';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);

/** What the processes take from their environment. Each has a default that fits the embedded product. */
export const Config = z.object({
  SHIPCLOCK_HOME: z.string().default('.shipclock'),
  SHIPCLOCK_DOCUMENTS_DIR: z.string().default('.shipclock/documents'),
  SHIPCLOCK_API_HOST: z.string().default('127.0.0.1'),
  SHIPCLOCK_API_PORT: port(8080),
  SHIPCLOCK_API_URL: z.url().default('http://127.0.0.1:8080'),
  SHIPCLOCK_SANDBOX_URL: z.url().default('http://127.0.0.1:8090'),
  SHIPCLOCK_TEMPORAL_UI_URL: z.url().default('http://127.0.0.1:8233'),
  SHIPCLOCK_TASK_QUEUE: z.string().default('shipclock'),
  SHIPCLOCK_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('shipclock'),
});
export type Config = z.infer<typeof Config>;
