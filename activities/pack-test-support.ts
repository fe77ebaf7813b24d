import { MockActivityEnvironment } from '@temporalio/testing';
import { EvidencePack2 } from '../contracts/pack';
import type { AppealOpening } from '../domain/appeal/appeal';
import type { AppealAnswer } from '../domain/appeal/event';
import { caseMemberKey, claimKey } from '../workflows/messages-appeal';
import { fileAppeal } from './file-appeal';
import { gatherEvidence } from './gather-evidence';
import { AT, HOUR_MS, MANIFEST, packWorld, SCANNED, type PackWorld } from './pack-test-world';

/** One case in that shop, and what is done with it. */

export const CASE = 'form-sf_1-1';
const ref = { shopId: '7', caseKey: CASE };

export const openingOf = (index: number): AppealOpening => ({
  ...{ shopId: '7', orderId: orderIdOf(index), package: '1', trackingNumber: numberOf(index), carrier: 'USPS' },
  ...{ policySet: 'us-2026-06', manifest: MANIFEST, formId: 'sf_1', scannedAt: SCANNED },
  stalledAt: SCANNED + 48 * HOUR_MS,
});
export const orderIdOf = (index: number): string => String(576461413038785700n + BigInt(index));
export const numberOf = (index: number): string => `9400${String(index).padStart(8, '0')}`;
const limitBroken = { deadline: 'autoCancelUncollected', at: AT - HOUR_MS };

/** A world with so many parcels in the case, on one form. */
export function caseOf(count: number): PackWorld {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const parcels = indexes.map((index) => ({ orderId: orderIdOf(index), trackingNumber: numberOf(index) }));
  const world = packWorld(parcels);
  for (const index of indexes) {
    const opening = openingOf(index);
    const member = { orderId: opening.orderId, package: '1' };
    world.put(caseMemberKey(ref, member, 'opened'), { at: opening.stalledAt, opening });
    world.put(caseMemberKey(ref, member, 'limitBroken'), limitBroken);
  }
  return world;
}

export const claim = (world: PackWorld, indexes: readonly number[]): void => {
  const members = indexes.map((index) => ({ orderId: orderIdOf(index), package: '1', limitBroken }));
  world.put(claimKey(ref), { settledAt: AT, members });
};

const about = { ...ref, orderId: '', at: AT, opening: openingOf(0), edition: 2 as const };

export const gather = (
  { ports }: PackWorld,
  more: { pack?: string; attempt?: number; opening?: AppealOpening } = {},
): Promise<AppealAnswer> => {
  const { attempt = 1, ...pack } = more;
  return new MockActivityEnvironment({ attempt }).run(() => gatherEvidence(ports, { ...about, ...pack }));
};

export const packNamed = (world: PackWorld, pack: string): EvidencePack2 =>
  EvidencePack2.parse(JSON.parse(world.documents.get(`appeals/7/${CASE}/pack-${pack}`) ?? '{}'));

export const packIn = (world: PackWorld, number = 1): EvidencePack2 => packNamed(world, String(number));

export const file = (
  world: PackWorld,
  more: { pdf?: { key: string; sha256: string }; sha256?: string } = {},
): Promise<AppealAnswer> => {
  const evidence = `appeals/7/${CASE}/pack-1`;
  const input = { ...about, number: 1 as const, limitBroken, evidence, ...more };
  return new MockActivityEnvironment().run(() => fileAppeal(world.ports, input));
};
