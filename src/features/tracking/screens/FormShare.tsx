import { Button, Group } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import type { Form } from '#features/tracking/contract/forms.ts';
import { CopyLine } from './CopyLine.tsx';
import { FormTrial } from './FormTrial.tsx';

/** How people get to a form: its address, or a frame on the site’s pages; and a try without consequences. */
export function FormShare({ form }: { form: Form }) {
  const [trying, setTrying] = useState(false);
  return (
    <div className="stack" style={{ gap: 8 }}>
      <CopyLine value={form.url} label={`Address of ${form.name}`} />
      {form.embed && <CopyLine value={form.embed} label={`Frame for ${form.name}`} />}
      <Group gap="xs">
        <Button
          component="a"
          href={form.url}
          target="_blank"
          rel="noopener"
          size="compact-sm"
          variant="subtle"
          rightSection={<IconExternalLink size={14} aria-hidden />}
        >
          Open the page
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={() => setTrying(true)}>
          Try it without sending…
        </Button>
      </Group>
      {trying && <FormTrial form={form} onClose={() => setTrying(false)} />}
    </div>
  );
}
