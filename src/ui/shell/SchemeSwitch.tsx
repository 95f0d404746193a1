import { ActionIcon, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';

const order = ['auto', 'light', 'dark'] as const;
const words = { auto: 'as the system', light: 'light', dark: 'dark' };

export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const next = order[(order.indexOf(colorScheme) + 1) % order.length] ?? 'auto';
  const Icon = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon }[colorScheme];
  const label = `Colours: ${words[colorScheme]}. Switch to ${words[next]}`;
  return (
    <Tooltip label={label}>
      <ActionIcon color="gray" aria-label={label} onClick={() => setColorScheme(next)}>
        <Icon size={18} />
      </ActionIcon>
    </Tooltip>
  );
}
