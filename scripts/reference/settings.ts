import { settings } from '#platform/config.ts';

export const file = 'docs/reference/settings.md';

export async function make(): Promise<string> {
  const rows = Object.values(settings).map(({ name, description, unless, example }) => {
    const cells = [`\`${name}\``, description, unless, `\`${example}\``].map((cell) => cell.replaceAll('|', '\\|'));
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '# Settings',
    '',
    'Set in the environment, read once at the start. An empty variable counts as not set; a wrong one stops the start and says what would be fine.',
    '',
    '| variable | what it is | unless set | example |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
