import express, { type Express } from 'express';
import helmet from 'helmet';
import { details } from '../words/api';
import { answerProblem, logRequests } from './answer-problem';
import { readBytes } from './door';
import { Problem } from './problem';
import { takeConsent } from './routes/connect-callback';
import { takeEasyPostWebhook } from './routes/easypost-webhook';
import { answerHealth } from './routes/health';
import { takeTikTokWebhook } from './routes/tiktok-webhook';
import type { ApiDeps } from './deps';
import { uploadRoutes } from './upload/routes';

/**
 * The door that may stand open to the net: webhooks, which are signed, the page that an owner is led back to, what stands behind a
 * one-time link, and whether the process lives. Nothing else is here, so that no mistake in a proxy shows it.
 */
export function createPublicApp(deps: ApiDeps): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.set('query parser', 'simple');
  // Its token stands in the path, which is logged from here on.
  app.use('/u', uploadRoutes(deps));
  app.use(logRequests(deps.logger), secured());

  app.get('/healthz', answerHealth);
  app.post('/v1/webhooks/tiktok/:shopId{/:topic}', readBytes, takeTikTokWebhook(deps));
  app.post('/v1/webhooks/easypost/:shopId', readBytes, takeEasyPostWebhook(deps));
  app.get('/v1/connect/tiktok/callback', takeConsent(deps));

  app.use((req) => {
    throw new Problem('unknown-route', details.unknownRoute(req.path));
  });
  app.use(answerProblem(deps.logger));
  return app;
}

/** Its one page loads nothing, is framed by nobody, and posts nowhere. */
const secured = (): ReturnType<typeof helmet> =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  });
