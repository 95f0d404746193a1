import { useRecord } from '#ui/api/records.ts';
import { FieldInput } from './FieldInput.tsx';
import { nameOf } from '#ui/records.ts';

interface RecordPickerProps {
  kind: 'campaign' | 'account' | 'lead' | 'deal';
  label: string;
  value: string | null;
  onChange(id: string | null): void;
  error?: string | undefined;
}

const paths = { campaign: 'campaigns', account: 'accounts', lead: 'leads', deal: 'deals' } as const;

/** A record by name, also where only its id is known. */
export function RecordPicker(props: RecordPickerProps) {
  return props.value ? <Known {...props} value={props.value} /> : <Picker {...props} display={null} />;
}

function Known(props: RecordPickerProps & { value: string }) {
  const record = useRecord(paths[props.kind], props.value);
  return <Picker {...props} display={record.data ? nameOf(record.data) : null} />;
}

function Picker({ kind, label, value, onChange, error, display }: RecordPickerProps & { display: string | null }) {
  return (
    <FieldInput
      field={{ name: `${kind}Id`, type: kind, label }}
      label={label}
      value={value}
      display={display}
      error={error}
      currency=""
      onChange={onChange}
    />
  );
}
