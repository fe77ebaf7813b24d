import { ACCOUNT_STEPS, type AccountActivities } from './account-activities';
import type { AccountPorts } from './account-ports';
import { BATCH_STEPS, type BatchActivities } from './batch-activities';
import type { BatchPorts } from './batch-ports';
import { CARRIER_STEPS, type CarrierActivities } from './carrier-activities';
import { answerCancel } from './answer-cancel';
import { askOwner } from './ask-owner';
import { buyLabel } from './buy-label';
import { CASE_STEPS, type CaseActivities } from './case-activities';
import { cancelOnPlatform } from './cancel-on-platform';
import { correctTracking } from './correct-tracking';
import { fileAppeal } from './file-appeal';
import { keepForm, settleList } from './form-by-hand';
import { gatherEvidence } from './gather-evidence';
import { isOrderKnown } from './is-order-known';
import { joinManifest } from './join-manifest';
import { keepLabelFile } from './keep-label-file';
import { keepScan } from './keep-scan';
import { leaveManifest } from './leave-manifest';
import { loadOrder } from './load-order';
import { lookForOrphans } from './look-for-orphans';
import { lookForSilent } from './look-for-silent';
import { makeForm } from './make-form';
import { planAgain } from './plan-again';
import type { ProductPorts } from './product-port';
import type { Ports } from './ports';
import { prepareLabel } from './prepare-label';
import { readDecision } from './read-decision';
import { saveDossier } from './save-dossier';
import { sweepShop } from './sweep-shop';
import { tellAppeal } from './tell-appeal';
import { tellDesk } from './tell-desk';
import { tellGroup } from './tell-group';
import { tellMembers } from './tell-members';
import { tellOrder } from './tell-order';
import { uploadTracking } from './upload-tracking';
import { voidLabel } from './void-label';

/** Every step that acts outside, by the name under which workflows ask for it. */
const STEPS = {
  loadOrder,
  planAgain,
  prepareLabel,
  buyLabel,
  keepLabelFile,
  voidLabel,
  uploadTracking,
  correctTracking,
  answerCancel,
  cancelOnPlatform,
  saveDossier,
  isOrderKnown,
  joinManifest,
  leaveManifest,
  tellAppeal,
  tellGroup,
  askOwner,
  tellDesk,
  makeForm,
  settleList,
  keepForm,
  lookForOrphans,
  lookForSilent,
  tellMembers,
  keepScan,
  gatherEvidence,
  fileAppeal,
  readDecision,
  tellOrder,
  sweepShop,
};

type Steps = typeof STEPS;

/** What all steps together act through. */
export type AllPorts = Ports & AccountPorts & BatchPorts & ProductPorts;

export type Activities = AccountActivities &
  BatchActivities &
  CaseActivities &
  CarrierActivities & {
    [Name in keyof Steps]: Steps[Name] extends (ports: AllPorts, input: infer Input) => infer Output
      ? (input: Input) => Output
      : never;
  };

/** Every step, bound to what it acts through. */
export const createActivities = (ports: AllPorts): Activities =>
  Object.fromEntries(
    Object.entries({ ...STEPS, ...ACCOUNT_STEPS, ...BATCH_STEPS, ...CARRIER_STEPS, ...CASE_STEPS }).map(
      ([name, step]) => [
        name,
        (input: unknown) => (step as (ports: AllPorts, input: unknown) => unknown)(ports, input),
      ],
    ),
  ) as Activities;
