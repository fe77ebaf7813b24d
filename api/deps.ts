import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Shop } from '../contracts/shop';
import type { ApiMetrics, Count } from './metrics';
import type { CodecDeps } from './routes/codec';

/** Raw fields of Temporal's start requests that the SDK has no option for. */
type StartFields = Record<string, unknown>;

/** All that the order API needs from outside. */
export type ApiDeps = {
  client: Client;
  namespace: string;
  taskQueue: string;
  findShop: (shopId: string) => Promise<Shop | undefined>;
  documents: {
    get(key: string): Promise<string | undefined>;
    put(key: string, text: string): Promise<void>;
    putIfAbsent(key: string, text: string): Promise<boolean>;
    putFileIfAbsent(key: string, bytes: Uint8Array): Promise<boolean>;
    list(folder: string): Promise<string[]>;
    getFile(key: string): Promise<Uint8Array | undefined>;
  };
  /** Absent where there are no keys: then no shop is connected here, and nothing is decoded for the Temporal UI. */
  vault?: {
    get(key: string): Promise<string | undefined>;
    putIfAbsent(key: string, text: string): Promise<boolean>;
  };
  codec?: CodecDeps;
  /** Where this process counts; absent: it does not. */
  metrics?: ApiMetrics;
  count?: Count;
  /** How the public door is reached from outside; absent: only this machine's own address is known. */
  publicUrl?: string;
  sandboxUrl: string;
  temporalUiUrl: string;
  logger: Logger;
  /** What workflows of a shop are started with beyond the usual: a shop whose time is played ahead needs a clock of its own. */
  startFields?: (shopId: string) => StartFields | undefined | Promise<StartFields | undefined>;
  /** How long a person's order waits for its verdict. @default 5000 */
  updateTimeoutMs?: number;
};
