import { Menu, Text, UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown, IconLogout, IconPlus, IconUser } from '@tabler/icons-react';
import { post, remove } from '#ui/api/client.ts';
import { startAfresh, useMe, type Me } from '#ui/api/session.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';

/** Which workspace, as whom; switching and signing out. */
export function WhoMenu() {
  const me = useMe();
  const go = useGo();
  const enter = async (workspaceId: string): Promise<void> => {
    try {
      startAfresh(await post<Me>('/session/workspace', { workspaceId }));
      go(paths.today());
    } catch (error) {
      tellProblem(error);
    }
  };
  const leave = async (): Promise<void> => {
    await remove('/session').catch(tellProblem);
    startAfresh(null);
    go(paths.signIn());
  };
  return (
    <Menu position="bottom-start" width={250}>
      <Menu.Target>
        <UnstyledButton className="rail-link" style={{ minHeight: 48 }}>
          <img src="/mark.svg" width={24} height={24} alt="" />
          <div style={{ flex: 1, minWidth: 0 }}>
            <Text fw={600} size="sm" truncate>
              {me.workspace.name}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {me.member.name}
            </Text>
          </div>
          <IconChevronDown size={14} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="xs" mb={4} className="wrap-any">
            {me.login.email}
          </Text>
          <SideMark side={me.member.side} /> {me.member.role}
        </Menu.Label>
        <Menu.Item leftSection={<IconUser size={16} />} onClick={() => go(paths.settings('account'))}>
          My account
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Workspaces</Menu.Label>
        {me.workspaces.map(({ id, name }) => (
          <Menu.Item
            key={id}
            onClick={() => void enter(id)}
            rightSection={id === me.workspace.id ? <IconCheck size={16} aria-label="current" /> : null}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => go(`${paths.welcome()}?new=1`)}>
          New workspace
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
