import {
  IconArrowsJoin,
  IconBuilding,
  IconCalendarEvent,
  IconChartBar,
  IconClockBolt,
  IconCoin,
  IconFileCheck,
  IconFileImport,
  IconGauge,
  IconGavel,
  IconHome,
  IconInbox,
  IconMessages,
  IconPigMoney,
  IconReportMoney,
  IconRoute,
  IconSettings,
  IconSpeakerphone,
  IconTargetArrow,
  IconUsers,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { paths } from '#ui/paths.ts';

export interface Destination {
  label: string;
  href: string;
  /** Pressed after `g`. */
  key: string;
  icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
}

export const destinations: readonly Destination[] = [
  { label: 'Today', href: paths.today(), key: 't', icon: IconHome },
  { label: 'Inbox', href: paths.inbox(), key: 'b', icon: IconInbox },
  { label: 'Leads', href: paths.records('leads'), key: 'l', icon: IconTargetArrow },
  { label: 'Accounts', href: paths.records('accounts'), key: 'a', icon: IconBuilding },
  { label: 'Contacts', href: paths.records('contacts'), key: 'c', icon: IconUsers },
  { label: 'Deals', href: paths.records('deals'), key: 'd', icon: IconCoin },
  { label: 'Campaigns', href: paths.records('campaigns'), key: 'm', icon: IconSpeakerphone },
  { label: 'Scoreboard', href: paths.scoreboard(), key: 's', icon: IconChartBar },
  { label: 'Alignment', href: paths.alignment(), key: 'h', icon: IconArrowsJoin },
  { label: 'Agreement', href: paths.agreement(), key: 'g', icon: IconFileCheck },
  { label: 'Attainment', href: paths.attainment(), key: 'n', icon: IconGauge },
  { label: 'Rejections', href: paths.rejections(), key: 'r', icon: IconGavel },
  { label: 'Speed', href: paths.speed(), key: 'e', icon: IconClockBolt },
  { label: 'Returns', href: paths.returns(), key: 'u', icon: IconReportMoney },
  { label: 'Goals', href: paths.goals(), key: 'y', icon: IconTargetArrow },
  { label: 'Incentives', href: paths.incentives(), key: 'p', icon: IconPigMoney },
  { label: 'Meetings', href: paths.meetings(), key: 'k', icon: IconCalendarEvent },
  { label: 'Feedback', href: paths.feedback(), key: 'f', icon: IconMessages },
  { label: 'Rollout', href: paths.rollout(), key: 'w', icon: IconRoute },
  { label: 'Import', href: paths.imports(), key: 'i', icon: IconFileImport },
  { label: 'Settings', href: paths.settings(), key: 'o', icon: IconSettings },
];

export const isWithin = (href: string, pathname: string): boolean =>
  href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href.split('/').slice(0, 2).join('/')}/`);
