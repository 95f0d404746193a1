import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Database, Tx, WorkspaceId, WorkspaceOptions } from '#platform/db/database.ts';

export type Side = 'marketing' | 'sales' | 'leadership';
export type Role = 'owner' | 'admin' | 'manager' | 'member' | 'viewer';

/** The member who asks, in one workspace; read anew on every request. */
export interface Who {
  readonly workspaceId: WorkspaceId;
  readonly memberId: string;
  readonly name: string;
  readonly side: Side;
  readonly role: Role;
  /** Set when an API token asks: it may do only what its scopes name. */
  readonly scopes?: readonly string[];
}

/** Who may do a thing. `verb` is `noun.verb` and names the scope an API token needs. */
export interface Policy {
  readonly verb: string;
  may(who: Who): boolean;
}

const policies = new Map<string, Policy>();

/** A policy by role; the roles stand in one row so that the table can be read at a glance. */
export const policy = (verb: string, roles: readonly Role[], sides?: readonly Side[]): Policy =>
  policyWhere(verb, (who) => roles.includes(who.role) && (!sides || sides.includes(who.side)));

/** A policy that a row of roles can't tell; of a member only side and role decide. */
export function policyWhere(verb: string, may: (who: Pick<Who, 'side' | 'role'>) => boolean): Policy {
  const made: Policy = { verb, may };
  policies.set(verb, made);
  return made;
}

/** Every policy declared so far: what `/me` answers as `may`, and the scopes an API token can have. */
export const listPolicies = (): Policy[] => [...policies.values()];

/** A policy of any feature, by its verb. @throws Error where none is declared */
export function policyNamed(verb: string): Policy {
  const found = policies.get(verb);
  if (!found) throw new Error(`No policy is called ${verb}`);
  return found;
}

/** Whether this member may, and, where an API token asks, whether the token's scopes name it. `read` names every GET. */
export function mayDo(who: Who, needed: Policy, reading: boolean): boolean {
  if (!needed.may(who)) return false;
  return !who.scopes || who.scopes.includes(needed.verb) || (reading && who.scopes.includes('read'));
}

/** The person behind a session, in whichever workspace. */
export interface Login {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Who sent a request: a login by its session cookie (`who` once a workspace is chosen), or a member by an API token. */
export interface Identity {
  readonly login?: Login;
  readonly who?: Who;
}
export type Identify = (request: FastifyRequest) => Promise<Identity>;

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

export interface Ask<Params, Query, Body> {
  readonly who: Who;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly database: Database;
  /** The signed-in login; absent for API tokens and on public routes. */
  readonly login: Login | undefined;
  /**
   * One transaction in the asker's workspace. With an `Idempotency-Key` it stays open until `handle`
   * returns, so that the effect and the stored answer commit together; see idempotency.ts.
   */
  transact<T>(work: (tx: Tx) => Promise<T>, options?: WorkspaceOptions): Promise<T>;
  /** Done once the answer is certain (mails, say); a failure is logged and changes nothing. */
  afterCommit(work: () => Promise<void>): void;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface RouteShape<P extends z.ZodType | undefined, Q extends z.ZodType | undefined, B extends z.ZodType | undefined> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, e.g. `/leads/:id`. */
  path: string;
  summary: string;
  tag: string;
  /** `public` needs nobody; `login` a signed-in login (no workspace yet: `who` is absent); a policy a member who may. */
  access: Policy | 'public' | 'login';
  params?: P;
  query?: Q;
  body?: B;
  /** Schemas by status. A route that streams sets `stream` to its content type and answers through `reply`. */
  answers?: Record<number, z.ZodType>;
  stream?: string;
  /** Largest body in bytes (default 1 MiB); `multipart` lets the handler read parts itself. */
  bodyLimit?: number;
  multipart?: boolean;
  /** The answer holds a secret shown once: it is not kept for a repeated `Idempotency-Key`. */
  answersSecret?: boolean;
  /**
   * Nothing that is kept may tell who sent it: a repeated `Idempotency-Key` is not recognised, because its row would
   * name the sender. The route sees itself to having one effect.
   */
  leavesNoTrace?(body: Parsed<B>): boolean;
  handle(ask: Ask<Parsed<P>, Parsed<Q>, Parsed<B>>): Promise<{ status?: number; body?: unknown; headers?: Record<string, string> } | void>;
}

export type Route = RouteShape<z.ZodType | undefined, z.ZodType | undefined, z.ZodType | undefined>;

/** Declares a route; parameters of `handle` take their types from the schemas. */
export function route<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(shape: RouteShape<P, Q, B>): Route {
  return shape as unknown as Route;
}
