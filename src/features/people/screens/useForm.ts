import { useState, type ChangeEvent } from 'react';
import { fieldReasons, wordsOf } from '#ui/api/client.ts';

type Changed = ChangeEvent<HTMLInputElement> | string | null;

/** Values of a small form, the reasons by field when the server refuses them, and whether it is being sent. */
export function useForm<V extends Record<string, string>>(start: V) {
  const [values, setValues] = useState(start);
  const [reasons, setReasons] = useState<Record<string, string>>({});
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const set =
    (name: keyof V & string) =>
    (changed: Changed): void => {
      const value = typeof changed === 'object' && changed !== null ? changed.currentTarget.value : (changed ?? '');
      setValues((before) => ({ ...before, [name]: value }));
      setReasons(({ [name]: _, ...others }) => others);
    };
  const send = async (work: (values: V) => Promise<void>): Promise<void> => {
    setBusy(true);
    setWrong(null);
    try {
      await work(values);
    } catch (error) {
      const byField = fieldReasons(error);
      setReasons(byField);
      setWrong(Object.keys(byField).some((name) => name in values) ? null : wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  const field = (name: keyof V & string) => ({ name, value: values[name] ?? '', onChange: set(name), error: reasons[name] });
  return { values, set, field, send, wrong, busy };
}
