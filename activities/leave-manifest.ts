import { manifestKeyOf, memberLeft, type MemberNews } from '../workflows/messages-manifest';
import { countMembers } from './form-counts';
import { isClosed, isListed } from './form-list';
import { putLeaver, stayName } from './manifest-documents';
import type { Ports } from './ports';
import type { About } from './shop-of';

/** `manifest`: the workflow's id, as joining answered it. */
export type LeaveInput = About & { package: string; turn?: number; manifest: string };

/** `stays`: its form is asked for with it, or made; the manifest says `formed` or `leftOff`. */
export type LeaveAnswer = { kind: 'left' } | { kind: 'stays' };

/**
 * Takes a parcel off a form that is not asked for yet. Once the date is closed its list decides: a parcel that were told it has
 * left, and is on the form all the same, would join the next one, and the provider would refuse that whole.
 */
export async function leaveManifest(ports: Ports, input: LeaveInput): Promise<LeaveAnswer> {
  const { orderId, package: parcel, turn = 1, at, manifest } = input;
  const key = manifestKeyOf(manifest);
  if (key === undefined) return { kind: 'left' };
  const stay = { orderId, package: parcel, turn };
  const isLate = await isClosed(ports, key);
  if (!isLate) await putLeaver(ports, key, { stay, at });
  // It may have closed between the two: whether its list has the mark is for the list to say.
  if (isLate || (await isClosed(ports, key)))
    return { kind: (await isListed(ports, key, stayName(stay))) ? 'stays' : 'left' };
  const news: MemberNews = { orderId, package: parcel, at, ...(await countMembers(ports, key)) };
  await ports.neighbours.signal({ workflowId: manifest, signal: memberLeft, payload: news });
  return { kind: 'left' };
}
