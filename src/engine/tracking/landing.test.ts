import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { visitChannel } from './channel.ts';
import { isHostOf, readAddress, readLanding } from './landing.ts';

const own = (host: string) => isHostOf(['northwind.example'], host);
const land = (page: string, referrer = '') => readLanding(page, referrer, own)!;
const channelOf = (page: string, referrer = '') => {
  const landing = land(page, referrer);
  const { published, kind } = visitChannel(landing, []);
  return [published, kind];
};
const home = 'https://www.northwind.example/';

test('UTM parameters, click ids and referrers lead to Google’s channels', () => {
  const golden: [page: string, referrer: string, channel: string | null, kind: string][] = [
    [home, '', 'Direct', 'visit'],
    [home, 'https://www.google.de/', 'Organic Search', 'visit'],
    [home, 'https://duckduckgo.com/', 'Organic Search', 'visit'],
    [home, 'https://www.linkedin.com/feed', 'Organic Social', 'visit'],
    [home, 'https://chatgpt.com/', 'AI Assistant', 'visit'],
    [home, 'https://blog.partner.example/post', 'Referral', 'visit'],
    [`${home}?gclid=abc`, 'https://www.google.com/', 'Paid Search', 'ad_click'],
    [`${home}?GCLID=abc`, '', 'Paid Search', 'ad_click'],
    [`${home}?msclkid=abc`, '', 'Paid Search', 'ad_click'],
    [`${home}?li_fat_id=abc`, 'https://www.linkedin.com/', 'Paid Social', 'ad_click'],
    [`${home}?dclid=abc`, '', 'Display', 'ad_click'],
    [`${home}?fbclid=abc`, 'https://l.facebook.com/', 'Organic Social', 'visit'],
    [`${home}?utm_source=facebook&utm_medium=paid_social&fbclid=a`, '', 'Paid Social', 'ad_click'],
    [`${home}?utm_source=newsletter&utm_medium=email&utm_campaign=spring`, '', 'Email', 'visit'],
    [`${home}?utm_source=newsletter&utm_medium=e-mail&fbclid=x`, '', 'Email', 'visit'],
    [`${home}?utm_source=google&gclid=a`, '', 'Paid Search', 'ad_click'],
    [`${home}?utm_medium=podcast-thing&utm_source=acast`, '', null, 'visit'],
    [`${home}?utm_medium=affiliate`, '', 'Affiliates', 'visit'],
  ];
  for (const [page, referrer, channel, kind] of golden)
    assert.deepEqual(channelOf(page, referrer), [channel, kind], `${page} from ${referrer}`);
});

test('the company’s own rules decide the group and leave what is recorded as it is', () => {
  const rules = [{ group: 'Partner', all: [{ field: 'source' as const, contains: 'partner' }] }];
  const landing = land(home, 'https://blog.partner.example/');
  assert.deepEqual(visitChannel(landing, rules), { published: 'Referral', group: 'Partner', kind: 'visit' });
  const byChannel = [{ group: 'Ads', all: [{ field: 'channel' as const, beginsWith: 'paid' }] }];
  assert.equal(visitChannel(land(`${home}?gclid=1`), byChannel).group, 'Ads');
});

test('a page of the site leads on within a visit, unless a tagged link did', () => {
  assert.deepEqual(land(`${home}pricing?plan=1#x`, 'https://northwind.example/'), {
    path: '/pricing',
    entry: false,
    referrerHost: null,
    referrerPath: null,
    source: null,
    medium: null,
    campaign: null,
    term: null,
    content: null,
    clickKind: null,
    clickId: null,
  });
  assert.equal(land(`${home}?utm_source=a&utm_medium=b`, home).entry, true);
});

test('parameters stay out of what is kept, and so do e-mail addresses and unprintable signs', () => {
  const landing = land(
    'https://u:p@northwind.example:8443/a%00/x@y.example/b?email=x@y.example',
    'https://mail.example/u/x%40y.example?q=secret',
  );
  assert.equal(landing.path, '/a%00/…/b');
  assert.equal(landing.referrerPath, '/u/…');
  assert.ok(!JSON.stringify(landing).includes('secret'));
  assert.equal(land(`${home}?utm_source=a%00b&utm_campaign=Fr%C3%BChling+26`).source, 'a b');
  assert.equal(land(`${home}?utm_source=a&utm_campaign=Fr%C3%BChling+26`).campaign, 'Frühling 26');
  assert.equal(land(`${home}?utm_source=%E0%A4%A`).source, '%E0%A4%A');
});

test('what is no web address is refused, whatever it is', () => {
  for (const page of ['', 'javascript:alert(1)', 'file:///etc/passwd', 'https://', '//x', 'data:text/html,x', 'https:///x'])
    assert.equal(readLanding(page, '', own), null, page);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 }), (page, query) => {
      readAddress(page);
      const landing = land(`https://northwind.example/${page}?utm_source=${query}&gclid=${query}`, page);
      for (const text of Object.values(landing))
        if (typeof text === 'string') assert.ok(text.isWellFormed() && text.length <= 500 && !text.includes('\0'));
    }),
  );
});

test('a domain stands for what is below it and for nothing that only ends alike', () => {
  assert.ok(own('northwind.example') && own('www.northwind.example'));
  assert.ok(!own('evilnorthwind.example') && !own('northwind.example.evil.example'));
});
