import { DefaultLogger, makeTelemetryFilterString, Runtime, type LogLevel } from '@temporalio/worker';
import pino, { type Logger } from 'pino';

/** Never logged, wherever they stand: what opens a shop, and what names a buyer. */
const SECRETS = [
  'appSecret',
  'accessToken',
  'apiKey',
  'webhookSecret',
  'authorization',
  'recipient',
  'recipient_address',
];

export const createLogger = (level: string): Logger =>
  pino({
    level,
    base: { room: 'worker' },
    redact: { paths: SECRETS.flatMap((key) => [key, `*.${key}`]), censor: '…' },
  });

const LEVELS: Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** Sends the SDK's own words through our logger, and leaves signals to us: the order of stopping is ours. */
export function installRuntime(logger: Logger): void {
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => logger[LEVELS[level]](meta ?? {}, message)),
    shutdownSignals: [],
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} } },
  });
}
