import type { AppealAnswer } from '../domain/appeal/event';
import { caseResultKey, type CaseResult } from '../workflows/messages-appeal';
import type { Ports } from './ports';

/** Keeps what came of a case, for statistics, once. */
export async function saveCaseResult(
  { documents }: Ports,
  { shopId, result }: { shopId: string; result: CaseResult },
): Promise<AppealAnswer> {
  await documents.putIfAbsent(caseResultKey({ shopId, caseKey: result.caseKey }), JSON.stringify(result));
  return { kind: 'kept' };
}
