/** A piece of HTML that is safe to send: it was written by us, and everything that was put in is escaped. */
export type Markup = { readonly html: string };

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

type Part = string | Markup | readonly Markup[];

function htmlOf(part: Part): string {
  if (typeof part === 'string') return escape(part);
  return 'html' in part ? part.html : part.map(({ html }) => html).join('');
}

/**
 * Writes HTML: texts that are put in are escaped, in elements as well as in quoted attributes. It is not called `html`
 * because prettier would lay such templates out anew, and with it the style whose hash the content security policy names.
 */
export const markup = (written: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  html: written.map((text, index) => text + htmlOf(parts[index] ?? '')).join(''),
});
