import { caseNews, formOfCase } from './appeal';
import { deskNews } from './desk';
import { wantedOfMember, wantedOfOwner } from './group';
import { isMoving } from './possession';
import type { Command, FormParcel } from './command';
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
  const about = { package: key, attempt: label.attempt, turn: manifest.turn };
  if (manifest.status === 'joined' && manifest.id !== undefined && isToLeave(state, parcel)) {
    return [{ kind: 'leaveManifest', ...about, manifest: manifest.id }];
  }
  const parcelOfForm = memberOf(label);
  if (manifest.status !== 'none' || parcelOfForm === undefined || isJoiningByUpload(state, key)) return [];
  return wantedJoin(state, parcel, {
    ...{ kind: 'joinManifest', ...about, parcel: parcelOfForm },
    ...(manifest.after === undefined ? {} : { after: manifest.after }),
  });
}

/** Where it is not to be on a form, and may be, it looks, so that it can leave. */
function wantedJoin(state: OrderState, parcel: Package, join: Extract<Command, { kind: 'joinManifest' }>): Command[] {
  if (belongsOnForm(state, parcel)) return [join];
  return parcel.manifest.isUnsure === true ? [{ ...join, isLook: true }] : [];
}

function memberOf({ handle, trackingNumber, carrier }: Package['label']): FormParcel | undefined {
  if (handle === undefined || trackingNumber === undefined || carrier === undefined) return undefined;
  return { shipmentId: handle.shipmentId, trackingNumber, carrier };
}

const isJoiningByUpload = ({ outstanding }: OrderState, key: string): boolean =>
  Object.values(outstanding).some(
    (command) => command.kind === 'uploadTracking' && command.package === key && command.join !== undefined,
  );

/**
 * How a parcel joins the day's form with the upload of its number, where it is to be on one: a step and a turn fewer than one after
 * the other. What does not come of it is done by itself.
 */
export function joinOf(
  state: OrderState,
  parcel: Package,
): { join?: { turn: number; shipmentId: string; after?: string } } {
  const { label, manifest } = parcel;
  const isToJoin = state.edition >= 6 && manifest.status === 'none' && state.tellAgain.joinManifest === undefined;
  if (!isToJoin || label.handle === undefined || !isForForm(state, parcel)) return {};
  const { turn, after } = manifest;
  return { join: { turn, shipmentId: label.handle.shipmentId, ...(after === undefined ? {} : { after }) } };
}

/**
 * From the moment that a joining begins until it is known what came of it, the parcel may be on a list; and one that began to leave
 * may have left.
 */
export function noteTelling(state: OrderState, command: Command): void {
  const parcel = state.edition >= 6 && 'package' in command ? state.packages[command.package] : undefined;
  if (parcel === undefined) return;
  if (command.kind === 'leaveManifest') parcel.manifest.isLeaving = true;
  if (command.kind === 'joinManifest' || (command.kind === 'uploadTracking' && command.join !== undefined))
    parcel.manifest.isUnsure = true;
}

/** Whether a parcel is to be on the next form. */
export const belongsOnForm = (state: OrderState, parcel: Package): boolean =>
  isKnownThere(state, parcel) && isForForm(state, parcel);

/** Packed and not with the carrier yet: once the platform knows its number it leaves with the next form. */
const isForForm = (state: OrderState, parcel: Package): boolean =>
  isReadyToGo(parcel) &&
  // Our own upload is enough: the platform's notice of it may be lost.
  !isMoving(state, parcel) &&
  !isStopped(state);

const isReadyToGo = ({ label, packedAt, handedOverAt }: Package): boolean =>
  label.status === 'bought' && label.replace === undefined && packedAt !== undefined && handedOverAt === undefined;

/** The number of a label that the platform sold is there already; a person makes its form. */
const isKnownThere = ({ edition }: OrderState, { label, upload }: Package): boolean =>
  label.handle?.from === 'platform' ? edition >= 5 : isUploaded(label, upload);

/** The platform knows this label's number, and not that of one before it. */
const isUploaded = ({ trackingNumber }: Package['label'], { status, number }: Package['upload']): boolean =>
  status === 'done' && (number === undefined || number === trackingNumber);

const isToLeave = (state: OrderState, parcel: Package): boolean =>
  parcel.manifest.isUnwanted === true || parcel.manifest.isLeaving === true || mustLeave(state, parcel);

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
  edition >= 5 && (manifest.status === 'stays' || mayBeOnList(manifest));

/** On the list of a form that is not made yet, or perhaps. */
export const mayBeOnList = ({ status, isUnsure }: Package['manifest']): boolean =>
  status === 'joined' || (status === 'none' && isUnsure === true);

/** Whether an order that is over leaves a parcel on a form that is not made yet. */
export const isOnOpenForm = (state: OrderState): boolean =>
  isTerminal(state.phase) &&
  Object.values(state.packages).some((parcel) => parcel.manifest.status === 'joined' || isOnOpenList(state, parcel));
