import type { AppealAnswer } from '../domain/appeal/event';
import { sortedForAppeal } from './appeal-outcome';
import type { Ports } from './ports';
import { shopOf, type About } from './shop-of';

/** Asks the desk what it decided. Without a desk a person says it. */
export async function readDecision(ports: Ports, input: About & { caseNumber: string }): Promise<AppealAnswer> {
  const { shop } = await shopOf(ports, input);
  const desk = ports.appealDeskOf(shop);
  if (desk === undefined) return { kind: 'byHand' };
  return sortedForAppeal(async () => {
    const { status, decidedAt, recovered } = await desk.read(input.caseNumber);
    return { kind: 'read', status, decidedAt, ...(recovered === undefined ? {} : { recovered }) };
  });
}
