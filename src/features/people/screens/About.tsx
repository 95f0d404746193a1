import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { get } from '#ui/api/client.ts';
import { Sheet } from '#ui/kit/Page.tsx';

interface OpenApi {
  info: { title: string; version: string };
}

/** Which version this is, and where to check it. */
export function About() {
  const api = useQuery({ queryKey: ['openapi'], queryFn: () => get<OpenApi>('/openapi.json'), staleTime: Infinity, retry: false });
  return (
    <div className="page-narrow stack">
      <Sheet title="Accord" padded>
        <dl className="facts" style={{ margin: 0 }}>
          <dt>Version</dt>
          <dd className="static-value">{api.data?.info.version ?? '–'}</dd>
          <dt>Licence</dt>
          <dd className="static-value">Apache 2.0</dd>
          <dt>API reference</dt>
          <dd className="static-value">
            <a className="go" href="/api/docs">
              /api/docs
            </a>
          </dd>
          <dt>OpenAPI document</dt>
          <dd className="static-value">
            <a className="go" href="/api/v1/openapi.json">
              /api/v1/openapi.json
            </a>
          </dd>
        </dl>
      </Sheet>
      <Sheet title="How numbers are made" padded>
        <Text size="sm" mb="xs">
          Every number on a screen opens into the records behind it, and says its formula, its scope and the version of the rules.
        </Text>
        <dl className="facts" style={{ margin: 0 }}>
          <dt>Cohort conversion a → b</dt>
          <dd className="static-value">
            of the leads that entered a in the period, the share that reached b within the window; a cohort younger than the window is
            marked
          </dd>
          <dt>Period conversion a → b</dt>
          <dd className="static-value">entered b in the period ÷ entered a in the period</dd>
          <dt>Close rate</dt>
          <dd className="static-value">cohort conversion from lead to won</dd>
          <dt>Cycle</dt>
          <dd className="static-value">
            days from the earlier stage to the later: median and 90th percentile by nearest rank, never the mean alone
          </dd>
        </dl>
      </Sheet>
    </div>
  );
}
