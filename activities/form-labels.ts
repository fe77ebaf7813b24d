import { heartbeat } from '@temporalio/activity';
import type { Member } from '../domain/manifest/manifest';
import { manifestReasons } from '../words/manifest';
import { inTurns } from './form-io';
import { refOf, type Dropped } from './manifest-documents';
import type { Form, FormProvider, LabelProvider, Shipment } from './ports';

type Checked = { member: Member; shipment: Shipment | undefined };

/** What a sheet's labels say: who cannot be on its form, and a form of ours that they are on already. */
export type LabelsSay = { dropped: Dropped[]; unseen?: Form };

type Reading = { labels: LabelProvider | undefined; forms: FormProvider; isOurs: (form: Form) => Promise<boolean> };

/** A sheet is on one form, or on few. */
const MOST_FORMS_READ = 20;

/**
 * Reads the labels of a refused sheet back, where its account can: those that are no longer paid for, or are on a form already, are
 * left out. A form that they name may be ours, though the provider's list does not show it yet.
 */
export async function checkLabels(reading: Reading, parcels: readonly Member[]): Promise<LabelsSay> {
  const { labels } = reading;
  if (labels === undefined) return { dropped: [] };
  const checked = await inTurns(parcels, async (member): Promise<Checked> => {
    heartbeat();
    return { member, shipment: await labels.readShipment(member.shipmentId) };
  });
  const unseen = await unseenForm(reading, checked);
  return { dropped: checked.flatMap(droppedOf), ...(unseen === undefined ? {} : { unseen }) };
}

const isPaid = ({ shipment }: Checked): boolean => shipment?.isPaid === true && !shipment.isVoided;

function droppedOf(one: Checked): Dropped[] {
  const { member, shipment } = one;
  const ref = { ...refOf(member), trackingNumber: member.trackingNumber };
  if (!isPaid(one)) return [{ ...ref, reason: manifestReasons.notPaid }];
  return shipment?.formId === undefined ? [] : [{ ...ref, reason: manifestReasons.onOtherForm }];
}

async function unseenForm({ forms, isOurs }: Reading, checked: readonly Checked[]): Promise<Form | undefined> {
  const on = new Set(checked.filter(isPaid).flatMap(({ shipment }) => shipment?.formId ?? []));
  for (const formId of [...on].slice(0, MOST_FORMS_READ)) {
    const form = await forms.readForm(formId);
    if (form.status !== 'failed' && (await isOurs(form))) return form;
  }
  return undefined;
}
