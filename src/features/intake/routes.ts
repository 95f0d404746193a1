import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { z } from 'zod';
import { compileMapping } from '#connectors/mapping/compile.ts';
import { openSources } from '#connectors/open.ts';
import { Problem, notFound } from '#platform/errors.ts';
import { route, type Route } from '#platform/http/route.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
import { reasonsByTable, rejectedRows } from './actions/import-files.ts';
import { receiveFiles, saveMapping, type IncomingFile } from './actions/receive.ts';
import { createRun, discardRun, setMapping, startRun } from './actions/runs.ts';
import { mostUploadBytes, withStoredFiles } from './actions/stored-files.ts';
import { mappingSchema } from './contract.ts';
import { mayImport, mayReadImports } from './policy.ts';
import { getRun, getWorkspaceSettings, hiddenTablesOf, listMappings, listProblems, listRuns, withoutHidden } from './queries.ts';

const tag = 'imports';
const byId = z.strictObject({ id: z.uuid() });
/** Recognition, mapping and result are documents of their own; docs/mapping.md describes them. */
const document = z.unknown();
const runShape = z.object({
  id: z.string(),
  number: z.number(),
  status: z.enum(['uploaded', 'staging', 'staged', 'applying', 'done', 'failed', 'undone']),
  dryRun: z.boolean(),
  source: z.string(),
  dialect: z.string().nullable(),
  files: z.array(z.object({ name: z.string(), bytes: z.number() })),
  recognition: document,
  mapping: document,
  progress: z.object({ phase: z.string().optional(), done: z.number().optional(), total: z.number().optional() }),
  result: document,
  error: z.string().nullable(),
  memberName: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
});
const problemShape = z.object({
  id: z.string(),
  file: z.string(),
  line: z.number(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  reason: z.string(),
  severity: z.enum(['error', 'warning']),
});
const limit = z.coerce.number().int().min(1).max(200).default(50);

export const intakeRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/imports',
    summary: 'Imports, newest first',
    tag,
    access: mayReadImports,
    query: z.strictObject({ limit, cursor: z.coerce.number().int().positive().optional() }),
    answers: { 200: z.object({ items: z.array(runShape), next: z.string().nullable() }) },
    async handle({ who, query, transact }) {
      const items = await transact((tx) => listRuns(tx, who.workspaceId, { limit: query.limit, before: query.cursor ?? null }));
      return { body: { items, next: items.length === query.limit ? String(items.at(-1)!.number) : null } };
    },
  }),
  route({
    method: 'POST',
    path: '/imports',
    summary: 'Upload files; answers with what they were recognised as',
    tag,
    access: mayImport,
    multipart: true,
    bodyLimit: mostUploadBytes,
    answers: { 201: z.object({ id: z.string(), number: z.number() }) },
    async handle({ who, request, database, transact }) {
      if (!request.isMultipart()) throw new Problem('bad-input', 'Send the files as multipart/form-data.');
      const parts = request.files({ limits: { fileSize: mostUploadBytes, files: 200, fields: 0 } });
      return { status: 201, body: await receiveFiles(database, who.workspaceId, who.memberId, incoming(parts), transact) };
    },
  }),
  route({
    method: 'GET',
    path: '/imports/:id',
    summary: 'One import with recognition, mapping, progress and result',
    tag,
    access: mayReadImports,
    params: byId,
    answers: { 200: runShape },
    async handle({ who, params, transact }) {
      const run = await transact((tx) => getRun(tx, who.workspaceId, params.id));
      return { body: withoutHidden(run, hiddenTablesOf(run, who)) };
    },
  }),
  route({
    method: 'PUT',
    path: '/imports/:id/mapping',
    summary: 'Set the mapping of an import that has not run',
    tag,
    access: mayImport,
    params: byId,
    body: z.strictObject({ mapping: mappingSchema }),
    answers: { 204: z.undefined() },
    async handle({ who, params, body, transact }) {
      await transact(async (tx) => {
        await getRun(tx, who.workspaceId, params.id);
        await setMapping(tx, who.workspaceId, params.id, body.mapping);
      });
      return { status: 204 };
    },
  }),
  ...(['dry-run', 'run', 'undo'] as const).map((verb) =>
    route({
      method: 'POST',
      path: `/imports/:id/${verb}`,
      summary: { 'dry-run': 'Try an import and keep nothing', run: 'Run an import', undo: 'Take a finished import back as a whole' }[verb],
      tag,
      access: mayImport,
      params: byId,
      answers: { 202: z.object({ id: z.string() }) },
      async handle({ who, params, transact }) {
        await transact((tx) => startRun(tx, who.workspaceId, params.id, verb === 'dry-run' ? 'dryRun' : verb, who.memberId));
        return { status: 202, body: { id: params.id } };
      },
    }),
  ),
  route({
    method: 'DELETE',
    path: '/imports/:id',
    summary: 'Discard an import that has not run',
    tag,
    access: mayImport,
    params: byId,
    answers: { 204: z.undefined() },
    async handle({ who, params, transact }) {
      await transact(async (tx) => {
        await getRun(tx, who.workspaceId, params.id);
        await discardRun(tx, who.workspaceId, params.id, who.memberId);
      });
      return { status: 204 };
    },
  }),
  route({
    method: 'GET',
    path: '/imports/:id/problems',
    summary: 'Errors and warnings of an import, in the order found',
    tag,
    access: mayReadImports,
    params: byId,
    query: z.strictObject({
      limit,
      cursor: z
        .string()
        .regex(/^\d{1,18}$/)
        .default('0'),
      severity: z.enum(['error', 'warning']).optional(),
    }),
    answers: { 200: z.object({ items: z.array(problemShape), next: z.string().nullable() }) },
    async handle({ who, params, query, transact }) {
      const items = await transact(async (tx) => {
        const hidden = hiddenTablesOf(await getRun(tx, who.workspaceId, params.id), who);
        return listProblems(tx, who.workspaceId, params.id, { limit: query.limit, after: query.cursor, severity: query.severity, hidden });
      });
      return { body: { items, next: items.length === query.limit ? items.at(-1)!.id : null } };
    },
  }),
  route({
    method: 'GET',
    path: '/imports/:id/errors.csv',
    summary: 'The rejected rows with line and reason, to mend and import again',
    tag,
    access: mayReadImports,
    params: byId,
    stream: 'text/csv; charset=utf-8',
    async handle({ who, params, database, transact, reply }) {
      const { run, workspace, problems } = await transact(async (tx) => {
        const run = await getRun(tx, who.workspaceId, params.id);
        const hidden = hiddenTablesOf(run, who);
        return {
          run,
          workspace: await getWorkspaceSettings(tx, who.workspaceId),
          problems: await listProblems(tx, who.workspaceId, params.id, { limit: 1_000_000, after: '0', severity: 'error', hidden }),
        };
      });
      if (!run.mapping || run.files.length === 0) throw notFound('error file');
      const mapping = mappingSchema.parse(run.mapping);
      async function* lines() {
        const whole = withStoredFiles(
          database,
          who.workspaceId,
          run.id,
          run.files.map(({ name }) => name),
          async (paths) => {
            const compiled = await compileMapping(mapping, await openSources(paths), workspace);
            const texts: string[] = [];
            for (const [table, reasons] of reasonsByTable(problems))
              for await (const line of rejectedRows(compiled, table, reasons)) texts.push(line);
            return texts;
          },
        );
        yield* await whole;
      }
      await reply
        .header('content-disposition', `attachment; filename="import-${run.number}-errors.csv"`)
        .type('text/csv; charset=utf-8')
        .send(Readable.from(lines()));
    },
  }),
  route({
    method: 'GET',
    path: '/mappings',
    summary: 'Saved mappings',
    tag,
    access: mayReadImports,
    answers: {
      200: z.object({
        items: z.array(z.object({ id: z.string(), name: z.string(), fingerprint: z.string(), mapping: document, createdAt: z.string() })),
      }),
    },
    handle: async ({ who, transact }) => ({ body: { items: await transact((tx) => listMappings(tx, who.workspaceId)) } }),
  }),
  route({
    method: 'POST',
    path: '/mappings',
    summary: 'Save a mapping under a name; the same name replaces it',
    tag,
    access: mayImport,
    body: z.strictObject({ name: z.string().trim().min(1).max(200), fingerprint: z.string().max(200), mapping: mappingSchema }),
    answers: { 201: z.object({ id: z.string() }) },
    handle: async ({ who, body, transact }) => ({
      status: 201,
      body: { id: await transact((tx) => saveMapping(tx, who.workspaceId, who.memberId, body)) },
    }),
  }),
  route({
    method: 'DELETE',
    path: '/mappings/:id',
    summary: 'Delete a saved mapping',
    tag,
    access: mayImport,
    params: byId,
    answers: { 204: z.undefined() },
    async handle({ who, params, transact }) {
      const { numAffectedRows } = await transact((tx) =>
        sql`DELETE FROM mappings WHERE workspace_id = ${who.workspaceId} AND id = ${params.id}`.execute(tx),
      );
      if (numAffectedRows !== 1n) throw notFound('mapping');
      return { status: 204 };
    },
  }),
  route({
    method: 'POST',
    path: '/sample-company',
    summary: 'Open the sample company in this workspace',
    tag,
    access: mayImport,
    answers: { 202: z.object({ importId: z.string() }) },
    async handle({ who, transact }) {
      const importId = await transact(async (tx) => {
        const { rows } =
          await sql`SELECT FROM import_runs WHERE workspace_id = ${who.workspaceId} AND source = 'sample' AND status IN ('staging', 'applying', 'done')`.execute(
            tx,
          );
        if (rows.length) throw new Problem('conflict', 'The sample company is open here already.');
        const run = await createRun(tx, who.workspaceId, {
          source: 'sample',
          dialect: 'accord',
          files: [],
          memberId: who.memberId,
          status: 'staging',
        });
        await enqueue(tx, who.workspaceId, {
          name: 'import.sample',
          payload: { runId: run.id, memberId: who.memberId },
          key: `import:${run.id}`,
        });
        return run.id;
      });
      return { status: 202, body: { importId } };
    },
  }),
];

async function* incoming(parts: AsyncIterable<{ filename: string; file: AsyncIterable<Buffer> }>): AsyncGenerator<IncomingFile> {
  for await (const part of parts) yield { name: part.filename, stream: part.file };
}
