/** A company with a site and a hosted form, and visitors who come to them through the public doors. */

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { follow } from '#features/tracking/actions/follow.ts';
import type { Site } from '#features/tracking/contract/sites.ts';
import type { Form } from '#features/tracking/contract/forms.ts';
import { makeSealing } from '#platform/auth/sealing.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { ServerOptions } from '#platform/http/server.ts';
import { openWorld, type Person, setUpLea, testSecret, type World } from '#tests/security/world.ts';

export const origin = 'https://www.northwind.example';
const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

export interface Visited {
  readonly world: World;
  readonly lea: Person;
  readonly workspaceId: WorkspaceId;
  readonly site: Site;
  readonly form: Form;
  close(): Promise<void>;
  /** A call of the API by Lea; its JSON. */
  ask<T = Record<string, unknown>>(method: string, path: string, body?: unknown, status?: number): Promise<T>;
  inside<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Events of one visitor's page. */
  send(visitor: Visitor, events: readonly Record<string, unknown>[], more?: { visitor?: string; private?: boolean }): Promise<number>;
  /** One page view; its id. */
  look(visitor: Visitor, path: string, more?: { referrer?: string; cookie?: string; ago?: number; id?: string }): Promise<string>;
  /** Opens the form, waits and sends it. */
  fill(
    visitor: Visitor,
    values: Record<string, string>,
    more?: { query?: string; referrer?: string; form?: Form },
  ): Promise<{ status: number; body: string; headers: Record<string, unknown> }>;
  /** What the worker does. */
  follow(): Promise<void>;
  touchesOf(email: string): Promise<Touch[]>;
}

export interface Visitor {
  readonly address: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Touch {
  kind: string;
  channel: string | null;
  subject: string | null;
  campaign: string | null;
  lead: string | null;
  custom: Record<string, string> | null;
}

export const newEvent = (path: string, referrer = ''): Record<string, unknown> => ({
  kind: 'page',
  id: newEventId(),
  url: `${origin}${path}`,
  referrer,
});
export const newEventId = (): string => `0199${randomUUID().slice(4, 14)}7${randomUUID().slice(15)}`;

export const usualForm = {
  title: 'Ask for a demo',
  intro: 'We answer within a day.',
  fields: [
    { name: 'fullName', label: 'Your name', required: true },
    { name: 'email', label: 'Work e-mail', required: true },
    { name: 'company', label: 'Company' },
    { name: 'message', label: 'What about?' },
  ],
  consent: { text: 'Northwind may write to me about its products.' },
  thanks: 'Thank you. We will be in touch.',
};

export async function openVisited(options: Partial<ServerOptions> = {}): Promise<Visited> {
  const world = await openWorld(options);
  const lea = await setUpLea(world);
  const workspaceId = lea.workspaceId as WorkspaceId;
  const ask: Visited['ask'] = async <T>(method: string, path: string, body?: unknown, status?: number) => {
    const answer = await world.ask(lea, method, path, body);
    assert.ok(
      status === undefined ? answer.statusCode < 300 : answer.statusCode === status,
      `${method} ${path}: ${answer.statusCode} ${answer.body}`,
    );
    return (answer.body === '' ? undefined : answer.json()) as T;
  };
  const site = await ask<Site>('POST', '/tracking/sites', { name: 'Website', domains: ['northwind.example'] });
  const form = await ask<Form>('POST', '/tracking/forms', { name: 'Demo', siteId: site.id, content: usualForm });
  const inside: Visited['inside'] = (work) => world.database.inWorkspace(workspaceId, work);
  const send: Visited['send'] = async (visitor, events, more = {}) => {
    const { statusCode } = await world.server.inject({
      method: 'POST',
      url: `/t/e?site=${site.key}`,
      remoteAddress: visitor.address,
      headers: {
        origin,
        'user-agent': agent,
        'accept-language': 'en',
        'content-type': 'text/plain;charset=UTF-8',
        'sec-fetch-site': 'cross-site',
        ...visitor.headers,
      },
      payload: JSON.stringify({ ...more, events }),
    });
    return statusCode;
  };
  return {
    world,
    lea,
    workspaceId,
    site,
    form,
    ask,
    inside,
    send,
    close: () => world.close(),
    async look(visitor, path, { referrer = '', cookie, ago = 0, id = newEventId() } = {}) {
      const event = { kind: 'page', id, url: `${origin}${path}`, referrer, ago };
      assert.equal(await send(visitor, [event], cookie === undefined ? {} : { visitor: cookie }), 202);
      return id;
    },
    fill: (visitor, values, more = {}) => fill(world, more.form ?? form, visitor, values, more),
    follow: () => follow(world.database, workspaceId),
    touchesOf: (email) => inside((tx) => touchesOf(tx, workspaceId, email)),
  };
}

async function fill(
  world: World,
  form: Form,
  visitor: Visitor,
  values: Record<string, string>,
  more: { query?: string; referrer?: string },
) {
  const path = new URL(form.url).pathname;
  const headers = { 'user-agent': agent, 'accept-language': 'en', ...visitor.headers };
  const page = await world.server.inject({
    url: `${path}${more.query ?? ''}`,
    remoteAddress: visitor.address,
    headers: { ...headers, ...(more.referrer ? { referer: more.referrer } : {}) },
  });
  assert.equal(page.statusCode, 200, page.body);
  const hidden = [...page.body.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value.replaceAll('&amp;', '&')],
  );
  const answer = await world.server.inject({
    method: 'POST',
    url: path,
    remoteAddress: visitor.address,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams([
      ...hidden.map(([name, value]): [string, string] => [name, name === 'opened' ? openedEarlier(form) : value]),
      ...Object.entries(values),
    ]).toString(),
  });
  return { status: answer.statusCode, body: answer.body, headers: answer.headers };
}

const sealing = makeSealing(() => testSecret);

/** The mark of a page that was opened some seconds ago: nobody in a test waits for it. */
export function openedEarlier(form: Form, seconds = 5): string {
  const at = String(Date.now() - seconds * 1_000);
  return `${at}.${sealing.sign(`${form.id} ${at}`, 'form')}`;
}

async function touchesOf(tx: Tx, workspaceId: WorkspaceId, email: string): Promise<Touch[]> {
  const { rows } = await sql<Touch>`SELECT t.kind, t.channel, t.subject, m.name AS campaign, t.lead_id AS lead, t.custom FROM touches t
    JOIN contacts c ON c.workspace_id = t.workspace_id AND c.id = t.contact_id
    LEFT JOIN campaigns m ON m.workspace_id = t.workspace_id AND m.id = t.campaign_id
    WHERE t.workspace_id = ${workspaceId}::uuid AND c.email_key = ${email} ORDER BY t.occurred_at, t.recorded_at`.execute(tx);
  return rows;
}
