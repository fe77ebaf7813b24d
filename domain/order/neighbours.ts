import { caseNews, formOfCase } from './appeal';
import { deskNews } from './desk';
import { wantedOfMember, wantedOfOwner } from './group';
import { isMoving } from './possession';
import type { Command } from './command';
import { isStopped } from './standing';
import { isTerminal } from './phase';
import type { OrderState, Package } from './state';

/** What the order wants to tell the workflows beside it: the day's form, its appeal, the alert desk. */
export function wantedOfNeighbours(state: OrderState): Command[] {
  if (state.edition < 2) return [];
  const parcels = Object.entries(state.packages);
  const wanted = [
    ...parcels.flatMap(([key, parcel]) => wantedOfManifest(state, key, parcel)),
    ...parcels.flatMap(([key, parcel]) => wantedOfAppeal(state, key, parcel)),
    ...parcels.flatMap(([key, parcel]) => wantedOfMember(key, parcel)),
    ...wantedOfOwner(state),
    ...wantedOfDesk(state),
  ];
  // What could not be told waits; all else does not wait for it.
  return wanted.filter(({ kind }) => state.tellAgain[kind] === undefined);
}

function wantedOfManifest(state: OrderState, key: string, parcel: Package): Command[] {
  const { label, manifest } = parcel;
  const belongs = isForForm(state, parcel);
  const about = { package: key, attempt: label.attempt, turn: manifest.turn };
  if (manifest.status === 'joined' && manifest.id !== undefined && mustLeave(state, parcel)) {
    return [{ kind: 'leaveManifest', ...about, manifest: manifest.id }];
  }
  if (manifest.status !== 'none' || !belongs || label.handle === undefined) return [];
  const { handle, trackingNumber, carrier } = label;
  if (trackingNumber === undefined || carrier === undefined) return [];
  const { after } = manifest;
  return [
    {
      kind: 'joinManifest',
      ...about,
      parcel: { shipmentId: handle.shipmentId, trackingNumber, carrier },
      ...(after === undefined ? {} : { after }),
    },
  ];
}

/** Packed, told to the platform and not with the carrier yet: it leaves with the next form. */
const isForForm = (state: OrderState, parcel: Package): boolean =>
  isReadyToGo(state, parcel) &&
  // Our own upload is enough: the platform's notice of it may be lost.
  !isMoving(state, parcel) &&
  !isStopped(state);

const isReadyToGo = ({ edition }: OrderState, { label, upload, packedAt, handedOverAt }: Package): boolean =>
  label.status === 'bought' &&
  label.replace === undefined &&
  // The number of a label that the platform sold is there already; a person makes its form.
  (label.handle?.from === 'platform' ? edition >= 5 : isUploaded(label, upload)) &&
  packedAt !== undefined &&
  handedOverAt === undefined;

/** The platform knows this label's number, and not that of one before it. */
const isUploaded = ({ trackingNumber }: Package['label'], { status, number }: Package['upload']): boolean =>
  status === 'done' && (number === undefined || number === trackingNumber);

/** What is held, cancelled, unpacked or voided must not be on the form. Handed over, it stays: the form is its evidence. */
const mustLeave = (state: OrderState, { label, packedAt, handedOverAt, tracking }: Package): boolean =>
  handedOverAt === undefined &&
  tracking.acceptedAt === undefined &&
  (isStopped(state) || packedAt === undefined || label.status !== 'bought' || label.replace !== undefined);

function wantedOfAppeal(state: OrderState, key: string, parcel: Package): Command[] {
  const news = caseNews(state, key, parcel);
  if (news.length === 0) return [];
  const form = formOfCase(state, parcel);
  const about = { package: key, number: parcel.appeal?.told.length ?? 0, news };
  return [{ kind: 'tellAppeal', ...about, ...(form === undefined ? {} : { form }) }];
}

function wantedOfDesk(state: OrderState): Command[] {
  const news = deskNews(state);
  return news === undefined ? [] : [{ kind: 'tellDesk', number: state.tellings, news }];
}

/** On the list of a form, or wanted to leave it when it was being asked for: what came of the form is not known yet. */
export const isOnOpenList = ({ edition }: OrderState, { manifest }: Package): boolean =>
  edition >= 5 && (manifest.status === 'joined' || manifest.status === 'stays');

/** Whether an order that is over leaves a parcel on a form that is not made yet. */
export const isOnOpenForm = (state: OrderState): boolean =>
  isTerminal(state.phase) &&
  Object.values(state.packages).some((parcel) => parcel.manifest.status === 'joined' || isOnOpenList(state, parcel));
