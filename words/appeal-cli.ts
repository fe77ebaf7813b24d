/** What the API says of a case's pack and of its parcels. */
export const appealPackDetails = {
  noPack: (caseKey: string): string => `Nothing has been gathered for appeal ${caseKey} yet; ask again in a minute.`,
  packGone: (key: string): string => `The document ${key} is gone; put it back from a copy.`,
  notAsRemembered: (key: string): string =>
    `The document ${key} is not what was written when the evidence was gathered; put it back from a copy, and find out who changed it.`,
  noPdf: (caseKey: string): string =>
    `The newest pack of appeal ${caseKey} has no PDF; ask for pack.json, which has the same.`,
  notVerifiable: (caseKey: string): string =>
    `The newest pack of appeal ${caseKey} was written without hashes; nothing can be held against it.`,
};

/** What `shipclock appeal` says about itself. */
export const appealHelp = {
  appeal: 'Appeals: what they wait for, what was gathered, and what a person did with them.',
  list: 'List cases, the newest first.',
  listMore: `\nExamples:\n  shipclock appeal list\n  shipclock appeal list --shop 7000000000000000001 --json`,
  show: 'Show one case: where it stands, until when something must be filed, what to do, and its story.',
  showMore: '\nExample:\n  shipclock appeal show 576461413038785752-1',
  pack: 'Fetch the evidence of a case as one file, or hold its hashes against what is kept now.',
  packMore:
    '\nA name that ends in .json fetches what programs read.\n\nExamples:\n  shipclock appeal pack 576461413038785752-1 --out appeal.pdf\n  shipclock appeal pack 576461413038785752-1 --verify',
  out: 'the file to write, .pdf or .json',
  verify: 'work out every hash anew, and say what is not what it was',
  file: 'Order the first filing of a case that waits for a person.',
  fileMore: '\nExample:\n  shipclock appeal file 576461413038785752-1 --note "Stamped receipt added."',
  filed: 'Say that a person filed it in Seller Center, and under which case number.',
  filedMore: '\nExample:\n  shipclock appeal filed 576461413038785752-1 4038112290 --at 2026-11-25T09:30:00-08:00',
  decide: 'Say what the platform decided, where it does not say so by itself.',
  decideMore:
    '\nExamples:\n  shipclock appeal decide 576461413038785752-1 won --cents 1899 --points 2\n  shipclock appeal decide 576461413038785752-1 lost --at 2026-11-28T12:00:00-08:00',
  again: 'File a second time after a loss, with what is better now.',
  againMore:
    '\nExample:\n  shipclock appeal again 576461413038785752-1 --note "The driver\'s signature is in the pack now."',
  stats: 'Count cases by carrier and cause: filed, won, lost, and what came back.',
  statsMore: `\nOnly cases that are over are counted.\n\nExamples:\n  shipclock appeal stats\n  shipclock appeal stats --json`,
  caseArgument: 'key of the case, as shipclock appeal list gives it',
  numberArgument: 'the case number in Seller Center',
  outcomeArgument: 'won or lost',
  limit: 'how many at most, 1 to 1000',
  onlyShop: 'only appeals of this shop',
  note: 'what you add; the platform reads it',
  at: 'when, as 2026-11-25T09:30:00-08:00; now if left out',
  cents: 'money that came back, in whole cents',
  points: 'violation points that were taken back',
  orders: 'orders whose cancellation was taken back',
  as: 'who says so; it stands in the history of the case',
};

type Row = {
  cases: number;
  filed: number;
  won: number;
  lost: number;
};

type Parcels = { members: number; undecided: number; broken: number; moved: number; over: number };

const plural = (count: number, one: string, many: string): string => (count === 1 ? `1 ${one}` : `${count} ${many}`);

const dollars = (cents: number): string => `$${(cents / 100).toFixed(2)}`;

