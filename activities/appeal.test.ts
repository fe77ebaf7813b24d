import { createHash } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import type { AppealOpening } from '../domain/appeal/appeal';
import type { AppealAnswer } from '../domain/appeal/event';
import { fileAppeal } from './file-appeal';
import { gatherEvidence } from './gather-evidence';
import type { Filing, NeighbourMessage, Ports } from './ports';
import { readDecision } from './read-decision';
import { tellOrder } from './tell-order';

const SCANNED = Date.UTC(2026, 10, 20, 20);
const NOW = SCANNED + 50 * 3_600_000;
const FOLDER = 'manifests/acc/main/2026-11-20';
const EVIDENCE = 'appeals/7/57-1/evidence';

const opening: AppealOpening = {
  shopId: '7',
  orderId: '57',
  package: '1',
  trackingNumber: '9400',
  carrier: 'USPS',
  policySet: 'seed',
  manifest: 'manifest:acc:main:2026-11-20',
  formId: 'sf_1',
  scannedAt: SCANNED,
  stalledAt: SCANNED + 48 * 3_600_000,
};
const about = { shopId: '7', orderId: '57', caseKey: '57-1', at: NOW };

const formDocument = {
  formId: 'sf_1',
  number: '9475700000000001',
  madeAt: SCANNED - 1,
  sha256: 'abc',
  members: [
    { orderId: '57', package: '1', trackingNumber: '9400' },
    { orderId: '99', package: '1', trackingNumber: '9OTHER' },
  ],
};
const scanDocument = {
  actor: 'ada',
  scannedAt: SCANNED,
  place: 'counter',
  proofs: [{ kind: 'stampedForm' }],
  reportedAt: SCANNED + 1,
};

type World = {
  ports: Ports;
  documents: Map<string, string>;
  cases: Map<string, Filing>;
  statements: string[];
  told: Pick<NeighbourMessage, 'workflowId' | 'payload'>[];
};

type Wish = {
  documents?: Record<string, object>;
  /** What the desk answers a filing with, after it has it. */
  afterFiling?: AdapterError;
  refusal?: AdapterError;
  platform?: () => never;
  hasDesk?: boolean;
};

const failure = (outcome: AdapterOutcome, code: string): AdapterError =>
  new AdapterError(outcome, { provider: 'appeal desk', call: 'file', code });

function worldOf(wish: Wish = {}): World {
  const documents = new Map(Object.entries(wish.documents ?? {}).map(([key, value]) => [key, JSON.stringify(value)]));
  const world = { documents, cases: new Map<string, Filing>(), statements: [], told: [] } as Omit<World, 'ports'>;
  const facts = { status: 'awaitingCollection', statusAt: 1, createdAt: 1, shippingType: 'seller', platformTimes: {} };
  const recipient = { name: 'Silvia Swan', phone: '555-0142' };
  const ports = {
    findShop: () => Promise.resolve({ id: '7' } as Shop),
    documents: {
      get: (key: string) => Promise.resolve(documents.get(key)),
      putIfAbsent: (key: string, text: string) => {
        const isNew = !documents.has(key);
        if (isNew) documents.set(key, text);
        return Promise.resolve(isNew);
      },
    },
    neighbours: {
      tell: (message: NeighbourMessage) => Promise.resolve(world.told.push(message) > 0 ? 'told' : 'over'),
      signal: (message: NeighbourMessage) => Promise.resolve(world.told.push(message) > 0 ? 'over' : 'told'),
    },
    standingOf: () => Promise.resolve({ mode: 'auto', writes: 'on', connection: 'connected' }),
    platformOf: () => ({ readOrder: wish.platform ?? (() => Promise.resolve({ facts, recipient })) }),
    appealDeskOf: () => (wish.hasDesk === false ? undefined : deskOf(world, wish)),
  };
  return { ...world, ports: ports as unknown as Ports };
}

const deskOf = ({ cases, statements }: Omit<World, 'ports'>, { afterFiling, refusal }: Wish) => ({
  find: (reference: string) => Promise.resolve(cases.get(reference)),
  read: () => Promise.resolve([...cases.values()][0]),
  file: ({ reference, statement }: { reference: string; statement: string }) => {
    if (refusal) return Promise.reject(refusal);
    statements.push(statement);
    cases.set(reference, { caseNumber: `c${cases.size + 1}`, status: 'pending', decidedAt: null });
    return afterFiling ? Promise.reject(afterFiling) : Promise.resolve(cases.get(reference));
  },
});

/** Runs one attempt of a step, as Temporal would. */
const attempt = <Input>(
  step: (ports: Ports, input: Input) => Promise<AppealAnswer>,
  { ports }: World,
  input: Input,
): Promise<AppealAnswer> => new MockActivityEnvironment().run((given: Input) => step(ports, given), input);

