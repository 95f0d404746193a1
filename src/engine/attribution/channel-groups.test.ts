import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ga4Group, ga4Groups, groupTouch, type GroupRule, type TouchOrigin, type Traffic } from './channel-groups.ts';

/** “google / cpc” or “google / cpc / spring sale”. */
function traffic(text: string): Traffic {
  const [source, medium, campaign] = text.split(' / ').map((part) => (part === '-' ? null : part));
  return { source: source ?? null, medium: medium ?? null, campaign: campaign ?? null };
}

/** One line for each way into a rule. */
const examples: readonly (readonly [string, readonly string[]])[] = [
  ['Direct', ['(direct) / (none)', '(direct) / (not set)', 'direct / -', '(Direct) / (None)']],
  ['Cross-network', ['google / cpc / Cross-network spring', 'google / - / pmax cross-network']],
  [
    'Paid Shopping',
    [
      'amazon / cpc',
      'google / cpc / autumn shopping',
      'bing / ppc / e-shop',
      'bing / ppc / my eshop',
      'ebay.de / paid',
      'google shopping / cpc',
      'google / cpc / shop the look',
    ],
  ],
  [
    'Paid Search',
    [
      'google / cpc',
      'GOOGLE / CPC',
      'bing / ppc',
      'www.google.co.uk / paid-search',
      'duckduckgo.com / retargeting',
      'de.search.yahoo.com / cpm',
      'google / cpc / workshop',
    ],
  ],
  [
    'Paid Social',
    [
      'facebook / cpc',
      'linkedin.com / paid-social',
      'l.instagram.com / paid',
      't.co / cpc',
      'lnkd.in / ppc',
      'x / cpa-cpc',
      'tiktok / cpm',
    ],
  ],
  ['Paid Video', ['youtube / cpc', 'youtu.be / paid', 'vimeo.com / cpv-cpm', 'm.youtube.com / ppc']],
  ['Display', ['trade-journal.example / display', 'partner / banner', 'site / expandable', 'site / interstitial', 'site / cpm']],
  ['Paid Other', ['trade-journal.example / cpc', 'partner / paid-content', 'criteo / retargeting', '- / ppc']],
  [
    'AI Assistant',
    [
      'chatgpt.com / ai-assistant',
      'chatgpt.com / referral',
      'gemini.google.com / referral',
      'claude.ai / -',
      'anything / ai-assistant / (ai-assistant)',
    ],
  ],
  [
    'Organic Shopping',
    ['amazon.com / referral', 'etsy / -', 'newsletter / - / winter shopping', 'shopping.google.com / organic', 'shop.app / referral'],
  ],
  [
    'Organic Social',
    [
      'facebook.com / referral',
      'm.facebook.com / -',
      'uk.linkedin.com / referral',
      'anything / social',
      'anything / social-network',
      'anything / social-media',
      'anything / sm',
      'anything / social network',
      'anything / social media',
      't.co / referral',
    ],
  ],
  ['Organic Video', ['youtube.com / referral', 'vimeo / -', 'anything / in-video']],
  [
    'Organic Search',
    [
      'google / organic',
      'unknown-engine.example / organic',
      'bing / -',
      'google.com.au / referral',
      'search.brave.com / referral',
      'ecosia.org / referral',
    ],
  ],
  ['Email', ['newsletter / email', 'e-mail / -', 'list / e_mail', 'list / e mail', 'EMAIL / anything']],
  ['Affiliates', ['partner.example / affiliate']],
  [
    'Referral',
    ['journal.example / referral', 'crm / app', 'journal.example / link', 'docs.google.com / referral', 'mail.google.com / referral'],
  ],
  ['Audio', ['podcast-network / audio']],
  ['SMS', ['sms / anything', 'provider / sms']],
  ['Mobile Push Notifications', ['app / push', 'app / web-push', 'app / mobile-notice', 'app / notification', 'firebase / -']],
  ['Unassigned', ['- / -', 'journal.example / -', 'journal.example / newsletter', '(direct) / email-blast', 'google-docs / document']],
];

for (const [group, lines] of examples)
  test(`GA4: ${group}`, () => {
    for (const line of lines) assert.equal(ga4Group(traffic(line)), group, line);
  });

test('GA4: every group has an example above', () => {
  assert.deepEqual(
    examples.map(([group]) => group),
    [...ga4Groups, 'Unassigned'],
  );
});

const touch = (given: Partial<TouchOrigin>): TouchOrigin => ({
  side: 'marketing',
  kind: 'visit',
  channel: null,
  source: null,
  medium: null,
  campaign: null,
  landingPage: null,
  ...given,
});
const grouped = (given: Partial<TouchOrigin>, rules: readonly GroupRule[] = []): string => {
  const { group, by } = groupTouch(touch(given), rules);
  return `${group} by ${by}`;
};

