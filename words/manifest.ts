/** Why a person's order about a manifest is refused. Each is one sentence: what stands in the way, what to do. */
export const manifestRefusals = {
  closed: (date: string): string => `The manifest of ${date} is closed already; later parcels go with the next one.`,
  noForm: (date: string): string => `The manifest of ${date} has no form; there is nothing to report.`,
  notFormed: (date: string): string =>
    `The form of ${date} is not made yet; close the manifest, or wait for its cut-off, before you report a scan.`,
  reported: (at: string): string => `A scan at ${at} was reported with its proof already; it is not changed.`,
  nothingNew: (at: string): string =>
    `The scan at ${at} was reported already; report again what you fetched since, or another time.`,
  tooManyReports: (most: number): string =>
    `The scan was reported ${most} times already; keep what you fetched and give it to whoever files the appeal.`,
  beforeForm: (madeAt: string): string => `The form was made at ${madeAt}; it cannot have been scanned before.`,
  inFuture: 'The scan lies in the future; report it when it has been made.',
  unknownOrder: (name: string): string => `There is no order called ${name}.`,
  malformed: (field: string): string => `The message was not understood: ${field} is missing or has the wrong type.`,
};

/** Why parcels are not on a form, where the provider did not say it. */
export const manifestReasons = {
  notPaid: 'the label provider no longer has a paid label for this parcel',
  onOtherForm: 'this parcel is on another form already',
  notTaken: 'the provider did not take this parcel on the form',
  formFailed: 'the provider began the form and gave it up',
};

/** What people do with a form, step by step. */
export const manifestSteps = {
  open: (closesAt: string): string[] => [
    'Pack the parcels and hold none back: what joins until the cut-off is on the form.',
    'Take out of the pile what was cancelled: it leaves the form by itself until the form is made.',
    `Close the manifest when all is packed; it closes by itself at ${closesAt}.`,
  ],
  closing: 'Wait: the form is being made.',
  formLate:
    'The form is still not made: the provider does not answer; see the Temporal UI, or have the parcels scanned one by one.',
  formed: (number: string, members: number): string[] => [
    `Print form ${number} and take it to the counter, or to the driver, together with its ${members} parcels.`,
    'Take no parcel along that is not on the form, and leave none behind that is: one that is missing makes the form void.',
    'Have the form scanned.',
    'Ask for the receipt.',
    'Have the form stamped or signed.',
    'Report the scan with its time and what you brought back: it is the evidence if tracking stands still.',
  ],
  weakEvidence:
    'The report proves nothing by itself: fetch the form with its stamp or a signature, or the carrier’s proof of pickup, and report the scan again with it.',
  completeUntil: (at: string): string =>
    `Report it until ${at}; if tracking stands still meanwhile, no appeal is filed by itself.`,
  stayedWeak: 'Nobody brought a proof of the scan for 30 days; nothing more is expected.',
  failed: (reason: string): string[] => [
    `The provider refused the form (${reason}); put the cause right before the next one.`,
    'Have these parcels scanned one by one at the counter, and ask for a receipt.',
  ],
  leftOff: (count: number): string =>
    `${count} parcels are not on the form; keep them apart and have each scanned by itself, or buy new labels.`,
  gaveUp: 'Nobody reported a scan for 30 days; nothing more is expected.',
};

const ATTENTION: Record<string, string> = {
  badMessage: 'A message was not understood and changed nothing; see who sent it',
  workflowCancelled: 'Somebody asked Temporal to cancel this workflow; that unmakes no form, so it goes on',
  commandFailed: 'A step failed and will not be repeated by itself; look at it in the Temporal UI',
};

/** What a person should do, and about what. */
export const manifestAttention = (kind: string, about: string): string => `${ATTENTION[kind] ?? kind}: ${about}.`;

/** What the alert desk shows beside a task: a number, a reason. */
export const manifestTaskDetail = {
  notMade: (date: string): string => `the form of ${date} is not made yet`,
};

const PHASES: Record<string, string> = {
  open: 'open',
  closing: 'the form is being made',
  formed: 'formed, not yet scanned',
  scanned: 'scanned',
  empty: 'no parcels, no form',
  failed: 'the form was refused',
};

/** The manifest as a page of Markdown, for the Temporal UI. */
export const manifestPage = {
  title: (date: string, phase: string): string => `## Manifest of ${date}: ${PHASES[phase] ?? phase}`,
  parcels: (count: number): string => `Parcels: **${count}**`,
  toDo: '**To do**',
  nothingToDo: 'Nothing to do.',
  story: '**What happened** (UTC)',
  closed: (by: string | undefined): string => (by === undefined ? 'Closed at the cut-off.' : `Closed by ${by}.`),
  formed: (number: string, members: number): string => `Form ${number} made for ${members} parcels.`,
  scanned: (proofs: readonly string[]): string =>
    proofs.length === 0
      ? 'The form was scanned; no proof was kept.'
      : `The form was scanned; kept: ${proofs.join(', ')}.`,
};

/** What Temporal's lists and timelines show. */
export const manifestSummaries = {
  manifest: (date: string, shipFrom: string): string => `Manifest of ${date} from ${shipFrom}`,
  close: (date: string): string => `Cut-off: close the manifest of ${date}`,
  ask: 'Ask people what became of the form',
  giveUp: 'Give up: no scan was reported, or no proof of it',
  makeForm: (members: number): string => `Make the form for ${members} parcels`,
  keepScan: 'Keep the report of the scan',
  tellMembers: (what: string): string =>
    ({ formed: 'Tell the orders that they are on the form', scanned: 'Tell the orders of the scan' })[what] ??
    'Tell the orders that they are on no form',
  answerLate: (count: number): string => `Answer ${count} that joined late`,
  tellDesk: 'Tell the alert desk',
};

/** What goes wrong with a request about a manifest. */
export const manifestDetails = {
  unknown: (manifest: string): string =>
    `Manifest ${manifest} is not known in this shop; GET /v1/manifests lists them.`,
  ended: (manifest: string): string => `Manifest ${manifest} is over; nothing can be done with it any more.`,
};
