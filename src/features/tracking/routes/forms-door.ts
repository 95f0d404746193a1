import { ga4Group, unassigned } from '#engine/attribution/channel-groups.ts';
import { isHostOf, readAddress, readLanding } from '#engine/tracking/landing.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import { networkOf } from '#platform/auth/network.ts';
import { hashToken } from '#platform/auth/tokens.ts';
import type { Database } from '#platform/db/database.ts';
import type { FieldProblem } from '#platform/errors.ts';
import type { Door, DoorAnswer, Visit } from '#platform/http/door.ts';
import { newNonce } from '#platform/http/headers.ts';
import { refusalOf } from '#platform/http/problems.ts';
import { rateLimit } from '#platform/http/rate.ts';
import type { Committing } from '../actions/commit-arrivals.ts';
import { onlyCounted, refusedCount } from '../actions/receive-events.ts';
import { deliveryOf, receiveSubmission } from '../actions/receive-submission.ts';
import { dayOf, dayVisitorOf, type Salts } from '../actions/visitors.ts';
import { findOpenForm, type OpenForm } from '../queries/open-form.ts';
import { formProblems, typedValues } from '../queries/form-values.ts';
import { personGround } from '../queries/person.ts';
import { isPrivate } from './events-door.ts';
import { closedPage, consentName, formPage, type FormView, thanksPage, trapName } from './form-page.ts';
import { formWords } from './form-words.ts';

export interface FormsGround {
  readonly database: Database;
  readonly committing: Committing;
  readonly salts: Salts;
  readonly sealing: Sealing;
  readonly publicUrl: string;
  readonly now: () => number;
}

/** Nobody fills in a form faster. */
const leastMilliseconds = 2_000;
const longestMilliseconds = 24 * 3_600_000;
/** Of one network to one form. */
const formRate = { perMinute: 6, burst: 10 };

/** `GET /f/:key` shows a hosted form, `POST` takes it. */
export function formsDoor(ground: FormsGround): Door {
  const withinRate = rateLimit(formRate);
  return {
    methods: ['GET', 'POST'],
    path: '/f/:key',
    summary: 'A hosted form',
    bodyLimit: 131_072,
    handle: async (visit) => {
      const form = await findOpenForm(ground.database, visit.params['key'] ?? '');
      if (!form) return pageOf(404, closedPage, "'none'", []);
      if (visit.method === 'GET')
        return visit.query.has('sent') ? thanks(ground, form) : show(ground, form, blankView(ground, form, visit));
      return take(ground, form, visit, withinRate);
    },
  };
}

type WithinRate = (key: string) => boolean;

async function take(ground: FormsGround, form: OpenForm, visit: Visit, withinRate: WithinRate): Promise<DoorAnswer> {
  const typed = new URLSearchParams(visit.body.toString('utf8'));
  const values = typedValues(form.content, (name) => typed.get(name));
  const view = againView(ground, form, typed, values);
  const words = formWords[form.content.language];
  if ((typed.get(trapName) ?? '') !== '') return fallInTrap(ground, form);
  if (!withinRate(`${form.id} ${networkOf(visit.address)}`))
    return show(ground, form, { ...view, notice: words.often }, 429, { 'retry-after': '60' });
  const age = ageOf(ground, form, typed.get('opened') ?? '');
  if (age === null || age > longestMilliseconds) return show(ground, form, { ...view, notice: words.old }, 422);
  if (age < leastMilliseconds) return show(ground, form, { ...view, notice: words.quick }, 422);
  try {
    const problems = await store(ground, form, visit, { typed, values, agreed: view.agreed });
    return problems.length > 0 ? show(ground, form, { ...view, problems }, 422) : sent(form);
  } catch (error) {
    const { document, headers, unexpected } = refusalOf(error);
    if (unexpected) visit.request.log.error({ err: error }, 'a form was not kept');
    return show(ground, form, { ...view, notice: words.away }, document.status, headers);
  }
}

/** A machine is told what a person would be. */
function fallInTrap({ committing }: FormsGround, form: OpenForm): DoorAnswer {
  committing.commit(form.workspaceId, onlyCounted([refusedCount(form.id, 'form')])).catch(() => {});
  return sent(form);
}

async function store(
  ground: FormsGround,
  form: OpenForm,
  visit: Visit,
  given: { typed: URLSearchParams; values: Record<string, string>; agreed: boolean },
): Promise<FieldProblem[]> {
  const { typed, values, agreed } = given;
  const asksNot = isPrivate(visit);
  const salt = asksNot || !form.site ? null : await ground.salts(form.workspaceId, dayOf(ground.now()));
  const who = { address: visit.address, agent: visit.header('user-agent') ?? '' };
  return ground.database.inWorkspace(form.workspaceId, async (tx) => {
    const problems = formProblems(form.content, await personGround(tx, form.workspaceId), values);
    if (form.content.consent?.required && !agreed) problems.push({ at: consentName, reason: 'is needed' });
    if (problems.length > 0) return problems;
    await receiveSubmission(tx, form.workspaceId, {
      sourceKind: 'form',
      sourceId: form.id,
      version: form.version,
      sent: values,
      consented: form.content.consent === null ? null : agreed,
      private: asksNot,
      siteId: asksNot ? null : (form.site?.id ?? null),
      dayVisitor: salt && form.site ? dayVisitorOf(salt, { ...who, siteId: form.site.id }) : null,
      ...(asksNot ? nowhere : cameBy(ground, form, typed)),
      delivery: deliveryOf(visit.body),
      sameForHours: 24,
    });
    return [];
  });
}

