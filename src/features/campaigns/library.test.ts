/** The content library: versions and their last days, files kept and sent safely, ratings, and what is told to whom. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Company, openHandingOver } from '#tests/support/handing-over.ts';
import { inside, join, openStranger, type Person } from '#tests/security/world.ts';
import type { AssetDetail, LibraryPage } from './contract/library.ts';

let company: Company;
let people: Company['people'];
let vera: Person;
before(async () => {
  company = await openHandingOver();
  people = company.people;
  vera = await join(company, people.lea, 'Vera', 'sales', 'viewer');
});
after(() => company.close());

async function added(person: Person = people.mara, more: object = {}): Promise<string> {
  const made = await company.ask(person, 'POST', '/library', { title: 'Prices', kind: 'pricing', ...more });
  assert.equal(made.statusCode, 201, made.body);
  return made.json().id;
}
const read = async (id: string, person: Person = people.sam): Promise<AssetDetail> =>
  (await company.ask(person, 'GET', `/library/${id}`)).json();
const list = async (query = '', person: Person = people.sam): Promise<LibraryPage> => {
  const answer = await company.ask(person, 'GET', `/library?${query}`);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
};
const link = { url: 'https://northwind.example/prices' };
const version = (id: string, body: object, person: Person = people.mara) => company.ask(person, 'POST', `/library/${id}/versions`, body);

function upload(person: Person, id: string, name: string, content: Buffer | string, query = '') {
  const boundary = 'x-boundary-x';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/pdf\r\n\r\n`;
  return company.server.inject({
    method: 'POST',
    url: `/api/v1/library/${id}/files${query}`,
    headers: { cookie: person.cookie, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)]),
  });
}

describe('Versions', () => {
  test('the latest valid one counts; who adds content answers for it; the last day can be moved', async () => {
    const id = await added(people.mara, { version: { ...link, note: 'First.' }, campaignId: company.campaignId });
    assert.deepEqual((await version(id, { url: 'https://northwind.example/next', validFrom: '2199-01-01' })).json().number, 2);
    const detail = await read(id);
    assert.deepEqual([detail.version!.number, detail.versions, detail.standing], [1, 2, 'fine']);
    assert.deepEqual([detail.owner!.name, detail.campaign!.name, detail.version!.note], ['Mara', 'Spring', 'First.']);
    const [, first] = detail.allVersions;
    const moved = await company.ask(people.mara, 'PATCH', `/library/${id}/versions/${first!.id}`, { expiresOn: first!.validFrom });
    assert.equal(moved.json().standing, 'expiring');
    const backwards = await company.ask(people.mara, 'PATCH', `/library/${id}/versions/${first!.id}`, { expiresOn: '2020-01-01' });
    assert.equal(backwards.statusCode, 400);
    const free = await company.ask(people.mara, 'PATCH', `/library/${id}/versions/${first!.id}`, { expiresOn: null });
    assert.equal(free.json().standing, 'fine');
  });

  test('two added at once are two, one after the other', async () => {
    const id = await added();
    const made = await Promise.all(Array.from({ length: 6 }, () => version(id, link)));
    assert.deepEqual(made.map((each) => each.json().number).sort(), [1, 2, 3, 4, 5, 6]);
  });

  test('only addresses of the web are kept, without a password in them', async () => {
    const id = await added();
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      'ftp://a.example/b',
      'https://me:secret@a.example/',
      '/prices',
      'file:///etc/passwd',
    ])
      assert.equal((await version(id, { url })).statusCode, 400, url);
  });
});

describe('Who may', () => {
  test('marketing changes all, sales its own, viewers nothing; the button says why', async () => {
    const [maras, sams] = [await added(people.mara, { version: link }), await added(people.sam, { version: link })];
    assert.equal((await company.ask(people.sam, 'PATCH', `/library/${maras}`, { title: 'Mine' })).statusCode, 403);
    assert.match((await read(maras, people.sam)).can.edit!, /Marketing changes it/);
    assert.equal((await company.ask(people.sam, 'PATCH', `/library/${sams}`, { title: 'Mine' })).json().title, 'Mine');
    assert.equal(
      (await company.ask(people.mia, 'PATCH', `/library/${sams}`, { about: 'Ours.', ownerId: people.mia.memberId })).json().owner.name,
      'Mia',
    );
    assert.deepEqual(new Set(Object.values((await read(maras, vera)).can)), new Set(['Those who look on don’t change anything.']));
    assert.equal((await company.ask(vera, 'POST', '/library', { title: 'Mine', kind: 'deck' })).statusCode, 403);
  });

  test('archived content is out of the list, takes nothing new, and comes back', async () => {
    const id = await added(people.mara, { title: 'Old deck', version: link });
    assert.equal((await company.ask(people.mara, 'POST', `/library/${id}/archival`, { reason: 'Replaced.' })).json().standing, 'archived');
    assert.ok(!(await list('limit=200')).items.some((each) => each.id === id));
    assert.ok((await list('standing=archived')).items.some((each) => each.id === id));
    assert.equal((await version(id, link)).statusCode, 409);
    const leadId = await company.passed();
    const use = await company.ask(people.sam, 'POST', `/library/${id}/uses`, { way: 'link', leadId });
    assert.deepEqual([use.statusCode, use.json().detail], [409, 'It is archived: restore it first.']);
    assert.equal((await company.ask(people.mara, 'DELETE', `/library/${id}/archival`)).json().standing, 'fine');
    assert.equal((await company.ask(people.mara, 'DELETE', `/library/${id}/archival`)).statusCode, 409);
  });

  test('what has nothing to send, is not yet valid or has expired can’t be used', async () => {
    const leadId = await company.passed();
    const use = async (more: object) =>
      (await company.ask(people.sam, 'POST', `/library/${await added(people.mara, more)}/uses`, { way: 'link', leadId })).json().detail;
    assert.match(await use({}), /No version/);
    assert.match(await use({ version: { ...link, validFrom: '2199-01-01' } }), /valid later/);
    assert.match(await use({ version: { ...link, validFrom: '2026-01-01', expiresOn: '2026-01-31' } }), /past its last day/);
  });
});

describe('Files', () => {
  const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2_500_000, 'x')]);

  test('a file is kept in parts and comes back as it was, to save', async () => {
    const id = await added();
    const made = await upload(people.mara, id, 'Prices “2026”.pdf', pdf, '?note=New&expiresOn=2199-01-31');
    assert.equal(made.statusCode, 201, made.body);
    const { version: kept } = await read(id);
    assert.deepEqual(
      [kept!.file!.name, kept!.file!.bytes, kept!.file!.typeLabel, kept!.note, kept!.expiresOn],
      ['Prices “2026”.pdf', pdf.length, 'PDF', 'New', '2199-01-31'],
    );
    const [parts] = await inside<{ n: number }>(
      company,
      company.workspaceId,
      `SELECT count(*)::int AS n FROM accord.asset_file_parts WHERE version_id = $1`,
      [kept!.id],
    );
    assert.equal(parts!.n, 3);
    const answer = await company.server.inject({ url: kept!.openUrl, headers: { cookie: people.sam.cookie } });
    assert.ok(answer.rawPayload.equals(pdf));
    assert.equal(answer.headers['content-type'], 'application/pdf');
    assertOnlySaved(answer.headers);
  });

  test('pages and drawings are only ever saved, as bytes', async () => {
    const id = await added();
    for (const [name, content] of [
      ['canary.html', '<!doctype html><script>canary()</script>'],
      ['canary.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="canary()"/>'],
      ['canary.csv', '=cmd|calc\n'],
    ] as const) {
      assert.equal((await upload(people.mara, id, name, content)).statusCode, 201, name);
      const { allVersions } = await read(id);
      const answer = await company.server.inject({ url: allVersions[0]!.openUrl, headers: { cookie: people.sam.cookie } });
      assert.equal(answer.body, content);
      assert.equal(answer.headers['content-type'], 'application/octet-stream');
      assertOnlySaved(answer.headers);
    }
  });

  function assertOnlySaved(headers: Record<string, unknown>): void {
    assert.match(String(headers['content-disposition']), /^attachment; filename="[^"]*"; filename\*=UTF-8''\S+$/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(String(headers['content-security-policy']), /^sandbox;/);
  }

  test('what its content is not, programs, nothing, two, and more than 20 MB are refused and leave nothing', async () => {
    const id = await added();
    const refused = async (name: string, content: Buffer | string, status: number, says: RegExp) => {
      const answer = await upload(people.mara, id, name, content);
      assert.equal(answer.statusCode, status, answer.body);
      assert.match(answer.json().detail, says);
    };
    await refused('a.pdf', '<html><script>x()</script>', 415, /is an HTML page by its content/);
    await refused('a.pdf', 'MZ\x90\0', 415, /is a program/);
    await refused('a.pdf', '', 415, /is empty/);
    await refused('bomb.docx', zipBomb(), 415, /zip/);
    await refused('big.pdf', Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(20 * 1024 * 1024)]), 413, /20 MB/);
    const none = await company.ask(people.mara, 'POST', `/library/${id}/files`, {});
    assert.equal(none.statusCode, 400);
    assert.equal((await read(id)).versions, 0);
  });

  test('another workspace’s file is not there', async () => {
    const id = await added();
    await upload(people.mara, id, 'a.pdf', '%PDF-1.7');
    const { openUrl } = (await read(id)).version!;
    const stranger = await openStranger(company, people.lea);
    assert.equal((await company.server.inject({ url: openUrl, headers: { cookie: stranger.cookie } })).statusCode, 404);
    assert.equal((await company.server.inject({ url: openUrl })).statusCode, 401);
  });
});

describe('The list', () => {
  test('it is searched, narrowed, sorted and paged without loss, and counts what wants attention', async () => {
    const [smb, both] = [
      await added(people.mara, {
        title: 'Zebra case',
        kind: 'caseStudy',
        segments: ['SMB'],
        stages: ['sql'],
        objections: ['Too expensive'],
        version: link,
      }),
      await added(people.mara, { title: 'Aardvark case', kind: 'caseStudy', version: link }),
    ];
    const ids = async (query: string) => (await list(query)).items.map(({ id }) => id);
    assert.deepEqual(await ids('search=expensive'), [smb]);
    assert.deepEqual(await ids('kind=caseStudy'), [both, smb]);
    assert.deepEqual(await ids('kind=caseStudy&segment=Enterprise'), [both], 'what names no segment is for all');
    assert.deepEqual(await ids('kind=caseStudy&stage=mql'), [both]);
    const page = await list('standing=stale');
    assert.ok(page.items.every(({ standing }) => ['noVersion', 'expired', 'expiring', 'neverUsed', 'unused'].includes(standing)));
    assert.equal(page.total, page.counts.stale);
    assert.ok(page.objections.includes('Too expensive') && page.segments.includes('SMB'));
    for (const sort of ['title', 'newest', 'used', 'rated']) {
      const whole = await ids(`sort=${sort}&limit=200`);
      const pieces: string[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const piece: LibraryPage = await list(`sort=${sort}&limit=3${next && `&cursor=${encodeURIComponent(next)}`}`);
        pieces.push(...piece.items.map(({ id }) => id));
        next = piece.next;
      }
      assert.deepEqual(pieces, whole, sort);
    }
    assert.equal((await company.ask(people.sam, 'GET', '/library?cursor=1~2')).statusCode, 400);
  });

  test('for a lead, what is made for its very stage and segment comes first, what is for others last', async () => {
    const leadId = await company.passed({ segment: 'Fit' });
    const of = (title: string, more: object) => added(people.mara, { title, kind: 'demo', version: link, ...more });
    await of('For others', { stages: ['won'], segments: ['Other'] });
    await of('For any', {});
    await of('For mqls', { stages: ['mql'] });
    await of('For it', { stages: ['mql'], segments: ['fit'] });
    const { items } = await list(`kind=demo&sort=fit&leadId=${leadId}`);
    assert.deepEqual(
      items.map(({ title, fits }) => [title, fits!.stage, fits!.segment]),
      [
        ['For it', true, true],
        ['For mqls', true, true],
        ['For any', true, true],
        ['For others', false, false],
      ],
    );
  });
});

describe('Ratings', () => {
  test('each member’s latest counts, the reason goes to the owner as work, and the answer goes back', async () => {
    const id = await added(people.mara, { title: 'Deck', version: link });
    const rate = (person: Person, stars: number, reason = 'Because.') =>
      company.ask(person, 'POST', `/library/${id}/ratings`, { stars, reason });
    assert.equal((await rate(people.mara, 5)).statusCode, 403, 'not one’s own');
    assert.equal((await rate(people.sam, 3, '')).statusCode, 400, 'a reason is needed');
    assert.equal((await rate(people.sam, 0)).statusCode, 400);
    await rate(people.sam, 1, 'Prices are old.');
    await rate(people.sue, 4);
    await rate(people.sam, 2, 'Prices are still old.');
    const detail = await read(id);
    assert.deepEqual(detail.rating, { mean: 3, n: 2 });
    assert.deepEqual(
      detail.ratings.map(({ member, stars, replaced }) => [member.name, stars, replaced]),
      [
        ['Sam', 2, false],
        ['Sue', 4, false],
        ['Sam', 1, true],
      ],
    );
    const waiting = (await company.ask(people.mara, 'GET', '/library/waiting')).json();
    assert.deepEqual(
      waiting.ratings.map(({ reason, asset }: { reason: string; asset: { name: string } }) => [asset.name, reason]),
      [
        ['Deck', 'Because.'],
        ['Deck', 'Prices are still old.'],
      ],
    );
    const answer = (person: Person) =>
      company.ask(person, 'POST', `/content-ratings/${detail.ratings[0]!.id}/answer`, { text: 'New ones by Friday.' });
    assert.equal((await answer(people.sue)).statusCode, 403);
    const answered = await answer(people.mara);
    assert.deepEqual([answered.json().ratings[0].answer.text, answered.json().ratings[0].answer.by.name], ['New ones by Friday.', 'Mara']);
    assert.equal((await answer(people.mara)).statusCode, 409);
    assert.equal((await company.ask(people.mara, 'GET', '/library/waiting')).json().ratings.length, 1);
  });

  test('stale content is told to who answers for it, the worst first', async () => {
    const max = await join(company, people.lea, 'Max', 'marketing', 'member');
    await added(max, { title: 'Fine', version: link });
    await added(max, { title: 'Expired', version: { ...link, validFrom: '2026-01-01', expiresOn: '2026-01-31' } });
    const never = await added(max, { title: 'Never used', version: link });
    await inside(company, company.workspaceId, `UPDATE accord.assets SET made_at = now() - interval '20 days' WHERE id = $1`, [never]);
    await added(max, { title: 'Empty' });
    const { stale } = (await company.ask(max, 'GET', '/library/waiting')).json();
    assert.deepEqual(
      stale.map(({ title, standing }: { title: string; standing: string }) => [title, standing]),
      [
        ['Empty', 'noVersion'],
        ['Expired', 'expired'],
        ['Never used', 'neverUsed'],
      ],
    );
    assert.deepEqual((await company.ask(vera, 'GET', '/library/waiting')).json(), { ratings: [], stale: [], opened: [] });
  });
});

/** A zip that says it would unpack to 900 MB. */
function zipBomb(): Buffer {
  const name = Buffer.from('word/document.xml');
  const size = 900_000_000;
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(10, 18);
  local.writeUInt32LE(size, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(10, 20);
  central.writeUInt32LE(size, 24);
  central.writeUInt16LE(name.length, 28);
  const body = Buffer.concat([local, name, Buffer.alloc(10)]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, central, name, end]);
}
