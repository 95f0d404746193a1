/** What a step is worked with: an agenda to hold a workshop by, an invitation to send, a template to fill in. */

export type Material =
  | {
      readonly kind: 'agenda';
      /** Minutes, what is done, what stands at its end. */
      readonly rows: readonly (readonly [minutes: number, topic: string, result: string])[];
    }
  | { readonly kind: 'invitation'; readonly subject: string; readonly body: string }
  | {
      readonly kind: 'template';
      readonly title: string;
      readonly text: string;
      /** Saved under this name as it is; unsaid, as Markdown. */
      readonly file?: string;
    };

/** What stands in braces in the texts. */
export interface Filling {
  readonly company: string;
  readonly sponsor: string;
  readonly number: string;
  readonly aim: string;
}

export const titleOf = (material: Material): string =>
  material.kind === 'agenda'
    ? `Agenda, ${minutesOf(material.rows)} minutes`
    : material.kind === 'invitation'
      ? 'Invitation'
      : material.title;

export const minutesOf = (rows: readonly (readonly [number, string, string])[]): number =>
  rows.reduce((sum, [minutes]) => sum + minutes, 0);

/** The whole of it as text: Markdown, or what its file holds. */
export function textOf(material: Material, filling: Filling): string {
  const filled = (text: string): string => text.replace(/\{(company|sponsor|number|aim)\}/g, (_, key: keyof Filling) => filling[key]);
  switch (material.kind) {
    case 'agenda': {
      const rows = material.rows.map(([minutes, topic, result]) => `| ${minutes} | ${filled(topic)} | ${filled(result)} |`);
      return [`# ${titleOf(material)}`, '', '| Minutes | What | What stands at the end |', '|---:|---|---|', ...rows, ''].join('\n');
    }
    case 'invitation':
      return `Subject: ${filled(material.subject)}\n\n${filled(material.body)}\n`;
    case 'template':
      return material.file ? material.text : `# ${material.title}\n\n${filled(material.text)}\n`;
  }
}
