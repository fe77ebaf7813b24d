import { manifestPage } from '../../words/manifest';
import { scanOfForm } from './scan';
import { membersOf, type ManifestState } from './state';
import { nameOf, toDoOf } from './to-do';
import { guideOf } from './view';

const iso = (at: number): string => new Date(at).toISOString();

/** The manifest as a page of Markdown, for the Temporal UI: what to do first, then what happened. */
export function pageOf(state: ManifestState): string {
  const { date, phase } = state;
  const toDo = toDoOf(state, guideOf(state)).map((sentence, index) => `${index + 1}. ${sentence}`);
  const story = storyOf(state);
  return [
    manifestPage.title(date, phase),
    manifestPage.parcels(membersOf(state)),
    [manifestPage.toDo, ...(toDo.length > 0 ? toDo : [manifestPage.nothingToDo])].join('\n'),
    ...(story.length > 0 ? [[manifestPage.story, ...story].join('\n')] : []),
  ].join('\n\n');
}

function storyOf(state: ManifestState): string[] {
  const { closed, forms } = state;
  const made = forms.map((form) => `- ${iso(form.madeAt)} ${manifestPage.formed(nameOf(form), form.members)}`);
  const scanned = forms.flatMap((form) => {
    const scan = scanOfForm(state, form);
    if (scan === undefined) return [];
    const proofs = scan.proofs.map(({ kind }) => kind);
    return [`- ${iso(scan.scannedAt)} ${manifestPage.scanned(proofs, forms.length === 1 ? undefined : nameOf(form))}`];
  });
  return [...(closed ? [`- ${iso(closed.at)} ${manifestPage.closed(closed.by)}`] : []), ...made, ...scanned];
}
