import type { Answer } from '../domain/order/event';
import type { AppealNews, CaseMember } from '../domain/appeal/appeal';
import { summaries } from '../words/order';
import { APPEAL_CASE, appealNews, appealWorkflowId, caseKeyOf, type AppealInput } from '../workflows/messages-appeal';
import {
  isDecided,
  isLost,
  memberName,
  putNews,
  readParcel,
  readWrittenClaim,
  type CaseRef,
  type Claim,
} from './case-documents';
import { formCase, moveOn, ping, placeOf, type FormRef } from './case-documents-places';
import type { Ports } from './ports';
import type { About } from './shop-of';

/** `form`: the case is that of all parcels which stalled on it. Absent: one of its own. */
type Input = About & { package: string; news: AppealNews[]; form?: { manifest: string; formId: string } };

/**
 * Tells the case of a parcel what became of it, and opens the case with the first word. Told twice, it hears it once: what is told
 * are documents, and the message says only that they are there.
 * @returns Which case heard it: a form may have several.
 */
export async function tellAppeal(ports: Ports, input: Input): Promise<Answer> {
  const parcel = { orderId: input.orderId, package: input.package };
  const formId = input.form?.formId ?? '';
  const caseKey = /[A-Za-z0-9]/.test(formId)
    ? await tellForm(ports, { shopId: input.shopId, formId }, { ...input, parcel })
    : await tellOwn(ports, input, parcel);
  return { kind: 'told', caseKey };
}

/** A case that was begun before cases had documents hears by the message alone. */
async function tellOwn(ports: Ports, { shopId, orderId, at, news }: Input, parcel: CaseMember): Promise<string> {
  const caseKey = caseKeyOf(orderId, parcel.package);
  await putNews(ports, { shopId, caseKey }, { parcel, news });
  for (const payload of news) {
    await ports.neighbours.tell({
      workflowType: APPEAL_CASE,
      workflowId: appealWorkflowId(shopId, caseKey),
      shopId,
      at,
      input: { shopId, orderId, caseKey, edition: 2 } satisfies AppealInput,
      signal: appealNews,
      payload,
      summary: summaries.appealOf(orderId),
    });
  }
  return caseKey;
}

type Told = { parcel: CaseMember; news: AppealNews[]; at: number };

/**
 * A case that settled what it claims takes nobody any more: whoever is not in its claim, and may have lost all the same, goes on
 * to the next.
 */
async function tellForm(ports: Ports, form: FormRef, told: Told): Promise<string> {
  let number = await placeOf(ports, form, told.parcel);
  while ((await tellOne(ports, formCase(form, number), told)) === 'goOn') {
    await moveOn(ports, form, { parcel: told.parcel, from: number });
    number = await placeOf(ports, form, told.parcel);
  }
  return formCase(form, number).caseKey;
}

async function tellOne(ports: Ports, ref: CaseRef, { parcel, news, at }: Told): Promise<'heard' | 'goOn'> {
  await putNews(ports, ref, { parcel, news });
  const [first] = news;
  const settled = await readWrittenClaim(ports, ref);
  // One that has settled is told too: what became of its parcels since stands in what it says at a second appeal.
  const isToldAnyway = settled === undefined || isIn(settled, parcel);
  const isHeard =
    isToldAnyway && first !== undefined && (await ping(ports, ref, { by: parcel, at, news: first })) === 'told';
  if (isHeard) return 'heard';
  // It may have ended meanwhile.
  const claim = settled ?? (await readWrittenClaim(ports, ref));
  return claim === undefined || isIn(claim, parcel) ? 'heard' : afterClaim(ports, ref, parcel);
}

/** Who lost nothing has nothing to claim in the next case either. */
async function afterClaim(ports: Ports, ref: CaseRef, parcel: CaseMember): Promise<'heard' | 'goOn'> {
  const standing = await readParcel(ports, ref, parcel);
  return standing !== undefined && isDecided(standing) && !isLost(standing) ? 'heard' : 'goOn';
}

const isIn = ({ members }: Claim, parcel: CaseMember): boolean =>
  members.some((member) => memberName(member) === memberName(parcel));
