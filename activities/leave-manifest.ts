import { manifestKeyOf, memberLeft, type MemberNews } from '../workflows/messages-manifest';
import { countMembers, putLeaver } from './manifest-documents';
import type { Ports } from './ports';
import type { About } from './shop-of';

/** `manifest`: the workflow's id, as joining answered it. */
export type LeaveInput = About & { package: string; turn?: number; manifest: string };

/**
 * Takes a parcel off a form that is not made yet. Where the form is made, the parcel stays on it: the manifest has said so to
 * its order, or says so.
 */
export async function leaveManifest(ports: Ports, input: LeaveInput): Promise<{ kind: 'left' }> {
  const { orderId, package: parcel, turn = 1, at, manifest } = input;
  const key = manifestKeyOf(manifest);
  if (key === undefined) return { kind: 'left' };
  await putLeaver(ports, key, { stay: { orderId, package: parcel, turn }, at });
  const news: MemberNews = { orderId, package: parcel, at, ...(await countMembers(ports, key)) };
  await ports.neighbours.signal({ workflowId: manifest, signal: memberLeft, payload: news });
  return { kind: 'left' };
}
