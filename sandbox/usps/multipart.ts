import type { Answer } from '../answer';
import { hex } from '../ids';
import type { LabelImage } from '../label-image';

/** An answer of a JSON part and a picture: what USPS sends with labels and forms. */
export type TwoParts = {
  readonly metadataName: string;
  readonly metadata: unknown;
  readonly imageName: string;
  readonly image: LabelImage;
};

/**
 * Writes both parts as USPS does: the file's name stands before the part's own, which parsers of the platform's
 * `Response.formData()` do not take, and the picture is text in Base64.
 */
function multipart({ metadataName, metadata, imageName, image }: TwoParts): Answer {
  const boundary = hex(24);
  const parts = [
    ['application/json', `form-data; name="${metadataName}"`, JSON.stringify(metadata)],
    [
      image.contentType,
      `form-data; filename="${imageName}.${image.ending}"; name="${imageName}"`,
      image.bytes.toString('base64'),
    ],
  ].map(
    ([type = '', disposition = '', body = '']) =>
      `--${boundary}\r\nContent-Type: ${type}\r\nContent-Disposition: ${disposition}\r\n\r\n${body}\r\n`,
  );
  return {
    status: 200,
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: `${parts.join('')}--${boundary}--\r\n`,
  };
}

/** The media type that asks for one JSON document with the picture inside, as labels and forms are both offered. */
const VENDOR_JSON = 'application/vnd.usps.labels+json';

/** One JSON document where it is asked for, two parts else. */
export function asAccepted(accept: string, parts: TwoParts): Answer {
  if (!accept.includes(VENDOR_JSON)) return multipart(parts);
  const value = { ...(parts.metadata as object), [parts.imageName]: parts.image.bytes.toString('base64') };
  return { status: 200, contentType: VENDOR_JSON, body: JSON.stringify(value) };
}
