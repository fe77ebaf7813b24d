import { createHash } from 'node:crypto';
import { qrSvg } from '../../paper/qr';
import { guidePageWords as words, guideSteps, proofNames } from '../../words/guide';
import type { ManifestView } from '../../workflows/messages-manifest';
import type { ManifestRef } from '../manifests';
import { markup, type Markup } from '../markup';
import type { GivenLink } from './link';
import { phoneTurn } from './phone-page';

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --mark: #1a5fb4; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --mark: #99c1f1; --bad: #ff8a80; } }
body { font: 16px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 56rem; padding: 1rem; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
[lang=zh-Hans] { color: color-mix(in srgb, CanvasText 75%, Canvas); }
h1 [lang=zh-Hans], h2 [lang=zh-Hans] { font-weight: normal; margin-left: .5rem; }
li [lang=zh-Hans] { display: block; }
li { margin-bottom: .35rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .5rem .4rem 0; text-align: left; vertical-align: top; }
th [lang=zh-Hans], td [lang=zh-Hans] { margin-left: .35rem; }
.weak { color: var(--bad); }
button { background: var(--mark); border: 0; border-radius: .4rem; color: Canvas; font: inherit; padding: .5rem .9rem; }
button [lang=zh-Hans] { color: inherit; }
code { overflow-wrap: anywhere; }
`;

/** Its own style and the one button, which leads back here; nothing else is loaded, and nothing is run. */
export const GUIDE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

type Both = { en: string; zh: string };

/** `link`: one that was just given out; `until`: how long it serves, as people read it. */
type Wish = ManifestRef & { view: ManifestView; link?: GivenLink & { until: string } };

const both = ({ en, zh }: Both): Markup => markup`<span>${en}</span> <span lang="zh-Hans">${zh}</span>`;

/** The page that guides a person to the counter and back: English with Chinese beside it. */
export function guidePage({ view, link, ...ref }: Wish): string {
  const title = words.title(view.date);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.en}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<h1>${both(title)}</h1>
<p>${both(words.shipFrom(view.shipFrom))}<br>${both(words.account(view.account))}<br>${both(words.phase(view.phase))}<br>${both(words.parcels(view.members))}</p>
<h2>${both(words.now)}</h2>
${toDo(view)}
<h2>${both(words.steps)}</h2>
<ol>${guideSteps.en.map((step, index) => markup`<li>${both({ en: step, zh: guideSteps.zh[index] ?? '' })}</li>`)}</ol>
<h2>${both(words.forms)}</h2>
${formTable(view)}
<h2>${both(words.proofs)}</h2>
${proofs(view)}
${toFetch(view)}
<h2>${both(words.papers)}</h2>
${papers(ref, view)}
${phoneTurn(view) === 'noMore' ? markup`` : phone(link)}
</body>
</html>
`.html;
}

const INSTANT = /(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z/g;

/** Without the one that leads here, and with times as people read them. */
function toDo({ toDo: all, guide }: ManifestView): Markup {
  const sentences = all.filter((sentence) => !sentence.includes(guide));
  if (sentences.length === 0) return markup`<p>${both(words.nothingNow)}</p>`;
  return markup`<ol>${sentences.map((sentence) => markup`<li>${sentence.replace(INSTANT, '$1 $2 UTC')}</li>`)}</ol>`;
}

type FormRow = ManifestView['forms'][number];

/** As UTC: the page is also read from elsewhere. */
const minuteOf = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`;

const nameOf = ({ number, formId }: FormRow): string => number ?? formId;

function formTable({ forms }: ManifestView): Markup {
  if (forms.length === 0) return markup`<p>${both(words.noForms)}</p>`;
  return markup`<table>
<thead><tr>${words.columns.map((column) => markup`<th scope="col">${both(column)}</th>`)}</tr></thead>
<tbody>${forms.map(formRow)}</tbody>
</table>`;
}

const formRow = (form: FormRow): Markup => markup`
<tr>
<td>${nameOf(form)}</td>
<td>${String(form.members)}</td>
<td>${form.scannedAt === null ? both(words.notScanned) : markup`<time datetime="${form.scannedAt}">${minuteOf(form.scannedAt)}</time>`}</td>
<td class="${form.evidence === 'weak' ? 'weak' : ''}">${both(words.evidence(form.evidence))}</td>
</tr>`;

function proofs({ proofs: kept }: ManifestView): Markup {
  if (kept.length === 0) return markup`<p>${both(words.noProofs)}</p>`;
  return markup`<ul>${kept.map(
    ({ kind, file }) =>
      markup`<li>${both({ en: proofNames.en[kind], zh: proofNames.zh[kind] })}${
        file === undefined ? both(words.unphotographed) : markup` <code>${file.slice(0, 16)}</code>`
      }</li>`,
  )}</ul>`;
}

/** Of the forms that were scanned, what their evidence lacks. */
function toFetch({ forms }: ManifestView): Markup {
  const missing = forms.flatMap((form) => form.missing.map((name) => ({ form: nameOf(form), name })));
  if (missing.length === 0) return markup``;
  return markup`<h2>${both(words.toFetch)}</h2>
<ul>${missing.map(({ form, name }) => markup`<li>${form}: ${both(words.missing(name))}</li>`)}</ul>`;
}

function papers(ref: ManifestRef, { forms, byHand }: ManifestView): Markup {
  const path = `/v1/manifests/${ref.shopId}/${ref.manifest}`;
  const files = forms.flatMap((form, index) =>
    form.sha256 === ''
      ? []
      : [markup`<li><a href="${path}/forms/${String(index + 1)}.pdf">${both(words.formFile(nameOf(form)))}</a></li>`],
  );
  const seller =
    byHand === null || byHand.isBrought
      ? markup``
      : markup`<li><a href="${byHand.url}" rel="noreferrer">${both(words.byHand)}</a></li>`;
  return markup`<ul>${seller}${files}<li><a href="${path}/sheet">${both(words.sheet)}</a></li></ul>`;
}

/** A link is made when it is asked for, and shown once: who reads the page later finds none on it. */
function phone(link: Wish['link']): Markup {
  const shown =
    link === undefined
      ? markup``
      : markup`<p>${{ html: qrSvg(link.url, 'QR') }}</p>
<p>${both(words.scanMe(link.until))}</p>
<p><a href="${link.url}" rel="noreferrer">${link.url}</a></p>
${link.note === undefined ? markup`` : markup`<p class="weak">${link.note}</p>`}`;
  return markup`<h2>${both(words.phone)}</h2>
${shown}
<form method="post"><button>${both(words.showLink)}</button></form>`;
}
