import { readFile } from 'node:fs/promises';
import type { Command, WorkspaceCommand, WorkspaceIo } from '#platform/cli/command.ts';
import { Problem } from '#platform/errors.ts';
import { type ImportedCalendars, importCalendars } from './actions/import-calendars.ts';
import { type CalendarFile, calendarFile } from './contract/calendars.ts';

/** `accord calendars calendar.json`. */
const calendarsCommand: WorkspaceCommand = {
  name: 'calendars',
  summary:
    'brings calendars, who works by which, and leave in from a calendar.json (docs/simulator.md); the same file twice changes nothing',
  needs: 'workspace',
  positionals: 'FILE.json',
  options: {},
  async run({ positionals: [path, ...more] }, io) {
    if (path === undefined || more.length > 0) throw new Problem('bad-input', 'Name one file: accord calendars calendar.json');
    const file = await readCalendarFile(path);
    const imported = await io.database.inWorkspace(io.workspaceId, (tx) => importCalendars(tx, io.workspaceId, file), {
      statementTimeout: 0,
    });
    tell(imported, io);
    return imported.unknown.length === 0 ? 0 : 1;
  },
};

export const agreementCommands: readonly Command[] = [calendarsCommand];

/** @throws Problem bad-input that names each wrong place */
async function readCalendarFile(path: string): Promise<CalendarFile> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new Problem('bad-input', `${path} can’t be read: ${error.message}`);
  });
  const parsed = calendarFile.safeParse(parseJson(path, text));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, 20).map((issue) => ({ at: issue.path.join('.'), reason: issue.message }));
  throw new Problem('bad-input', fields.map(({ at, reason }) => `${path}, ${at}: ${reason}`).join('\n'), { fields });
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Problem('bad-input', `${path} is not JSON: ${(error as Error).message}`);
  }
}

function tell({ calendars, assigned, absences, unknown }: ImportedCalendars, io: WorkspaceIo): void {
  if (io.json) return io.out(JSON.stringify({ calendars, assigned, absences, unknown }));
  io.out(`calendars: ${calendars.added} added, ${calendars.changed} changed, ${calendars.same} as before`);
  io.out(`members:   ${assigned} work by another calendar than before`);
  io.out(`leave:     ${absences.added} added, ${absences.same} as before`);
  if (unknown.length > 0) io.err(`Left out, for nobody here has this address, or no calendar this name: ${unknown.join(', ')}`);
}