/** What the command line says of appeals. */
export const appealCliWords = {
  operator: 'operator',
  notAnActor: 'Give 1 to 64 letters, digits and signs of ASCII.',
  notACase: 'A case is <order>-<parcel> or form-<form>-<number>.',
  notALimit: 'Give a whole number from 1 to 1000.',
  notACount: 'Give a whole number from 0 on.',
  notAnInstant: 'It must be an instant with its offset, as 2026-11-25T09:30:00-08:00.',
  notAnOutcome: 'Say won or lost.',
  notANote: 'Give 1 to 2000 characters.',
  onlyWon: 'Nothing comes back with a case that is lost; leave --cents, --points and --orders out.',
  outOrVerify: 'Give --out or --verify.',
  columns: ['CASE', 'SHOP', 'STATUS', 'ORDERS', 'FILE BY (UTC)'],
  /** An API tells it of a case that another shop may have. */
  ofAnotherShop: (sentence: string, shopId: string): string =>
    `${sentence.replace(/\.$/, '')}; asked in shop ${shopId}, for a case of another give --shop.`,
  none: 'There are no such appeals.',
  nothing: '-',
  over: (status: string): string => `${status}, over`,
  title: (caseKey: string, shopId: string, status: string): string => `Appeal ${caseKey}, shop ${shopId}: ${status}`,
  parcels: ({ members, undecided, broken, moved, over }: Parcels): string =>
    `${plural(members, 'parcel', 'parcels')}: ${broken} past a limit, ${moved} moved, ${over} over, ${undecided} still.`,
  fileBy: (at: string): string => `File by ${at} UTC.`,
  broken: (deadline: string, at: string): string => `Broken: ${deadline}, ${at} UTC.`,
  evidence: (isComplete: boolean): string => `The evidence is ${isComplete ? 'complete' : 'weak'}.`,
  filings: 'Filings',
  filing: (number: number, caseNumber: string, at: string): string => `${number}  ${caseNumber}  filed ${at} UTC`,
  decided: (outcome: string, at: string): string => `${outcome} ${at} UTC`,
  toDo: 'To do',
  nothingToDo: 'Nothing to do.',
  happened: 'What happened (UTC)',
  inTemporal: (url: string): string => `In Temporal: ${url}`,
  written: (file: string): string => `Written: ${file}`,
  intact: (pieces: number): string =>
    `${plural(pieces, 'piece', 'pieces')} of evidence: each is what it was when it was gathered.`,
  changed: (name: string, key: string, isGone: boolean): string => `${isGone ? 'Gone' : 'Changed'}: ${name} (${key})`,
  otherPack: 'The pack itself is not what the case remembers.',
  otherPdf: 'The PDF of the pack is not what the case remembers.',
  notIntact: (count: number): string =>
    `${plural(count, 'piece is', 'pieces are')} not what it was; do not file with this pack, and find out who changed it.`,
  accepted: (caseKey: string, status: string): string => `Appeal ${caseKey}: done, it is now ${status}.`,
  statsColumns: ['CARRIER', 'CAUSE', 'CASES', 'FILED', 'WON', 'LOST', 'PARCELS', 'RECOVERED', 'DAYS TO DECISION'],
  noStats: (shopId: string): string => `No appeal of shop ${shopId} is over yet.`,
  /** Of what was decided. */
  share: ({ cases, filed, won, lost }: Row): string => {
    const decided = won + lost;
    const rate = decided === 0 ? '' : `; ${Math.round((won * 100) / decided)} % of what was decided is won`;
    return `${plural(cases, 'case', 'cases')}, ${filed} filed, ${won} won, ${lost} lost${rate}.`;
  },
  recovered: ({ cents, points, orders }: { cents: number; points: number; orders: number }): string =>
    [
      dollars(cents),
      ...(points > 0 ? [plural(points, 'point', 'points')] : []),
      ...(orders > 0 ? [plural(orders, 'order', 'orders')] : []),
    ].join(', '),
};
