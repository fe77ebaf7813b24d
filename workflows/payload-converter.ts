import { defaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';

/** Stands for a payload that cannot be read. Every shape guard refuses it. */
const UNREADABLE = Object.freeze({ unreadable: true });

/**
 * The SDK's own converter, but for one thing: a payload that cannot be read is a value, not an exception. Anyone who may signal
 * may send bytes that are no JSON, and an exception here would stop the order for ever.
 */
export const payloadConverter: PayloadConverter = {
  toPayload: (value) => defaultPayloadConverter.toPayload(value),
  // The type is what the caller expects, as in the SDK's own interface.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the interface asks for it
  fromPayload: <T>(payload: Payload): T => {
    try {
      return defaultPayloadConverter.fromPayload<T>(payload);
    } catch {
      return UNREADABLE as T;
    }
  },
};
