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
  unknownForm: (date: string): string =>
    `The manifest of ${date} has no such form; take the id of one of its forms, or name none to report the scan of all.`,
  notByHand: (date: string): string =>
    `The form of ${date} is made by itself; close the manifest, and do not make another form for its parcels.`,
  brought: (number: string): string =>
    `Form ${number} was brought for this manifest already; what joins later goes on the next one.`,
  noList: (date: string): string =>
    `The manifest of ${date} is over and waits for no form; report what was scanned to whoever files the appeal.`,
  noNumber: 'That is no form number; bring the number under the barcode of the form, with no other text.',
  noParcels: (date: string): string =>
    `Nothing is on the manifest of ${date} yet; bring the form once its parcels are packed.`,
  beforeParcels: (at: string): string =>
    `The first parcel joined this manifest at ${at}; a form that was made before is another one's.`,
  formInFuture: 'The form would have been made in the future; bring it when it is made.',
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
  notBrought: 'nobody made the form and brought its number',
};

const FETCH = {
  formFile: 'fetch the form’s own PDF, or a photo of the stamped form',
  proof:
    'fetch the form with its stamp, the stamped receipt, a signature or the carrier’s proof of pickup, with a photo of it',
  proofFile: 'add the photo or paper of the proof that was reported',
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
  byHand: (url: string, at: string): string[] => [
    'Pack the parcels of the day and hold none back; take out of the pile what was cancelled.',
    `Make the manifest in Seller Center (${url}) for the parcels on this list, until ${at}.`,
    'Bring back its number and its PDF: shipclock form bring, or POST .../bring.',
  ],
  byHandLate: (url: string): string[] => [
    `The form was not brought before the cut-off; if it was made, bring its number and its PDF; if not, make it in Seller Center (${url}) where it still lets you.`,
    'Parcels that are on no form: have each scanned by itself at the counter, and ask for a receipt.',
  ],
  comparing: (number: string): string => `Wait: form ${number} is being compared with the list.`,
  notBrought: 'Nobody brought the form; have each parcel scanned by itself at the counter, and ask for a receipt.',
  forms: (names: readonly string[], members: number): string[] => [
    `Print ${names.length === 1 ? `form ${names.join('')}` : `forms ${names.join(', ')}`} and take it to the counter, or to the driver, together with the ${members} parcels.`,
    'Take no parcel along that is on no form, and leave none behind that is on one: one that is missing makes the form void.',
    names.length === 1 ? 'Have the form scanned.' : 'Have each form scanned.',
    'Ask for the receipt.',
    'Have the form stamped or signed.',
    'Bring the proof back: report the scan with its time, and photos of what was stamped, signed or given.',
  ],
  guide: (path: string): string => `The guide with every step, the sheet and the link for a phone: ${path}`,
  notYetScanned: (name: string): string => `Form ${name} has no scan yet; have it scanned and report it.`,
  fetch: (name: string, what: readonly ('formFile' | 'proof' | 'proofFile')[]): string =>
    `What is there for form ${name} proves too little: ${what.map((one) => FETCH[one]).join('; ')}.`,
  late: (count: number): string => `${count} parcels were listed and go on a later form; keep them apart.`,
  strangers: (count: number): string =>
    `${count} numbers on the form are none of this manifest’s parcels; see whose they are before the form is scanned.`,
  orphans: (count: number, waiting: number): string =>
    `${count} parcels with a label are on no form, ${waiting} of them not packed; pack them before the cut-off, or they go with the next one.`,
  silent: (count: number): string =>
    `${count} parcels of the form have no event of the carrier 2 h after the scan; list them with shipclock form parcels --silent and look whether they were in the pile.`,
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
  formNotTaken: 'The form that was brought is not taken; put it right and bring it again',
  commandFailed: 'A step failed and will not be repeated by itself; look at it in the Temporal UI',
};

/** What a person should do, and about what. */
export const manifestAttention = (kind: string, about: string): string =>
  `${ATTENTION[kind] ?? kind}: ${about.replace(/\.$/, '')}.`;

/** What the alert desk shows beside a task: a number, a reason. */
export const manifestTaskDetail = {
  notMade: (date: string): string => `the form of ${date} is not made yet`,
  byHand: (date: string, members: number, url: string): string =>
    `${members} ${members === 1 ? 'parcel' : 'parcels'} of ${date}, at ${url}`,
  withoutForm: (date: string, { count, waiting }: { count: number; waiting: number }): string =>
    `${date}: ${count} on no form, ${waiting} of them not packed`,
  withoutEvent: (names: readonly string[], count: number): string => `${count} of form ${names.join(', ')}`,
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
  formed: (number: string, members: number): string =>
    `Form ${number} made for ${members} ${members === 1 ? 'parcel' : 'parcels'}.`,
  scanned: (proofs: readonly string[], name?: string): string => {
    const form = name === undefined ? 'The form' : `Form ${name}`;
    return proofs.length === 0
      ? `${form} was scanned; no proof was kept.`
      : `${form} was scanned; kept: ${proofs.join(', ')}.`;
  },
};

/** What Temporal's lists and timelines show. */
export const manifestSummaries = {
  manifest: (date: string, shipFrom: string): string => `Manifest of ${date} from ${shipFrom}`,
  close: (date: string): string => `Cut-off: close the manifest of ${date}`,
  warn: 'Tell people what will not make the cut-off',
  cutOff: 'Cut-off: the form was not brought',
  look: 'Look for parcels of which the carrier says nothing',
  ask: 'Ask people what became of the form',
  giveUp: 'Give up: no scan was reported, or no proof of it',
  makeForm: (members: number): string => `Make the form for ${members} parcels`,
  settleList: 'Settle who is on the list',
  keepForm: (number: string): string => `Take in form ${number}`,
  lookForOrphans: 'Look for parcels that are on no form',
  lookForSilent: 'Look for parcels of which the carrier says nothing',
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