// ── where the form was opened from ──────────────────────────────────────────

const nowhere = { linkHash: null, source: null, medium: null, campaign: null, channel: null };

function cameBy(ground: FormsGround, form: OpenForm, typed: URLSearchParams) {
  const query = (typed.get('query') ?? '').slice(0, 2_000);
  const own = hostOf(ground.publicUrl);
  const isOwn = (host: string): boolean => host === own || (form.site !== null && isHostOf(form.site.domains, host));
  const landing = readLanding(`${ground.publicUrl}/f?${query}`, (typed.get('referrer') ?? '').slice(0, 2_000), isOwn);
  if (!landing) return nowhere;
  const { source, medium, campaign } = landing;
  const group = ga4Group({ source, medium, campaign });
  const token = new URLSearchParams(query).get('acc');
  return { linkHash: token ? hashToken(token) : null, source, medium, campaign, channel: group === unassigned ? null : group };
}

const hostOf = (address: string): string => readAddress(address)?.host ?? '';

// ── pages ───────────────────────────────────────────────────────────────────

function blankView(ground: FormsGround, form: OpenForm, visit: Visit): FormView {
  const from: Record<string, string> = isPrivate(visit)
    ? {}
    : { query: visit.url.split('?')[1] ?? '', referrer: (visit.header('referer') ?? '').replace(/[?#].*$/, '') };
  return { ...viewOf(form), values: {}, agreed: false, problems: [], notice: null, hidden: { ...from, opened: openedMark(ground, form) } };
}

function againView(ground: FormsGround, form: OpenForm, typed: URLSearchParams, values: Record<string, string>): FormView {
  const carried = Object.fromEntries(
    ['query', 'referrer'].flatMap((name) => (typed.has(name) ? [[name, typed.get(name)!.slice(0, 2_000)]] : [])),
  );
  const hidden = { ...carried, opened: openedMark(ground, form) };
  return { ...viewOf(form), values, agreed: typed.get(consentName) === 'yes', problems: [], notice: null, hidden };
}

const viewOf = ({ content, types, key }: OpenForm): Pick<FormView, 'content' | 'types' | 'action'> => ({
  content,
  types,
  action: `/f/${key}`,
});

/** When the page was made, signed: a machine can't say that it waited. */
function openedMark({ sealing, now }: FormsGround, form: OpenForm): string {
  const at = String(now());
  return `${at}.${sealing.sign(`${form.id} ${at}`, 'form')}`;
}

/** Milliseconds since the page was made; null for a mark that was not made here. */
function ageOf({ sealing, now }: FormsGround, form: OpenForm, mark: string): number | null {
  const [at = '', signature] = mark.split('.');
  return /^\d{1,15}$/.test(at) && sealing.sign(`${form.id} ${at}`, 'form') === signature ? now() - Number(at) : null;
}

const show = (ground: FormsGround, form: OpenForm, view: FormView, status = 200, headers: Record<string, string> = {}): DoorAnswer =>
  pageOf(status, (nonce) => formPage(view, nonce), ancestors(ground, form), targets(form), headers);

const thanks = (ground: FormsGround, form: OpenForm): DoorAnswer =>
  pageOf(200, (nonce) => thanksPage(form.content, nonce), ancestors(ground, form), []);

/** Loading the next page again sends nothing twice. */
const sent = (form: OpenForm): DoorAnswer => ({ status: 303, headers: { location: targets(form)[0] ?? `/f/${form.key}?sent` } });

/** Where one is led after sending: only to a domain that is still the site's. */
function targets({ content, site }: OpenForm): string[] {
  const { redirectUrl } = content;
  return redirectUrl !== null && site !== null && isHostOf(site.domains, hostOf(redirectUrl)) ? [redirectUrl] : [];
}

/** Who may show the form in a frame: pages of its site. Without TLS only where this server has none either. */
function ancestors({ publicUrl }: FormsGround, { site }: OpenForm): string {
  if (!site) return "'none'";
  const schemes = publicUrl.startsWith('https:') ? ['https'] : ['https', 'http'];
  const hosts = site.domains.flatMap((domain) => (/^[\d.]+$|^localhost$/.test(domain) ? [domain] : [domain, `*.${domain}`]));
  return schemes.flatMap((scheme) => hosts.map((host) => `${scheme}://${host}:*`)).join(' ');
}

function pageOf(
  status: number,
  page: (nonce: string) => string,
  frameAncestors: string,
  leadsTo: readonly string[],
  headers: Record<string, string> = {},
): DoorAnswer {
  const nonce = newNonce();
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `form-action 'self'${leadsTo.map((address) => ` ${new URL(address).origin}`).join('')}`,
    `frame-ancestors ${frameAncestors}`,
    "base-uri 'none'",
  ].join('; ');
  return {
    status,
    headers: {
      ...headers,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      // `frame-ancestors` says who may; the older header can't name them.
      'x-frame-options': frameAncestors === "'none'" ? 'DENY' : null,
      'cross-origin-resource-policy': 'cross-origin',
    },
    body: page(nonce),
  };
}
