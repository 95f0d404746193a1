/**
 * Every setting of the server: its name in the environment, what it means, what it is unless set, and
 * how it is checked. Read once at the start; docs/reference/settings.md is made from it.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

export interface Setting {
  /** Name of the environment variable. */
  readonly name: string;
  readonly description: string;
  /** What holds when it is not set, in words or as the value. */
  readonly unless: string;
  /** A value that would be fine, for error messages and documentation. */
  readonly example: string;
  readonly secret?: boolean;
  readonly schema: z.ZodType;
}

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'is no PostgreSQL address' });
const yesOrNo = z.stringbool({ error: 'is neither yes nor no' });

export const settings = {
  port: {
    name: 'PORT',
    description: 'Port the web server listens on; 0 takes a free one.',
    unless: '4400',
    example: '8080',
    schema: z.coerce
      .number({ error: 'is no port number' })
      .int('is no port number')
      .min(0, 'is no port number')
      .max(65535, 'is no port number')
      .default(4400),
  },
  host: {
    name: 'HOST',
    description: 'Address the web server listens on. `0.0.0.0` listens on all; do so behind a proxy that speaks TLS.',
    unless: '127.0.0.1',
    example: '0.0.0.0',
    schema: z.string().default('127.0.0.1'),
  },
  dataFolder: {
    name: 'ACCORD_DATA',
    description: 'Folder of the embedded database, uploaded files and generated secrets.',
    unless: 'the folder `data` of the project',
    example: '/var/lib/accord',
    schema: z
      .string()
      .default(join(import.meta.dirname, '../../data'))
      .transform((path) => resolve(path)),
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    description:
      'A PostgreSQL 15 or later to use instead of the embedded one, as a role that may create schemas and roles; it migrates and runs the job queue.',
    unless: 'the embedded PostgreSQL',
    example: 'postgres://accord_owner:…@db.example.com/accord',
    secret: true,
    schema: postgresUrl.optional(),
  },
  appDatabaseUrl: {
    name: 'ACCORD_APP_DATABASE_URL',
    description: 'The same database as the role the product works as, which owns nothing and bypasses no row security.',
    unless: 'DATABASE_URL, becoming the role accord_app (made when missing)',
    example: 'postgres://accord_app:…@db.example.com/accord',
    secret: true,
    schema: postgresUrl.optional(),
  },
  publicUrl: {
    name: 'ACCORD_URL',
    description:
      'Address people reach Accord at, without a path: used in mails and links, and the only origin that may write. With https, cookies are bound to it.',
    unless: 'http://localhost:<PORT>',
    example: 'https://accord.example.com',
    schema: z
      .url({ protocol: /^https?$/, error: 'is no http or https address' })
      .refine((url) => URL.canParse(url) && new URL(url).pathname === '/', 'has a path; Accord wants an address of its own')
      .transform((url) => new URL(url).origin)
      .optional(),
  },
  secret: {
    name: 'ACCORD_SECRET',
    description: 'Key that signs and encrypts, at least 32 characters. Several servers on one database need the same.',
    unless: 'made at the first start and kept in ACCORD_DATA (file `secret`)',
    example: 'the output of: openssl rand -base64 32',
    secret: true,
    schema: z.string().min(32, 'has fewer than 32 characters').optional(),
  },
  smtpUrl: {
    name: 'SMTP_URL',
    description: 'Server that sends mail.',
    unless: 'no mail is sent; it waits on the mail page',
    example: 'smtps://user:…@mail.example.com',
    secret: true,
    schema: z.url({ protocol: /^smtps?$/, error: 'is no smtp or smtps address' }).optional(),
  },
  mailFrom: {
    name: 'ACCORD_MAIL_FROM',
    description: 'Sender of mails.',
    unless: 'Accord <accord@localhost>',
    example: 'Accord <accord@example.com>',
    schema: z.string().min(3, 'is no sender').default('Accord <accord@localhost>'),
  },
  logLevel: {
    name: 'LOG_LEVEL',
    description: 'How much is logged: fatal, error, warn, info, debug, trace or silent.',
    unless: 'info',
    example: 'warn',
    schema: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'is none of fatal, error, warn, info, debug, trace, silent',
      })
      .default('info'),
  },
  trustProxy: {
    name: 'ACCORD_TRUST_PROXY',
    description: 'Whose X-Forwarded-* headers are believed: yes, no, or addresses and networks of proxies, separated by commas.',
    unless: 'no',
    example: '10.0.0.0/8',
    schema: z
      .string()
      .default('no')
      .transform((text) => {
        const known = yesOrNo.safeParse(text);
        return known.success ? known.data : list(text);
      })
      .refine((value) => typeof value === 'boolean' || value.every(isAddress), 'is neither yes, no nor a list of addresses'),
  },
  allowAddresses: {
    name: 'ACCORD_ALLOW_ADDRESSES',
    description: 'Private addresses and networks that webhooks and imports chosen by users may reach all the same, separated by commas.',
    unless: 'none',
    example: '10.1.2.3,192.168.7.0/24',
    schema: z
      .string()
      .default('')
      .transform(list)
      .refine((addresses) => addresses.every(isAddress), 'is no list of addresses'),
  },
} as const satisfies Record<string, Setting>;

type Parsed = { readonly [Key in keyof typeof settings]: z.output<(typeof settings)[Key]['schema']> };

export type Config = Omit<Parsed, 'publicUrl'> & { readonly publicUrl: string };

export class BadSettings extends Error {
  override readonly name = 'BadSettings';
}

/** Reads and checks all settings; throws `BadSettings`, which names each wrong one and what would be fine. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const wrong: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries<Setting>(settings)) {
    // An empty variable is how compose files and shells say "not set".
    const given = environment[setting.name]?.trim() || undefined;
    const parsed = setting.schema.safeParse(given);
    if (parsed.success) values[key] = parsed.data;
    else wrong.push(complaint(setting, given, parsed.error));
  }
  if (wrong.length > 0) throw new BadSettings(wrong.join('\n'));
  const parsed = values as Parsed;
  return { ...parsed, publicUrl: parsed.publicUrl ?? `http://localhost:${parsed.port}` };
}

/** The key of `ACCORD_SECRET`, else the one kept in the data folder, made at the first call. */
export function getSecret(config: Pick<Config, 'secret' | 'dataFolder'>): string {
  if (config.secret) return config.secret;
  const file = join(config.dataFolder, 'secret');
  mkdirSync(config.dataFolder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

function complaint(setting: Setting, given: string | undefined, error: z.ZodError): string {
  const what = error.issues[0]?.message ?? 'is not valid';
  const shown = setting.secret ? '' : ` (${JSON.stringify(given)})`;
  return `${setting.name}${shown} ${what}. Fine would be, for example: ${setting.example}. Unless set: ${setting.unless}.`;
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** An IP address, or a network in CIDR notation. */
function isAddress(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const six = z.ipv6().safeParse(address).success;
  if (!six && !z.ipv4().safeParse(address).success) return false;
  return rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (six ? 128 : 32)));
}
