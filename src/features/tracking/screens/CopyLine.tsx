import { Button, CopyButton } from '@mantine/core';
import './tracking.css';

/** Something to be copied as it stands: a snippet, an address, a secret. */
export function CopyLine({ value, label }: { value: string; label: string }) {
  return (
    <div className="copy-line">
      <pre tabIndex={0} role="region" aria-label={label}>
        {value}
      </pre>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="default" onClick={copy} aria-label={`Copy: ${label}`}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
