import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import { sendPage } from './headers.ts';
import { toJson } from './json.ts';
import { openApiDocument } from './openapi.ts';
import type { Route } from './route.ts';

const settings = {
  telemetry: false,
  withDefaultFonts: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
};

/** The page loads nothing from elsewhere, so it works without a network and under the policy of our pages. */
const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="__CSP_NONCE__" nonce="__CSP_NONCE__">
<title>Accord API</title>
</head>
<body>
<script id="api-reference" type="application/json" data-url="/api/v1/openapi.json" data-configuration='${JSON.stringify(settings)}'></script>
<script src="/api/docs/scalar/js/scalar.js"></script>
</body>
</html>
`;

/** `/api/v1/openapi.json` from the schemas that validate, and `/api/docs` to read it. */
export function serveReference(server: FastifyInstance, routes: readonly Route[], version: string): void {
  let text: string | undefined;
  server.get('/api/v1/openapi.json', async (_request, reply) => {
    text ??= toJson(openApiDocument(routes, version));
    return reply.type('application/json; charset=utf-8').send(text);
  });
  server.get('/api/docs', async (_request, reply) => sendPage(reply, page));
  server.register(scalar, { routePrefix: '/api/docs/scalar', configuration: { url: '/api/v1/openapi.json' } });
}
