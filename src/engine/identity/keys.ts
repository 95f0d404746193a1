/**
 * The keys by which a person or a company is recognised as the same. A key is for comparing only; what was
 * given is kept beside it. Order of trust: e-mail, phone, name with account; accounts by domain.
 */

import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { parse as parseHost } from 'tldts';
import { publicMailDomains } from './publicMailDomains.ts';
import { asciiHost } from './punycode.ts';

const plainEmail = /^[a-z0-9._%+'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;
const anyEmail = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/;

/** Trimmed, NFKC, lower case, domain in ASCII; null for what is no address. Dots and +tags stay: they can be other people. */
export function emailKey(text: string): string | null {
  const lower = text.trim().toLowerCase();
  if (plainEmail.test(lower)) return lower.length <= 320 ? lower : null;
  const address = text
    .trim()
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^mailto:/, '')
    .replace(/^.*<([^<>]+)>$/, '$1');
  if (!anyEmail.test(address) || address.length > 320) return null;
  const at = address.lastIndexOf('@');
  const host = asciiHost(address.slice(at + 1));
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) ? `${address.slice(0, at)}@${host}` : null;
}

/** E.164, e.g. +4930901820; null for what is no possible number. `country` is used where the number has no prefix. */
export function phoneKey(text: string, country?: string | null): string | null {
  if (text.length > 60 || !/\d{4}/.test(text.replace(/\D/g, ''))) return null;
  const number = parsePhoneNumberFromString(text.normalize('NFKC'), (country ?? undefined) as CountryCode | undefined);
  return number !== undefined && number.isValid() ? number.number : null;
}

/** The registrable domain of a host, web address or e-mail address: "https://www.Acme.co.uk/x" → "acme.co.uk". */
export function domainKey(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 2_000 || /\s/.test(trimmed)) return null;
  const host = parseHost(trimmed, { allowPrivateDomains: true }).hostname ?? trimmed;
  const result = parseHost(asciiHost(host), { allowPrivateDomains: true });
  return result.isIp !== true && (result.isIcann === true || result.isPrivate === true || isReserved(result.publicSuffix))
    ? result.domain
    : null;
}

/** Endings kept for examples and tests (RFC 2606): no company has one, made-up companies do. */
const isReserved = (ending: string | null): boolean => ending === 'example' || ending === 'test';

/** The domain as an account's identity: null also for public mail domains, which identify nobody. */
export function accountDomainKey(text: string): string | null {
  const domain = domainKey(text);
  return domain === null || isPublicMailDomain(domain) ? null : domain;
}

export const isPublicMailDomain = (domain: string): boolean => publicMailDomains.has(domain.toLowerCase());

const plainName = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/** NFKC, lower case, punctuation taken out, spaces collapsed: "  Müller,  GmbH" → "müller gmbh". Empty for punctuation only. */
export function nameKey(text: string): string {
  const lower = text.toLowerCase();
  if (plainName.test(lower)) return lower;
  return lower
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’`´]/g, '')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

const legalForms = new Set(
  'inc incorporated corp corporation co company llc llp lp ltd limited plc pty gmbh ag kg ohg ug se sa sas sarl srl spa bv nv ab as asa oy oyj aps kk pte bhd sdn ltda eireli me epp cv sl slu sro doo zrt kft group holding holdings the'.split(
    ' ',
  ),
);

/** The name key without legal forms, for finding candidates only: two companies with one such key may well differ. */
export function companyCandidateKey(text: string): string {
  const words = nameKey(text).split(' ');
  const kept = words.filter((word) => !legalForms.has(word));
  return (kept.length > 0 ? kept : words).join(' ');
}
