import type { RequestHandler } from 'express';
import { details, problemWords } from '../../words/api';
import { isProblemName, Problem } from '../problem';

/** `GET /problems/:name`: what a type of problem means. */
export const tellProblemType: RequestHandler = (req, res) => {
  const name = String(req.params['name']);
  if (!isProblemName(name)) throw new Problem('unknown-route', details.unknownRoute(req.path));
  const { title, meaning } = problemWords[name];
  res.type('text/plain').send(`${title}\n\n${meaning}\n`);
};
