import type { BatchPorts } from './batch-ports';
import { keepSlips } from './batch-slips';
import { runBatch } from './run-batch';

/** What batches of labels do outside, by the name under which their workflows ask for it. */
export const BATCH_STEPS = { runBatch, keepSlips };

type Steps = typeof BATCH_STEPS;

export type BatchActivities = {
  [Name in keyof Steps]: Steps[Name] extends (ports: BatchPorts, input: infer Input) => infer Output
    ? (input: Input) => Output
    : never;
};
