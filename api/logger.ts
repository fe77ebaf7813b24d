import pino, { type DestinationStream, type Logger } from 'pino';

/** Never logged, wherever they stand: what opens a shop, and what names a buyer. */
const SECRETS = [
  'accessToken',
  'apiKey',
  'appSecret',
  'authorization',
  'Authorization',
  'buyer_message',
  'recipient',
  'recipient_address',
  'webhookSecret',
];

/** JSON lines, to stdout unless told otherwise. */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: { room: 'api' },
      redact: { paths: SECRETS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '…' },
    },
    ...(destination ? [destination] : []),
  );
