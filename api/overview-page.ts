import { createHash } from 'node:crypto';
import { overviewWords as words, timeLeft } from '../words/api';
import type { Bucket, BucketName } from './buckets';

import { markup, type Markup } from './markup';
import type { ListedOrder } from './order-list';

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --late: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --late: #ff8a80; } }
body { font: 16px/1.4 system-ui, sans-serif; margin: 0 auto; max-width: 64rem; padding: 1rem; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .5rem .4rem 0; text-align: left; }
#overdue h2, .late { color: var(--late); }
@media (max-width: 40rem) {
  thead { display: none; }
  tr { display: block; border-bottom: 1px solid var(--line); padding: .4rem 0; }
  td { display: inline-block; border: 0; padding: 0 .75rem 0 0; }
}
`;

/** What the content security policy needs to know of the page's only style. */
export const STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** A form that somebody still has to do something with. */
export type PendingForm = { date: string; account: string; shipFrom: string; phase: string; guide: string };

/** The page of all open orders by the time that is left, and of the forms under way: read-only, without scripts. */
export function overviewPage(buckets: readonly Bucket[], forms: readonly PendingForm[], now: number): string {
  const isEmpty = buckets.every(({ count }) => count === 0);
  const content = isEmpty
    ? [markup`<p>${words.empty}</p>`]
    : [jumps(buckets), ...buckets.map((one) => section(one, now))];
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<h1>${words.title}</h1>
<p>${words.asOf(new Date(now).toISOString())}</p>
${forms.length === 0 ? markup`` : formsSection(forms)}
${content}
</body>
</html>
`.html;
}

const formsSection = (forms: readonly PendingForm[]): Markup => markup`
<section id="forms">
<h2>${words.forms}</h2>
<ul>${forms.map(
  ({ date, account, shipFrom, phase, guide }) =>
    markup`<li><a href="${guide}">${words.form({ date, account, shipFrom })}</a>: ${words.formPhase(phase)}</li>`,
)}</ul>
</section>`;

const jumps = (buckets: readonly Bucket[]): Markup =>
  markup`<nav>${buckets.map(({ name, count }) => markup`<a href="#${name}">${heading(name, count)}</a>`)}</nav>`;

const heading = (name: BucketName, count: number): string => `${words.buckets[name]}: ${count}`;

function section({ name, count, orders }: Bucket, now: number): Markup {
  const rows = count === 0 ? markup`<p>${words.none}</p>` : table(orders, now);
  const more = count > orders.length ? markup`<p>${words.more(orders.length, count)}</p>` : markup``;
  return markup`
<section id="${name}">
<h2>${heading(name, count)}</h2>
${rows}${more}
</section>`;
}

const table = (orders: readonly ListedOrder[], now: number): Markup => markup`<table>
<thead><tr>${Object.values(words.columns).map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${orders.map((order) => row(order, now))}
</tbody>
</table>`;

const row = ({ orderId, phase, nextDeadline, attention, links }: ListedOrder, now: number): Markup => markup`
<tr>
<td><a href="${links.self}">${orderId}</a></td>
<td>${phase ?? words.nothing}</td>
<td>${nextDeadline?.kind ?? words.nothing}</td>
<td>${nextDeadline === null ? words.nothing : timeUntil(nextDeadline.at, now)}</td>
<td>${attention ?? words.nothing}</td>
<td><a href="${links.temporal}">${words.workflow}</a></td>
</tr>`;

function timeUntil(at: string, now: number): Markup {
  const leftMs = Date.parse(at) - now;
  return markup`<time datetime="${at}" class="${leftMs < 0 ? 'late' : ''}">${timeLeft(leftMs)}</time>`;
}
