import { Loader } from '@mantine/core';
import { useConnection } from '#ui/api/connection.ts';

export function ConnectionBanner() {
  const connection = useConnection();
  return (
    <div role="status">
      {connection !== 'here' && (
        <div className="banner">
          <Loader size={14} color="currentColor" />
          {connection === 'offline'
            ? 'You are offline. What you typed stays; it is sent when you are back.'
            : 'The server is not answering, perhaps restarting. Trying again; nothing you typed is lost.'}
        </div>
      )}
    </div>
  );
}
