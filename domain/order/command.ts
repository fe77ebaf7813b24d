import type { AppealNews } from '../appeal/appeal';
import type { FormOfCase } from './appeal';
import type { DeskNews } from './desk';
import type { PlanBasis } from './facts';
import type { ParcelScope } from './gate';
import type { LabelChoice, LabelHandle, LabelObjection } from './state';

/**
 * What an order wants done outside. A command is derived from the state, so it may be issued again after a crash, a reset
 * or a continue-as-new: each one first reads back whether it already happened.
 */
export type Command =
  /** `heard`: numbers of which it is asked when they were last heard of. */
  | { kind: 'loadOrder'; first: boolean; plan: boolean; afterSale?: true; heard?: string[] }
  | { kind: 'planOrder'; basis: PlanBasis }
  | ({
      kind: 'prepareLabel';
      package: string;
      attempt: number;
      alone?: true;
      choice?: LabelChoice;
      accepted?: LabelObjection[];
      acceptedCents?: number;
    } & ParcelScope)
  | ({ kind: 'buyLabel'; package: string; attempt: number; handle: LabelHandle; members?: string[] } & ParcelScope)
  | { kind: 'keepLabelFile'; package: string; attempt: number; shipmentId: string }
  | { kind: 'voidLabel'; package: string; attempt: number; shipmentId: string }
  | {
      kind: 'uploadTracking';
      package: string;
      itemIds: string[];
      trackingNumber: string;
      carrier: string;
      isSplit?: true;
      /** It joins the day's form in the same step, as this member. */
      join?: { turn: number; shipmentId: string; after?: string };
    }
  | {
      kind: 'correctTracking';
      package: string;
      itemIds: string[];
      trackingNumber: string;
      carrier: string;
      isSplit?: true;
    }
  | { kind: 'answerCancel'; requestId: string; decision: 'approve' | 'reject' }
  /** `isLook`: it is not to join, and may have: it only asks where it is. */
  | {
      kind: 'joinManifest';
      package: string;
      attempt: number;
      turn: number;
      parcel: FormParcel;
      after?: string;
      isLook?: true;
    }
  | { kind: 'leaveManifest'; package: string; attempt: number; turn: number; manifest: string }
  /** `form`: the case is that of all parcels which stalled on this form. */
  | { kind: 'tellAppeal'; package: string; number: number; news: AppealNews[]; form?: FormOfCase }
  | { kind: 'tellDesk'; number: number; news: DeskNews }
  | { kind: 'tellGroup'; orders: string[]; word: GroupWord }
  | { kind: 'askOwner'; package: string; attempt: number; owner: string }
  | { kind: 'cancelOnPlatform' }
  | { kind: 'saveDossier' };

/** What the orders of a common parcel are told: its number, or that each goes alone. */
export type GroupWord = { trackingNumber: string; carrier: string } | 'alone';

/** What a manifest keeps of a parcel. */
export type FormParcel = { shipmentId: string; trackingNumber: string; carrier: string };

/** One command of a kind per package and attempt is under way at a time; its id says which. */
export const commandId = (command: Command): string =>
  [
    command.kind,
    'package' in command ? command.package : '',
    'attempt' in command ? command.attempt : '',
    'turn' in command ? command.turn : '',
    'number' in command ? command.number : '',
  ]
    .filter((part) => part !== '')
    .join(':');
