import { Select, Text } from '@mantine/core';
import { useState } from 'react';
import type { Hook } from '#features/tracking/contract/hooks.ts';
import { personFieldLabels } from '#features/tracking/contract/person-fields.ts';
import { patch } from '#ui/api/client.ts';
import { ago } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { askTrackingAgain, useOwnFields } from './useTracking.ts';

/** Which part of a body is what, chosen from the last one that came. */
export function HookMapping({ hook, whyNot }: { hook: Hook; whyNot: string | null }) {
  const own = useOwnFields().data?.items ?? [];
  const saved = Object.fromEntries(hook.mapping.map(({ field, path }) => [field, path]));
  const [chosen, setChosen] = useState<Record<string, string>>(saved);
  if (!hook.sample)
    return (
      <div className="notice" role="status">
        Send one submission from the other system: it appears here by itself, and you say which part is what.
      </div>
    );
  const fields = [
    ...Object.entries(personFieldLabels).map(([value, label]) => ({ value, label })),
    ...own.map(({ key, label }) => ({ value: `custom.${key}`, label })),
  ];
  const mapping = Object.entries(chosen).map(([field, path]) => ({ field, path }));
  const changed = JSON.stringify(chosen) !== JSON.stringify(saved);
  const save = (): Promise<void> =>
    patch(`/tracking/hooks/${hook.id}`, { mapping }).then(async () => {
      await askTrackingAgain();
      tell('Saved. What failed before can be taken up anew.');
    }, tellProblem);
  return (
    <div className="stack" style={{ gap: 8 }}>
      <Text size="sm">
        The last one came {ago(hook.sample.at)}. Say which part fills which field; what is left blank is kept with the submission.
      </Text>
      <div className="form-row-fields">
        {fields.map(({ value, label }) => (
          <Choice
            key={value}
            label={label}
            hook={hook}
            path={chosen[value] ?? null}
            onChange={(path) => setChosen(withPath(chosen, value, path))}
          />
        ))}
      </div>
      <div>
        <Deed size="compact-sm" whyNot={whyNot ?? (changed ? null : 'Nothing has changed.')} onClick={() => void save()}>
          Save the mapping
        </Deed>
      </div>
    </div>
  );
}

function withPath(chosen: Readonly<Record<string, string>>, field: string, path: string | null): Record<string, string> {
  const { [field]: _, ...others } = chosen;
  return path === null ? others : { ...others, [field]: path };
}

/** A part of the sample by its path and value; one that the sample doesn’t hold stays chosen. */
function Choice({ label, hook, path, onChange }: { label: string; hook: Hook; path: string | null; onChange(path: string | null): void }) {
  const parts = (hook.sample?.paths ?? []).map((part) => ({ value: part.path, label: `${part.path}: ${shortened(part.value)}` }));
  const known = path === null || parts.some(({ value }) => value === path);
  return (
    <Select
      label={label}
      placeholder="–"
      clearable
      searchable
      data={known || path === null ? unique(parts) : [...unique(parts), { value: path, label: `${path} (not in the sample)` }]}
      value={path}
      onChange={onChange}
    />
  );
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
const unique = <T extends { value: string }>(parts: readonly T[]): T[] =>
  parts.filter(({ value }, at) => parts.findIndex((one) => one.value === value) === at);
