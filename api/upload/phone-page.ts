import { createHash } from 'node:crypto';
import { guideSteps, phoneWords, proofNames } from '../../words/guide';
import type { ManifestView } from '../../workflows/messages-manifest';
import { markup, type Markup } from '../markup';
import { PHONE_SCRIPT } from './phone-script';
import { PHONE_STYLE } from './phone-style';

export type PhoneLanguage = keyof typeof phoneWords;

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Its one style, its one script, and requests to where it came from. */
export const PHONE_POLICY = [
  "default-src 'none'",
  `style-src ${sourceOf(PHONE_STYLE)}`,
  `script-src ${sourceOf(PHONE_SCRIPT)}`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

type Kind = keyof typeof proofNames.en;

/** What proves the most first. */
const KINDS: readonly Kind[] = ['stampedForm', 'stampedReceipt', 'receipt', 'signature', 'proofOfPickup', 'photo'];

/** `now`: epoch milliseconds, by the shop's clock. */
type Wish = { language: PhoneLanguage; now: number; date: string; view?: PhoneView | undefined };

/** What the page needs to know of its manifest. Without it, it serves as well: it only does not name the forms. */
type PhoneView = Pick<ManifestView, 'forms' | 'phase' | 'evidence'>;

/** Whether a report of a scan would be taken. */
export function phoneTurn(view: PhoneView | undefined): 'report' | 'notYet' | 'noMore' {
  if (view === undefined) return 'report';
  if (view.evidence === 'complete' || view.phase === 'empty') return 'noMore';
  return view.forms.length === 0 ? 'notYet' : 'report';
}

const nameOf = ({ number, formId }: ManifestView['forms'][number]): string => number ?? formId;

/** The page on the phone: all of it in one file, so that one answer on a bad signal is enough. */
export function phonePage({ language, now, date, view }: Wish): string {
  const forms = view?.forms ?? [];
  const turn = phoneTurn(view);
  const words = phoneWords[language];
  const [lang, other] = language === 'zh' ? ['zh-Hans', 'en'] : ['en', 'zh'];
  return markup`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<style>${{ html: PHONE_STYLE }}</style>
</head>
<body id="page" data-page="${JSON.stringify({ now, words })}">
<header><h1>${words.title}</h1><a href="?lang=${other}" hreflang="${other}">${words.other}</a></header>
<p>${date}${forms.map((form) => markup`<br>${words.form(nameOf(form), form.members)}`)}</p>
${turn === 'report' ? markup`` : markup`<p class="${turn === 'notYet' ? 'bad' : 'good'}"><strong>${words[turn](date)}</strong></p>`}
${turn === 'noMore' ? markup`` : workOf({ language, forms, turn })}
</body>
</html>
`.html;
}

function workOf({
  language,
  forms,
  turn,
}: Pick<Wish, 'language'> & { forms: ManifestView['forms']; turn: string }): Markup {
  const words = phoneWords[language];
  return markup`<details><summary>${words.steps}</summary><ol>${guideSteps[language].map((step) => markup`<li>${step}</li>`)}</ol></details>
<noscript><p class="bad">${words.noScript}</p></noscript>
<div id="work">
${KINDS.map((kind) => kindSection(kind, language))}
<section>
${formChoice(forms, words)}
<label class="field">${words.when}<input type="datetime-local" id="when"></label>
<label class="field">${words.place}<input type="text" id="place" maxlength="200" autocomplete="off"></label>
<button type="button" id="done"${turn === 'notYet' ? markup` disabled` : markup``}>${words.done}</button>
</section>
</div>
<p id="said" role="status"></p>
<script>${{ html: PHONE_SCRIPT }}</script>
`;
}

function kindSection(kind: Kind, language: PhoneLanguage): Markup {
  const words = phoneWords[language];
  return markup`<section>
<h2>${proofNames[language][kind]}</h2>
<div class="pick">
<label>${words.take}<input type="file" data-kind="${kind}" accept="image/*" capture="environment"></label>
<label>${words.choose}<input type="file" data-kind="${kind}" accept="image/*,application/pdf" multiple></label>
</div>
<ul id="list-${kind}"></ul>
</section>
`;
}

/** Only where there is a choice: most days have one form. */
function formChoice(forms: ManifestView['forms'], words: (typeof phoneWords)['en']): Markup {
  if (forms.length < 2) return markup``;
  const options = forms.map((form) => markup`<option value="${form.formId}">${nameOf(form)}</option>`);
  return markup`<label class="field">${words.whichForm}<select id="form"><option value="">${words.allForms}</option>${options}</select></label>`;
}
