import { Button, Group, Modal, Stack } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { fieldReasons, wordsOf } from '#ui/api/client.ts';

export type Reasons = Readonly<Record<string, string>>;

interface FormDialogProps {
  title: string;
  /** What the button that sends is called. */
  label: string;
  ready: boolean;
  /** Why it can't be sent as it stands, in words; shown beside the button. */
  missing?: string | null;
  size?: string;
  danger?: boolean;
  onClose(): void;
  /** Sends it; what is thrown is shown where it was typed. The dialog closes when it ends well. */
  send(): Promise<void>;
  /** Called in place of `onClose` when it was sent. */
  onSent?: () => void;
  children: ReactNode | ((reasons: Reasons) => ReactNode);
}

/** A dialog that sends once, says what the server refuses, by field where it can, and keeps what was typed. */
export function FormDialog({ title, label, ready, missing, size, danger = false, onClose, send, onSent, children }: FormDialogProps) {
  const [wrong, setWrong] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  useFocusBack();
  const submit = async (): Promise<void> => {
    setBusy(true);
    setWrong(null);
    try {
      await send();
      (onSent ?? onClose)();
    } catch (error) {
      setWrong(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} closeOnClickOutside={false} {...(size && { size })}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation(); // a dialog opened from within a form sends itself alone
          if (ready && !busy) void submit();
        }}
      >
        <Stack gap="sm">
          {typeof children === 'function' ? children(fieldReasons(wrong)) : children}
          {wrong !== null && (
            <div className="notice bad" role="alert">
              {wordsOf(wrong)}
            </div>
          )}
          <Group justify="flex-end" gap="sm">
            {!ready && missing && <span className="dim small-print">{missing}</span>}
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy} disabled={!ready} {...(danger && { color: 'red' })}>
              {label}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** The dialog is gone when it closes: the keyboard goes on where it was before. */
function useFocusBack(): void {
  const before = useRef(document.activeElement);
  useEffect(
    () => () => {
      const place = before.current;
      requestAnimationFrame(() => {
        if (document.activeElement === document.body && place instanceof HTMLElement && place.isConnected) place.focus();
      });
    },
    [],
  );
}
