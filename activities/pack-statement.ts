import type { EvidencePack2 } from '../contracts/pack';
import { caseStatement, type CaseFacts } from '../words/statement';

type Filing = { number: 1 | 2; note?: string | undefined; limitBroken?: { deadline: string; at: number } | undefined };

/** The plain words of a pack. `limitBroken`: of a case of one parcel, where the pack was gathered before it broke. */
export function statementOfPack(
  pack: Omit<EvidencePack2, 'statement' | 'pieces'>,
  { number, note, limitBroken }: Filing,
): string {
  const { cause, carrier, forms, scannedAt, scanBy, movedAt } = pack;
  return caseStatement({
    ...{ number, cause, carrier },
    parcels: pack.orders.map((order) => parcelOf(order, pack.orders.length === 1 ? limitBroken : undefined)),
    forms: forms.filter(({ ours }) => ours > 0).map((form) => form.number ?? form.formId),
    ...(scannedAt === null || scanBy === null ? {} : { scan: { at: Date.parse(scannedAt), by: scanBy } }),
    ...(movedAt === null ? {} : { movedAt: Date.parse(movedAt) }),
    ...(note === undefined ? {} : { note }),
  });
}

function parcelOf(
  { orderId, trackingNumber, limit, silentHours }: EvidencePack2['orders'][number],
  limitBroken: { deadline: string; at: number } | undefined,
): CaseFacts['parcels'][number] {
  const broken = limit === null ? limitBroken : { deadline: limit.deadline, at: Date.parse(limit.at) };
  return {
    orderId,
    ...(trackingNumber === null ? {} : { trackingNumber }),
    ...(silentHours === null ? {} : { silentHours }),
    ...(broken === undefined ? {} : { limit: broken }),
  };
}
