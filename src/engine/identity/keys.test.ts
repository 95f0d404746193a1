import assert from 'node:assert/strict';
import { domainToASCII } from 'node:url';
import { test } from 'node:test';
import { accountDomainKey, companyCandidateKey, domainKey, emailKey, nameKey, phoneKey } from './keys.ts';
import { asciiHost } from './punycode.ts';

test('an e-mail address is one whatever its case, width and spelling of the domain', () => {
  assert.equal(emailKey(' Mara@Acme.COM '), 'mara@acme.com');
  assert.equal(emailKey('ｍａｒａ@ａｃｍｅ.com'), 'mara@acme.com');
  assert.equal(emailKey('jan@münchen.de'), 'jan@xn--mnchen-3ya.de');
  assert.equal(emailKey('Mara <mara@acme.com>'), 'mara@acme.com');
  assert.equal(emailKey('a.b+c@acme.com'), 'a.b+c@acme.com');
  for (const no of ['n/a', 'mara@', '@acme.com', 'a b@acme.com', 'mara@localhost', 'a@b@c.de; x@y.de', ''])
    assert.equal(emailKey(no), null, no);
});

test('hosts are encoded as Node does it', () => {
  for (const host of ['münchen.de', 'bücher.example', '例え.jp', 'пример.рф', 'ñandú.cl', 'ελλάδα.gr', 'mañana.com'])
    assert.equal(asciiHost(host), domainToASCII(host));
});

test('telephone numbers are one whatever their form', () => {
  assert.equal(phoneKey('030 901820', 'DE'), '+4930901820');
  assert.equal(phoneKey('+49 (30) 90 18 20'), '+4930901820');
  assert.equal(phoneKey('12'), null);
  assert.equal(phoneKey('ask reception'), null);
  assert.equal(phoneKey('030 901820'), null);
});

test('domains are registrable, and public mail identifies nobody', () => {
  assert.equal(domainKey('https://www.Acme.co.uk/about?x=1'), 'acme.co.uk');
  assert.equal(domainKey('mara@sales.acme.com'), 'acme.com');
  assert.equal(domainKey('www.WalkerHensonandCompton.com'), 'walkerhensonandcompton.com');
  assert.equal(domainKey('127.0.0.1'), null);
  assert.equal(domainKey('www.kelmora.example'), 'kelmora.example');
  assert.equal(domainKey('notes.txt'), null);
  assert.equal(domainKey('intranet'), null);
  assert.equal(accountDomainKey('mara@gmail.com'), null);
  assert.equal(accountDomainKey('acme.com'), 'acme.com');
});

test('names compare without case, width and punctuation; legal forms go for candidates only', () => {
  assert.equal(nameKey('  Müller,  GmbH '), 'müller gmbh');
  assert.equal(nameKey('ACME'), 'acme');
  assert.equal(nameKey('O’Neil & Sons'), 'oneil and sons');
  assert.equal(nameKey('—'), '');
  assert.equal(companyCandidateKey('The Acme Group, Inc.'), 'acme');
  assert.equal(companyCandidateKey('GmbH'), 'gmbh');
});