test('a channel text that names one of Google’s groups counts as it, in any spelling', () => {
  for (const text of ['Paid Search', 'paid_search', 'PAID-SEARCH', ' paidsearch ', 'SEM', 'AdWords', 'cpc'])
    assert.equal(grouped({ channel: text }), 'Paid Search by channel', text);
  assert.equal(grouped({ channel: 'ORGANIC_SEARCH' }), 'Organic Search by channel');
  assert.equal(grouped({ channel: 'EMAIL_MARKETING' }), 'Email by channel');
  assert.equal(grouped({ channel: 'SOCIAL_MEDIA' }), 'Organic Social by channel');
  assert.equal(grouped({ channel: 'DIRECT_TRAFFIC' }), 'Direct by channel');
  assert.equal(grouped({ channel: 'e-mail' }), 'Email by channel');
  assert.equal(grouped({ channel: 'AI_REFERRALS' }), 'AI Assistant by channel');
  for (const group of ga4Groups) assert.equal(grouped({ channel: group.toUpperCase() }), `${group} by channel`);
});

test('a medium as channel is read with its source', () => {
  assert.equal(grouped({ channel: 'cpc', source: 'facebook' }), 'Paid Social by channel');
  assert.equal(grouped({ channel: 'CPC', source: 'youtube' }), 'Paid Video by channel');
  assert.equal(grouped({ channel: 'cpc', source: 'trade-journal.example' }), 'Paid Search by channel');
  assert.equal(grouped({ channel: 'organic', source: 'linkedin' }), 'Organic Social by channel');
  assert.equal(grouped({ channel: 'paid', source: 'linkedin' }), 'Paid Social by channel');
  assert.equal(grouped({ channel: 'paid' }), 'Paid Other by channel');
  assert.equal(grouped({ channel: 'social' }), 'Organic Social by channel');
});

test('any other channel text stays a group under its own name', () => {
  assert.equal(grouped({ channel: ' Events ' }), 'Events by channel');
  assert.equal(grouped({ channel: 'Partner programme', source: 'google', medium: 'cpc' }), 'Partner programme by channel');
  assert.equal(grouped({ channel: 'Messe', side: 'sales', kind: 'event' }), 'Messe by channel');
});

test('without a channel, source and medium decide; then, for sales, the kind; what falls through is unassigned', () => {
  assert.equal(grouped({ source: 'google', medium: 'cpc' }), 'Paid Search by ga4');
  assert.equal(grouped({ side: 'sales', kind: 'email', source: 'linkedin', medium: 'social' }), 'Organic Social by ga4');
  const kinds = {
    call: 'calls',
    email: 'e-mails',
    meeting: 'meetings',
    event: 'events',
    webinar: 'events',
    message: 'messages',
    chat: 'messages',
    social: 'messages',
    note: 'other',
  };
  for (const [kind, group] of Object.entries(kinds)) assert.equal(grouped({ side: 'sales', kind }), `Sales ${group} by sales`);
  assert.equal(grouped({ channel: '  ' }), 'Unassigned by none');
  assert.equal(grouped({ side: 'customer', kind: 'call' }), 'Unassigned by none');
});

test('the company’s own rules come first, in their order; all conditions of one must hold', () => {
  const rules: GroupRule[] = [
    {
      group: 'Brand search',
      all: [
        { field: 'medium', in: ['cpc', 'ppc'] },
        { field: 'campaign', contains: 'BRAND' },
      ],
    },
    {
      group: 'Trade fair',
      all: [
        { field: 'kind', is: 'Event' },
        { field: 'side', is: 'sales' },
      ],
    },
    { group: 'Partner pages', all: [{ field: 'landingPage', beginsWith: '/partners/' }] },
    {
      group: 'Unknown ads',
      all: [
        { field: 'medium', is: 'cpc' },
        { field: 'campaign', blank: true },
      ],
    },
    {
      group: 'Named ads',
      all: [
        { field: 'medium', is: 'cpc' },
        { field: 'campaign', blank: false },
      ],
    },
  ];
  assert.equal(grouped({ medium: 'CPC ', campaign: 'de-brand-2026', landingPage: '/partners/x' }, rules), 'Brand search by own rule');
  assert.equal(grouped({ side: 'sales', kind: 'event', channel: 'Email' }, rules), 'Trade fair by own rule');
  assert.equal(grouped({ side: 'marketing', kind: 'event', channel: 'Email' }, rules), 'Email by channel');
  assert.equal(grouped({ landingPage: '/Partners/acme' }, rules), 'Partner pages by own rule');
  assert.equal(grouped({ landingPage: '/about/partners/' }, rules), 'Unassigned by none');
  assert.equal(grouped({ medium: 'cpc', campaign: '  ' }, rules), 'Unknown ads by own rule');
  assert.equal(grouped({ medium: 'cpc', campaign: 'spring' }, rules), 'Named ads by own rule');
});
