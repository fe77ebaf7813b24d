import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { engineWords } from '../words/engine';
import { PlainFailure, codeOf } from './plain-failure';

/** What an order can be found by in visibility. Ten Keyword and three Datetime is all that a namespace on SQL may have. */
export const searchAttributeTypes = {
  ShopId: 'Keyword',
  Phase: 'Keyword',
  Attention: 'Keyword',
  NextDeadlineKind: 'Keyword',
  PolicySet: 'Keyword',
  Carrier: 'Keyword',
  ShipFrom: 'Keyword',
  TrackingNumbers: 'KeywordList',
  NextDeadlineAt: 'Datetime',
  ChangedAt: 'Datetime',
} as const;

/** Numbers of temporal.api.enums.v1.IndexedValueType; the enum itself is in a package that is not ours to import. */
const indexedValueTypes = { Keyword: 2, Datetime: 6, KeywordList: 7 } as const;

/** Closed orders stay visible for 30 days: longer than the last appeal deadline after a delivery. */
const retentionSeconds = 720 * 3600;

const notFound = 5;
const alreadyExists = 6;
const usableLimitMs = 60_000;

/**
 * Makes a namespace ready for orders: it exists, keeps closed ones for 720 h, and knows our search attributes. Can be
 * run any number of times, by any number of processes; returns once a query by every attribute works.
 */
export async function setUpNamespace(connection: Connection, { namespace }: { namespace: string }): Promise<void> {
  await registerOrUpdate(connection, namespace);
  const deadline = Date.now() + usableLimitMs;
  // A namespace that was registered a moment ago is not known to every part of the server yet.
  for (;;) {
    try {
      await addMissingAttributes(connection, namespace);
      await countByEveryAttribute(connection, namespace);
      return;
    } catch (error) {
      if (error instanceof PlainFailure || Date.now() > deadline) throw error;
      await pause(200);
    }
  }
}

async function registerOrUpdate({ workflowService }: Connection, namespace: string): Promise<void> {
  const retention = { seconds: retentionSeconds as never, nanos: 0 };
  try {
    await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: retention } });
  } catch (error) {
    if (codeOf(error) !== notFound) throw error;
    await workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod: retention })
      .catch((failure: unknown) => {
        // Another process was faster.
        if (codeOf(failure) !== alreadyExists) throw failure;
      });
  }
}

async function addMissingAttributes({ operatorService }: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing: Record<string, number> = {};
  for (const [name, type] of Object.entries(searchAttributeTypes)) {
    const present: number | undefined = customAttributes[name];
    const wanted: number = indexedValueTypes[type];
    if (present === undefined) missing[name] = wanted;
    else if (present !== wanted) {
      throw new PlainFailure(engineWords.attributeOfOtherType(namespace, name, type));
    }
  }
  if (Object.keys(missing).length > 0)
    await operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
}

async function countByEveryAttribute({ workflowService }: Connection, namespace: string): Promise<void> {
  const query = Object.entries(searchAttributeTypes)
    .map(([name, type]) => (type === 'Datetime' ? `${name} > '2020-01-01T00:00:00Z'` : `${name} = ''`))
    .join(' AND ');
  await workflowService.countWorkflowExecutions({ namespace, query });
}
