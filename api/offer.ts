import type { Express, RequestHandler } from 'express';
import { details } from '../words/api';
import { readBytes } from './door';
import { Problem } from './problem';

type Handlers = { get?: RequestHandler; post?: RequestHandler; put?: RequestHandler; remove?: RequestHandler };

/** Puts handlers under a path, and says of every other method that it does not fit. */
export function offer(app: Express, path: string, { get, post, put, remove }: Handlers): void {
  const route = app.route(path);
  if (get) route.get(get);
  if (post) route.post(readBytes, post);
  if (put) route.put(readBytes, put);
  if (remove) route.delete(readBytes, remove);
  const methods = { GET: get, HEAD: get, POST: post, PUT: put, DELETE: remove };
  const allowed = Object.entries(methods)
    .flatMap(([method, handler]) => (handler ? [method] : []))
    .join(', ');
  route.all((req) => {
    throw new Problem('wrong-method', details.wrongMethod(req.method, allowed), { headers: { Allow: allowed } });
  });
}
