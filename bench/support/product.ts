/** The product as people start it. */

import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Ground } from './ground.ts';

export const main = join(import.meta.dirname, '../../src/entry/main.ts');

export interface Product {
  readonly url: string;
  readonly process: ChildProcess;
  /** How it ended by itself and what it said; nothing while it runs. */
  ending(): string | undefined;
}

/** Starts it on a data folder and a free port; resolves when it says where it is. */
export async function startProduct(
  ground: Ground,
  dataFolder: string,
  [file, ...args]: readonly string[] = [main, 'serve'],
): Promise<Product> {
  const child = ground.start(file!, args, { PORT: '0', ACCORD_DATA: dataFolder, LOG_LEVEL: 'warn', DATABASE_URL: '', ACCORD_URL: '' });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += String(chunk);
      const found = said.match(/Accord is at (http:\S+)/);
      if (found) resolve(found[1]!);
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Accord ended with ${String(code)} before it served:\n${said}`)));
  });
  const ending = () => {
    const how = child.exitCode ?? child.signalCode;
    return how === null ? undefined : `Accord ended with ${how}:\n${said}`;
  };
  return { url, process: child, ending };
}
