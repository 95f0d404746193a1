import { Kbd, Modal } from '@mantine/core';
import { destinations } from './destinations.ts';

const keys: readonly [string, string][] = [
  ['Ctrl / ⌘ K', 'search and commands'],
  ['/', 'search in the list, else everywhere'],
  ['j / k', 'next / previous row'],
  ['Enter', 'open the row'],
  ['x', 'select the row'],
  ['e', 'edit the selected rows'],
  ['n', 'next item of a running meeting'],
  ['Esc', 'close, or leave a field unchanged'],
  ['?', 'this page'],
];

export function KeysHelp({ onClose }: { onClose(): void }) {
  return (
    <Modal opened onClose={onClose} title="Keys">
      <table className="plain">
        <tbody>
          {[...keys, ...destinations.map(({ key, label }) => [`g ${key}`, `go to ${label}`] as const)].map(([key, what]) => (
            <tr key={key}>
              <td>
                <Kbd>{key}</Kbd>
              </td>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
