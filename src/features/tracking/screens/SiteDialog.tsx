import { Radio, Stack, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Site } from '#features/tracking/contract/sites.ts';
import { patch, post } from '#ui/api/client.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { askTrackingAgain } from './useTracking.ts';

/** @param site null: a new one */
export function SiteDialog({ site, onClose }: { site: Site | null; onClose(): void }) {
  const [name, setName] = useState(site?.name ?? '');
  const [domains, setDomains] = useState<string[]>(site?.domains ?? []);
  const [consent, setConsent] = useState(site?.consent ?? 'call');
  const body = { name, domains, consent };
  const missing = name.trim() === '' ? 'Give it a name.' : domains.length === 0 ? 'Name at least one domain.' : null;
  return (
    <FormDialog
      title={site ? `Change ${site.name}` : 'Add a site'}
      label={site ? 'Save' : 'Add'}
      ready={missing === null}
      missing={missing}
      onClose={onClose}
      send={async () => {
        await (site ? patch(`/tracking/sites/${site.id}`, body) : post('/tracking/sites', body));
        await askTrackingAgain();
      }}
    >
      {(reasons) => (
        <>
          <TextInput
            label="Name"
            required
            maxLength={120}
            value={name}
            error={reasons['name']}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TagsInput
            label="Domains"
            description="As example.com; its subdomains are meant too. Press Enter after each. Events from pages elsewhere are refused."
            required
            acceptValueOnBlur
            value={domains}
            error={Object.entries(reasons).find(([at]) => at.startsWith('domains'))?.[1]}
            onChange={setDomains}
          />
          <Radio.Group
            label="Where consent to a cookie comes from"
            value={consent}
            onChange={(value) => setConsent(value === 'mode' ? 'mode' : 'call')}
          >
            <Stack gap={6} mt={6}>
              <Radio value="call" label="The page says so" description="Your consent banner calls accord('consent', true) or false." />
              <Radio
                value="mode"
                label="Consent mode"
                description="A banner that speaks Google’s consent mode is heard: analytics_storage granted or denied."
              />
            </Stack>
          </Radio.Group>
        </>
      )}
    </FormDialog>
  );
}
