import pino, { type Logger, type LoggerOptions } from 'pino';

const secretNames = ['password', 'token', 'secret', 'authorization', 'cookie', 'link', 'body'];

/** The server's log: one JSON object a line. What is named like a secret is never written, at any of three depths. */
export function openLog(level = 'info'): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]).concat(['*.headers["set-cookie"]']),
      censor: '[secret]',
    },
    serializers: { err: describeError },
  };
  // Standard output is for what people and programs wait for, such as the address.
  return pino(options, pino.destination(2));
}

/** Message, code and stack; not the query's parameters, which pg and kysely keep on their errors. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code, table, constraint } = error as { code?: unknown; table?: unknown; constraint?: unknown };
  return {
    name: error.name,
    message: error.message,
    code,
    table,
    constraint,
    stack: error.stack,
    ...(error.cause ? { cause: describeError(error.cause) } : {}),
  };
}
