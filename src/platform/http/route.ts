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

/** A policy by role; the roles stand in one row so that the table can be read at a glance. */
export function policy(verb: string, roles: readonly Role[], sides?: readonly Side[]): Policy {
  return { verb, may: (who) => roles.includes(who.role) && (!sides || sides.includes(who.side)) };
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

export interface Ask<Params, Query, Body> {
  readonly who: Who;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly database: Database;
  /** One transaction in the asker's workspace. */
  transact<T>(work: (tx: Tx) => Promise<T>, options?: WorkspaceOptions): Promise<T>;
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
  handle(ask: Ask<Parsed<P>, Parsed<Q>, Parsed<B>>): Promise<{ status?: number; body?: unknown; headers?: Record<string, string> } | void>;
}

export type Route = RouteShape<z.ZodType | undefined, z.ZodType | undefined, z.ZodType | undefined>;

/** Declares a route; parameters of `handle` take their types from the schemas. */
export function route<P extends z.ZodType | undefined = undefined, Q extends z.ZodType | undefined = undefined, B extends z.ZodType | undefined = undefined>(
  shape: RouteShape<P, Q, B>,
): Route {
  return shape as unknown as Route;
}
