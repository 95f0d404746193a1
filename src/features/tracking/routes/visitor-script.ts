/**
 * The script on a customer's pages. It is written as one function whose own text is what is served: Node takes the types
 * out of this file before it runs it, `visitorScript` takes out comments and indentation. So it needs no build, and it
 * may use nothing outside itself.
 */

/** What of a browser the script uses. */
interface Browser {
  accord?: Call & { q?: ArrayLike<unknown>[] };
  dataLayer?: { push(...entries: unknown[]): number } & ArrayLike<unknown>;
  addEventListener(event: string, listener: () => void, options?: unknown): void;
  fetch(address: string, options: unknown): Promise<{ status: number }>;
  setTimeout(work: () => void, milliseconds: number): unknown;
  readonly crypto: { getRandomValues(bytes: Uint8Array): Uint8Array };
  readonly location: {
    readonly href: string;
    readonly origin: string;
    readonly pathname: string;
    readonly search: string;
    readonly protocol: string;
  };
  readonly history: Record<'pushState' | 'replaceState', (...given: unknown[]) => unknown>;
  readonly navigator: {
    readonly globalPrivacyControl?: boolean;
    readonly doNotTrack?: string | null;
    sendBeacon?(address: string, body: string): boolean;
  };
  readonly document: {
    cookie: string;
    readonly referrer: string;
    readonly prerendering?: boolean;
    readonly visibilityState: string;
    readonly currentScript: { readonly src: string; getAttribute(name: string): string | null } | null;
    addEventListener(event: string, listener: () => void, options?: unknown): void;
  };
}
type Call = (...given: unknown[]) => void;
interface Waiting {
  readonly event: Record<string, unknown>;
  readonly at: number;
  tries: number;
}