const whole = {
  [`${FOLDER}/form`]: formDocument,
  [`${FOLDER}/scan`]: scanDocument,
  'labels/by-tracking/9400': { shopId: '7', orderId: '57', package: '1', attempt: 1 },
};

const receiptAlone = { [`${FOLDER}/scan`]: { ...scanDocument, proofs: [{ kind: 'receipt' }] } };
const emptyForm = { [`${FOLDER}/form`]: { ...formDocument, members: [] } };

type Pack = { complete: boolean; missing: string[]; parts: { name: string; key?: string; sha256: string }[] };
const packOf = ({ documents }: World): Pack => JSON.parse(documents.get(EVIDENCE) ?? '{}') as Pack;

describe('the evidence', () => {
  it('is one document of what was kept, each part with its hash, and nothing of a person', async () => {
    const world = worldOf({ documents: whole });
    const answer = await attempt(gatherEvidence, world, { ...about, opening });
    const text = world.documents.get(EVIDENCE) ?? '';
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(answer).toEqual({
      kind: 'gathered',
      key: EVIDENCE,
      sha256,
      complete: true,
      missing: [],
      scannedAt: SCANNED,
    });
    const { parts } = packOf(world);
    expect(parts.map(({ name }) => name)).toEqual(['opening', 'form', 'scan', 'label', 'platformReading']);
    for (const { key, sha256: hash } of parts.filter((part) => part.key !== undefined)) {
      const kept = world.documents.get(key ?? '') ?? '';
      expect(hash).toBe(createHash('sha256').update(kept).digest('hex'));
    }
    expect(text).not.toMatch(/Swan|555-0142|ada|9OTHER/);
  });

  it.each([
    ['no form', { change: { [`${FOLDER}/form`]: undefined }, missing: ['form'], complete: false }],
    ['no scan', { change: { [`${FOLDER}/scan`]: undefined }, missing: ['scan', 'proof'], complete: false }],
    ['a receipt alone', { change: receiptAlone, missing: ['proof'], complete: false }],
    ['a form without the parcel', { change: emptyForm, missing: ['parcelOnForm'], complete: false }],
    ['no label', { change: { 'labels/by-tracking/9400': undefined }, missing: ['label'], complete: true }],
  ])('with %s says what is missing', async (_what, { change, missing, complete }) => {
    const documents = Object.fromEntries(
      Object.entries({ ...whole, ...change }).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ) as Record<string, object>;
    const answer = await attempt(gatherEvidence, worldOf({ documents }), { ...about, opening });
    expect(answer).toMatchObject({ kind: 'gathered', complete, missing });
  });

  it('is gathered once: what is kept later does not change it', async () => {
    const world = worldOf({});
    const first = await attempt(gatherEvidence, world, { ...about, opening });
    for (const [key, value] of Object.entries(whole)) world.documents.set(key, JSON.stringify(value));
    expect(await attempt(gatherEvidence, world, { ...about, opening })).toEqual(first);
  });

  it('of a later filing is a pack of its own, with the proofs and the corrected instant of later reports', async () => {
    const world = worldOf({ documents: { ...whole, ...receiptAlone } });
    expect(await attempt(gatherEvidence, world, { ...about, opening })).toMatchObject({ complete: false });
    const noteHash = 'b'.repeat(64);
    const later = { scannedAt: SCANNED + 60_000, noteHash, proofs: [{ kind: 'signature', noteHash }] };
    world.documents.set(`${FOLDER}/scan-2`, JSON.stringify(later));
    world.documents.set(`${FOLDER}/notes/${noteHash}`, 'signed at the dock');
    const answer = await attempt(gatherEvidence, world, { ...about, opening, pack: '2' });
    expect(answer).toMatchObject({ key: `${EVIDENCE}-2`, complete: true, scannedAt: SCANNED + 60_000 });
    const pack = world.documents.get(`${EVIDENCE}-2`) ?? '';
    expect(pack.match(/signed at the dock/g)).toHaveLength(2);
    expect(packOf(world).complete).toBe(false);
  });

  it('does not wait for ever for a platform that is down', async () => {
    const platform = (): never => {
      throw new AdapterError('retryLater', { provider: 'TikTok Shop', call: 'readOrder', code: 'x' });
    };
    const world = worldOf({ documents: whole, platform });
    await expect(attempt(gatherEvidence, world, { ...about, opening })).rejects.toThrow('TikTok Shop');
    const late = new MockActivityEnvironment({ attempt: 5 });
    const answer = await late.run(() => gatherEvidence(world.ports, { ...about, opening }));
    expect(answer).toMatchObject({ complete: true, missing: ['platformReading'] });
  });

  it('of an opening that names no manifest is weak, and is evidence all the same', async () => {
    const input = { ...about, opening: { ...opening, manifest: 'manifest:../x', trackingNumber: '../9' } };
    const answer = await attempt(gatherEvidence, worldOf({}), input);
    expect(answer).toMatchObject({ complete: false, missing: ['form', 'scan', 'proof', 'label'] });
  });
});

