import type { HttpAnswer } from '../../http';

type Part = { type: string; body: string };

/**
 * The parts of a body in parts, told by their content types: USPS writes `filename` before `name`, which fetch's own reader
 * refuses, and its specification and its samples call the parts by different names (USPS/api-examples, SCANForm samples).
 */
function partsOf({ boundary, text }: NonNullable<HttpAnswer['multipart']>): Part[] {
  return text
    .split(`--${boundary}`)
    .slice(1)
    .flatMap((part) => {
      const [, head, body] = /^\r?\n([\s\S]*?)\r?\n\r?\n([\s\S]*?)\r?\n?$/.exec(part) ?? [];
      if (head === undefined || body === undefined) return [];
      const type = /^content-type:\s*([^;\r\n]+)/im.exec(head)?.[1]?.trim().toLowerCase() ?? '';
      return [{ type, body: body.trim() }];
    });
}

/**
 * An answer as one object, whichever of its two forms USPS chose: plain JSON with the image in it, or the image as a part of its
 * own beside the JSON. The image is base64 in both. `image`: under which name it stands in the plain form.
 */
export function withImage(answer: HttpAnswer, image: string): unknown {
  if (answer.multipart === undefined) return answer.json;
  const parts = partsOf(answer.multipart);
  const metadata = jsonOf(parts.find(({ type }) => type.endsWith('json'))?.body);
  const picture = parts.find(({ type }) => type !== '' && !type.endsWith('json'))?.body;
  return metadata === undefined ? undefined : { ...metadata, ...(picture === undefined ? {} : { [image]: picture }) };
}

function jsonOf(text: string | undefined): object | undefined {
  try {
    const read: unknown = JSON.parse(text ?? '');
    return typeof read === 'object' && read !== null ? read : undefined;
  } catch {
    return undefined;
  }
}
