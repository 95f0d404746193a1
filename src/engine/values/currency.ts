/** Currencies of ISO 4217 (list of 2026) and how many decimals each has. */

const twoDecimals =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG';
const noDecimals = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF';
const threeDecimals = 'BHD IQD JOD KWD LYD OMR TND';
const fourDecimals = 'CLF UYW';

const digitsByCode = new Map<string, number>(
  [noDecimals, '', twoDecimals, threeDecimals, fourDecimals].flatMap((codes, digits) =>
    codes
      .split(' ')
      .filter(Boolean)
      .map((code) => [code, digits] as const),
  ),
);

const signs = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₹', 'INR'],
  ['R$', 'BRL'],
  ['₩', 'KRW'],
  ['₺', 'TRY'],
  ['₴', 'UAH'],
  ['₪', 'ILS'],
  ['zł', 'PLN'],
  ['US$', 'USD'],
]);

/** Decimals of a currency (0, 2, 3 or 4); null for a code that isn't one. */
export const currencyDigits = (code: string): number | null => digitsByCode.get(code) ?? null;

/** The code of a currency written as code or sign; null when it can't be told ("$" alone is of many countries). */
export function currencyCodeOf(text: string): string | null {
  const code = text.toUpperCase();
  return digitsByCode.has(code) ? code : (signs.get(text) ?? null);
}
