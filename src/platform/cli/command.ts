import type { ParseArgsOptionDescriptor } from 'node:util';
import type { Database, WorkspaceId } from '#platform/db/database.ts';

/** A workspace as commands need it. */
export interface CommandWorkspace {
  readonly id: WorkspaceId;
  readonly name: string;
  readonly slug: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly country: string | null;
}

export interface CommandIo {
  out(line: string): void;
  /** What is no answer: progress, warnings. */
  err(line: string): void;
  /** `--json` was given: print one JSON document and nothing else on `out`. */
  readonly json: boolean;
  /** A terminal watches `err`: a progress line may be drawn over and over. */
  readonly watched: boolean;
  progress(text: string): void;
}

export interface WorkspaceIo extends CommandIo {
  readonly database: Database;
  readonly workspaceId: WorkspaceId;
  readonly workspace: CommandWorkspace;
}

export type CommandOptions = Record<string, ParseArgsOptionDescriptor & { description: string; value?: string }>;
export interface CommandArgs {
  readonly values: Record<string, string | boolean | (string | boolean)[] | undefined>;
  readonly positionals: readonly string[];
}

interface Shape<Io> {
  readonly name: string;
  readonly summary: string;
  /** What stands after the options, e.g. `FILES…`. */
  readonly positionals?: string;
  readonly options: CommandOptions;
  /** @returns the exit code: 0 done, 1 done but something is wrong with what was found, 2 the call was wrong */
  run(args: CommandArgs, io: Io): Promise<number>;
}
/** Needs no database. */
export type PlainCommand = Shape<CommandIo> & { readonly needs: 'nothing' };
/** Works on one workspace, the only one or the one named by `--workspace`. */
export type WorkspaceCommand = Shape<WorkspaceIo> & {
  readonly needs: 'workspace';
  /** Where there is no workspace at all, one is made: the first import of a new installation needs no browser. */
  readonly makesFirstWorkspace?: boolean;
};
/** Works on the installation as a whole. */
export type InstallationCommand = Shape<CommandIo & { readonly database: Database }> & { readonly needs: 'installation' };
export type Command = PlainCommand | WorkspaceCommand | InstallationCommand;
