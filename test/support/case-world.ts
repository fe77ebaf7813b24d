import { MockActivityEnvironment } from '@temporalio/testing';
import type { NeighbourMessage, Ports } from '../../activities/ports';
import { settleClaim } from '../../activities/settle-claim';
import { tellAppeal } from '../../activities/tell-appeal';
import type { Shop } from '../../contracts/shop';
import type { AppealNews, AppealNotice, AppealOpening } from '../../domain/appeal/appeal';
import type { AppealInput } from '../../workflows/messages-appeal';

/** What the steps of a case know of the world: documents in memory, and cases and orders that only write down what they hear. */

export const HOUR_MS = 3_600_000;
export const SCANNED = Date.UTC(2026, 10, 20, 20);
export const NOW = SCANNED + 48 * HOUR_MS;
export const BROKEN = NOW + HOUR_MS;
const FORM = { manifest: 'manifest:acc:main:2026-11-20', formId: 'sf_1' };
export const FIRST = { shopId: '7', orderId: '', caseKey: 'form-sf_1-1', at: NOW };

export const openingOf = (orderId: string, more: Partial<AppealOpening> = {}): AppealOpening => ({
  ...{ shopId: '7', orderId, package: '1', trackingNumber: `94${orderId}`, carrier: 'USPS', policySet: 'seed' },
  ...FORM,
  ...{ scannedAt: SCANNED, stalledAt: NOW },
  ...more,
});

export const opened = (orderId: string, more?: Partial<AppealOpening>): AppealNews => ({
  kind: 'opened',
  at: NOW,
  opening: openingOf(orderId, more),
});
export const broken = (at = BROKEN): AppealNews => ({ kind: 'limitBroken', at, deadline: 'autoCancelUncollected' });
export const moved = (at: number): AppealNews => ({ kind: 'moved', at });

export type World = {
  ports: Ports;
  documents: Map<string, string>;
  /** Cases that were told, by their key, in order. */
  rung: string[];
  inputs: AppealInput[];
  /** What orders heard. */
  heard: (AppealNotice & { orderId: string })[];
  /** Cases that are over. */
  over: Set<string>;
  /** Which messages a worker dies over, and after how many documents of an attempt. */
  dies: ((message: NeighbourMessage) => boolean) | undefined;
  mostWrites: number;
};

export function newWorld(mostOrders?: number): World {
  const documents = new Map<string, string>();
  const world = { documents, rung: [], inputs: [], heard: [], over: new Set(), dies: undefined } as unknown as World;
  world.mostWrites = Infinity;
  const assertAlive = (isAlive: boolean): void => {
    if (!isAlive) throw new Error('died');
  };
  const ports = {
    findShop: () => Promise.resolve({ id: '7' } as Shop),
    platformOf: () => ({}),
    appealDeskOf: () => (mostOrders === undefined ? undefined : { mostOrders }),
    documents: {
      get: (key: string) => Promise.resolve(documents.get(key)),
      putIfAbsent: (key: string, text: string) => {
        const isNew = !documents.has(key);
        if (isNew) assertAlive((world.mostWrites -= 1) >= 0);
        if (isNew) documents.set(key, text);
        return Promise.resolve(isNew);
      },
      remove: (key: string) => Promise.resolve(void documents.delete(key)),
      list: (folder: string) =>
        Promise.resolve([...documents.keys()].filter((key) => key.replace(/\/[^/]+$/, '') === folder).sort()),
    },
    neighbours: {
      tell: (message: NeighbourMessage) => {
        const { workflowId, input } = message;
        assertAlive(world.dies?.(message) !== true);
        const caseKey = workflowId.split(':')[2] ?? '';
        if (world.over.has(caseKey)) return Promise.resolve('over');
        world.rung.push(caseKey);
        world.inputs.push(input as AppealInput);
        return Promise.resolve('told');
      },
      signal: ({ workflowId, payload }: NeighbourMessage) => {
        world.heard.push({ ...(payload as AppealNotice), orderId: workflowId.split(':')[2] ?? '' });
        return Promise.resolve('told');
      },
    },
  };
  return Object.assign(world, { ports: ports as unknown as Ports });
}

/** Runs one attempt of a step, as Temporal would. */
export const run = <Input, Output>(
  step: (ports: Ports, input: Input) => Promise<Output>,
  { ports }: World,
  input: Input,
): Promise<Output> => new MockActivityEnvironment().run((given: Input) => step(ports, given), input);

export const tell = (world: World, orderId: string, news: AppealNews[]): Promise<unknown> =>
  run(tellAppeal, world, { shopId: '7', orderId, at: NOW, package: '1', news, form: FORM });

export const settle = (world: World, more: object = {}): Promise<unknown> =>
  run(settleClaim, world, { ...FIRST, ...more });