function visit(w: Browser): void {
  const d = w.document;
  const tag = d.currentScript;
  const site = tag?.getAttribute('data-site');
  if (!tag || !site) return;
  const domain = tag.getAttribute('data-cookie-domain');
  const address = `${tag.src.replace(/accord\.js.*$/, 'e')}?site=${encodeURIComponent(site)}`;
  const isPrivate = w.navigator.globalPrivacyControl === true || w.navigator.doNotTrack === '1';
  const kept = /^(utm_\w+|acc|\w*cl(id|sid)|[gw]braid|li_fat_id|rdt_cid|sccid|epik|igshid)$/i;
  const waits: Waiting[] = [];
  let sending = false;
  let last = '';
  let shown = '';

  const hex = (bytes: number): string =>
    Array.from(w.crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  // Ids in the order of time, so that the index they land in grows at its end.
  const newId = (): string => {
    const id = Date.now().toString(16).padStart(12, '0') + hex(10);
    return `${id.slice(0, 8)}-${id.slice(8, 12)}-7${id.slice(13, 16)}-8${id.slice(17, 20)}-${id.slice(20)}`;
  };
  const cookie = (): string | undefined => (isPrivate ? undefined : /(?:^|; )_accord=([0-9a-f]{32})/.exec(d.cookie)?.[1]);
  const keep = (value: string, seconds: number): void => {
    d.cookie = `_accord=${value}; Path=/; Max-Age=${seconds}; SameSite=Lax${domain ? `; Domain=${domain}` : ''}${w.location.protocol === 'https:' ? '; Secure' : ''}`;
  };

  const bodyOf = (batch: Waiting[]): string =>
    JSON.stringify({
      private: isPrivate,
      visitor: cookie(),
      events: batch.map(({ event, at }) => (event.kind === 'page' ? { ...event, ago: Math.min(Date.now() - at, 3600000) } : event)),
    });
  // What is not acknowledged is sent again with the same id, after 1, 4, 16 and 64 seconds, while the page stands.
  const send = (): void => {
    if (sending || waits.length === 0) return;
    const batch = waits.slice(0, 20);
    sending = true;
    const done = (status: number): void => {
      sending = false;
      const again = status === 0 || status === 429 || status >= 500;
      const tries = batch[0]!.tries++;
      if (again && tries < 4) w.setTimeout(send, 1000 * 4 ** tries);
      else {
        waits.splice(0, batch.length);
        send();
      }
    };
    w.fetch(address, { method: 'POST', body: bodyOf(batch), keepalive: true, credentials: 'omit', mode: 'cors' }).then(
      (answer) => done(answer.status),
      () => done(0),
    );
  };
  const add = (event: Record<string, unknown>): void => {
    waits.push({ event, at: Date.now(), tries: 0 });
    send();
  };

  // Of the address only what tells where the visit came from: the rest may say who it is.
  const pageUrl = (): string => {
    const pairs = w.location.search
      .slice(1)
      .split('&')
      .filter((pair) => kept.test(pair.split('=')[0]!));
    const isTold = (pair: string): boolean => !isPrivate || /^utm_/i.test(pair);
    return w.location.origin + (isPrivate ? '/' : w.location.pathname) + (pairs.length ? `?${pairs.filter(isTold).join('&')}` : '');
  };
  const page = (): void => {
    const here = w.location.origin + w.location.pathname;
    if (here === last) return;
    // Within an app that routes by itself the page before is the one shown before.
    const before = last || d.referrer;
    last = here;
    shown = newId();
    add({
      kind: 'page',
      id: shown,
      url: pageUrl(),
      referrer: isPrivate ? before.replace(/^(\w+:\/\/[^/?#]+).*$/, '$1/') : before.replace(/[?#].*$/, ''),
    });
  };

  const consent = (given: unknown): void => {
    const mode = given as { analytics_storage?: string } | null;
    const yes = given === true || (typeof given === 'object' && mode?.analytics_storage === 'granted');
    const no = given === false || (typeof given === 'object' && mode?.analytics_storage === 'denied');
    if (isPrivate) return;
    if (yes && cookie()) keep(cookie()!, 31536000);
    else if (yes) {
      keep(hex(16), 31536000);
      if (shown && cookie()) add({ kind: 'consent', id: shown });
    } else if (no && cookie()) {
      const body = bodyOf([{ event: { kind: 'revoke' }, at: 0, tries: 0 }]);
      keep('', 0);
      w.fetch(address, { method: 'POST', body, keepalive: true, credentials: 'omit', mode: 'cors' }).catch(() => {});
    }
  };
  const call: Call = (what, value) => {
    try {
      if (what === 'consent') consent(value);
      else if (what === 'identify' && !isPrivate) add({ kind: 'identify', token: String(value) });
      else if (what === 'page') page();
    } catch {
      // A visitor's page never breaks over this.
    }
  };
  // gtag('consent', 'update', {…}) pushes its arguments onto the data layer.
  const hear = (entry: unknown): void => {
    const given = entry as ArrayLike<unknown> | null;
    if (given && given[0] === 'consent' && given[1] === 'update') call('consent', given[2]);
  };

  const start = (): void => {
    for (const given of Array.from(w.accord?.q ?? [])) call(...Array.from(given));
    w.accord = call;
    if (tag.getAttribute('data-consent') === 'mode') {
      const layer = (w.dataLayer ??= [] as unknown as NonNullable<Browser['dataLayer']>);
      for (const entry of Array.from(layer)) hear(entry);
      const push = layer.push.bind(layer);
      layer.push = (...entries) => {
        for (const entry of entries) hear(entry);
        return push(...entries);
      };
    }
    for (const name of ['pushState', 'replaceState'] as const) {
      const before = w.history[name];
      w.history[name] = function (this: unknown, ...given) {
        const result = before.apply(this, given);
        w.setTimeout(page, 0);
        return result;
      };
    }
    w.addEventListener('popstate', () => w.setTimeout(page, 0));
    // The last chance of what is still waiting; a beacon may be lost, so it is not counted as sent.
    d.addEventListener('visibilitychange', () => {
      if (d.visibilityState === 'hidden' && waits.length > 0 && !isPrivate) w.navigator.sendBeacon?.(address, bodyOf(waits.slice(0, 20)));
    });
    page();
  };
  try {
    if (d.prerendering) d.addEventListener('prerenderingchange', start, { once: true });
    else start();
  } catch {
    // As above.
  }
}

/** The script as it is served. */
export const visitorScript: string = `(${visit
  .toString()
  .replaceAll(/^\s*\/\/.*$/gm, '')
  .replaceAll(/[ \t]+/g, ' ')
  .replaceAll(/\s*\n\s*/g, '\n')})(window);\n`;