describe('filing', () => {
  const limitBroken = { deadline: 'autoCancelUncollected', at: NOW - 1 };
  const input = { ...about, number: 1 as const, opening, limitBroken, evidence: EVIDENCE };
  const ready = async (wish: Wish = {}): Promise<World> => {
    const world = worldOf({ documents: whole, ...wish });
    await attempt(gatherEvidence, world, { ...about, opening });
    return world;
  };

  it('says what happened in plain English, with the form’s number', async () => {
    const world = await ready();
    const filed = { kind: 'filed', caseNumber: 'c1', status: 'pending', decidedAt: null };
    expect(await attempt(fileAppeal, world, input)).toEqual(filed);
    const [statement = ''] = world.statements;
    expect(statement).toMatch(/Order 57 .*9400[^]*9475700000000001, which was scanned on 2026-11-20 20:00 UTC/);
    expect(statement).toMatch(/no movement for 50 hours[^]*cancelled/);
    expect(world.cases.has('7:57-1:1')).toBe(true);
  });

  it('claims no more than the evidence bears out', async () => {
    const world = worldOf({ documents: { ...whole, ...receiptAlone } });
    await attempt(gatherEvidence, world, { ...about, opening });
    await attempt(fileAppeal, world, { ...input, movedAt: SCANNED - 1 });
    expect(world.statements[0]).toMatch(
      /the seller reports as scanned on 2026-11-20 20:00 UTC[^]*The form is attached/,
    );
    expect(world.statements[0]).not.toMatch(/no movement|carrier’s hands|proof/);
    const bare = worldOf({});
    await attempt(gatherEvidence, bare, { ...about, opening });
    await attempt(fileAppeal, bare, { ...input, limitBroken: { ...limitBroken, at: SCANNED - 1 } });
    expect(bare.statements[0]).toMatch(/On 2026-11-20 19:59 UTC this limit was broken/);
    expect(bare.statements[0]).not.toMatch(/SCAN Form|attached|carrier’s hands/);
  });

  it('reads what a person adds from its document', async () => {
    const world = await ready();
    const noteHash = 'c'.repeat(64);
    await expect(attempt(fileAppeal, world, { ...input, noteHash })).rejects.toThrow('documents');
    world.documents.set(`appeals/7/57-1/notes/${noteHash}`, 'The post office stamped it.');
    await attempt(fileAppeal, world, { ...input, noteHash });
    expect(world.statements[0]).toMatch('The seller adds: The post office stamped it.');
  });

  it('is made once when its answer was lost: the next attempt reads back', async () => {
    const world = await ready({ afterFiling: failure('outcomeUnknown', 'UND_ERR_SOCKET') });
    await expect(attempt(fileAppeal, world, input)).rejects.toThrow('UND_ERR_SOCKET');
    expect(await attempt(fileAppeal, world, input)).toMatchObject({ kind: 'filed', caseNumber: 'c1' });
    expect(world.statements).toHaveLength(1);
  });

  it.each([
    ['window_closed', { kind: 'windowClosed' }],
    ['refused', { kind: 'refused', reason: 'appeal desk file: refused' }],
  ])('that the desk answers with %s is a value', async (code, answer) => {
    expect(await attempt(fileAppeal, await ready({ refusal: failure('refused', code) }), input)).toEqual(answer);
  });

  it('is a person’s where there is no desk; so is the decision', async () => {
    const world = await ready({ hasDesk: false });
    expect(await attempt(fileAppeal, world, input)).toEqual({ kind: 'byHand' });
    expect(await attempt(readDecision, world, { ...about, caseNumber: 'c1' })).toEqual({ kind: 'byHand' });
  });
});

describe('telling', () => {
  it('signals the order, and the alert desk where there is something to do', async () => {
    const world = worldOf();
    const notice = { caseKey: '57-1', status: 'filed' as const, at: NOW };
    await attempt(tellOrder, world, { ...about, notices: [notice], raise: [], settle: [] });
    expect(world.told).toMatchObject([{ workflowId: 'order:7:57', payload: notice }]);
    await attempt(tellOrder, world, { ...about, notices: [], raise: [], settle: ['k'] });
    expect(world.told[1]).toMatchObject({ workflowId: 'alerts:7', payload: { at: NOW, raise: [], settle: ['k'] } });
  });
});
