/** Pipedrive's exports: every column carries its object's name, links go by name, several addresses share a cell. */

import type { ReferencePart } from '#features/intake/contract.ts';
import type { Template } from './template.ts';

const byName = (column: string, missing: ReferencePart['missing']): ReferencePart => ({ column, by: 'name', missing });
const owner = (column: string): ReferencePart => ({ column, by: 'person', missing: 'create' });
const several = [',', ';'];

const aliases = {
  'Deal - Pipedrive System ID': ['Deal - ID'],
  'Person - Pipedrive System ID': ['Person - ID'],
  'Organization - Pipedrive System ID': ['Organization - ID'],
  'Lead - Pipedrive System ID': ['Lead - ID'],
  'Deal - Creation date': ['Deal - Deal created'],
  'Person - Creation date': ['Person - Person created'],
  'Organization - Creation date': ['Organization - Organization created'],
  'Lead - Creation date': ['Lead - Lead created'],
  'Deal - Stage (pipeline)': ['Deal - Stage'],
  'Deal - Currency of value': ['Deal - Currency'],
  'Deal - Closed on': ['Deal - Deal closed on'],
  Organization: ['Deal - Organization', 'Lead - Organization', 'Person - Organization', 'Activity - Organization'],
  'Contact person': ['Deal - Contact person', 'Lead - Contact person', 'Activity - Contact person', 'Lead - Person'],
  'Organization name': ['Person - Organization', 'Organization'],
  'Person - Email': ['Person - Email - Work', 'Person - E-mail'],
  'Person - Phone': ['Person - Phone - Work'],
};

export const pipedriveTemplates: readonly Template[] = [
  {
    title: 'Pipedrive organisations',
    needs: [['Organization - Name']],
    aliases,
    record: {
      kind: 'account',
      key: ['Organization - Pipedrive System ID'],
      fields: {
        name: 'Organization - Name',
        domain: 'Organization - Website',
        industry: 'Organization - Industry',
        country: 'Organization - Country of Address',
        city: 'Organization - City/town/village/locality of Address',
        openedAt: 'Organization - Creation date',
      },
      references: { ownerId: owner('Organization - Owner') },
    },
  },
  {
    title: 'Pipedrive persons',
    needs: [['Person - Name']],
    aliases,
    record: {
      kind: 'contact',
      key: ['Person - Pipedrive System ID'],
      fields: {
        fullName: 'Person - Name',
        givenName: 'Person - First name',
        familyName: 'Person - Last name',
        email: { column: 'Person - Email', splitFirst: several },
        phone: { column: 'Person - Phone', splitFirst: several },
        title: 'Person - Job title',
        openedAt: 'Person - Creation date',
      },
      references: { accountId: byName('Organization name', 'create'), ownerId: owner('Person - Owner') },
    },
  },
  {
    title: 'Pipedrive deals',
    needs: [['Deal - Title']],
    aliases,
    record: {
      kind: 'deal',
      key: ['Deal - Pipedrive System ID'],
      when: { column: 'Deal - Status', notIn: ['Deleted'] },
      fields: {
        name: 'Deal - Title',
        amount: 'Deal - Value',
        currency: 'Deal - Currency of value',
        stage: 'Deal - Stage (pipeline)',
        pipeline: 'Deal - Pipeline',
        status: { column: 'Deal - Status', values: { open: 'open', won: 'won', lost: 'lost' } },
        probabilityPercent: 'Deal - Probability',
        openedAt: 'Deal - Creation date',
        expectedCloseOn: 'Deal - Expected close date',
        closedAt: ['Deal - Won time', 'Deal - Lost time', 'Deal - Closed on'],
        lostReason: 'Deal - Lost reason',
      },
      references: {
        accountId: byName('Organization', 'create'),
        contactId: byName('Contact person', 'quiet'),
        ownerId: owner('Deal - Owner'),
      },
    },
  },
  {
    title: 'Pipedrive leads',
    needs: [['Lead - Title']],
    aliases,
    record: {
      kind: 'lead',
      key: ['Lead - Pipedrive System ID'],
      fields: {
        name: ['Contact person', 'Lead - Title'],
        company: 'Organization',
        origin: ['Lead - Source channel', 'Lead - Source', 'Lead - Source origin'],
        status: 'Lead - Labels',
        value: 'Lead - Value',
        openedAt: 'Lead - Creation date',
      },
      references: {
        contactId: byName('Contact person', 'quiet'),
        accountId: byName('Organization', 'create'),
        ownerId: owner('Lead - Owner'),
      },
    },
  },
  {
    title: 'Pipedrive activities',
    needs: [['Activity - Subject'], ['Activity - Type']],
    aliases: { ...aliases, 'Activity - Pipedrive System ID': ['Activity - ID'] },
    record: {
      kind: 'touch',
      key: ['Activity - Pipedrive System ID'],
      // An activity that isn't done is a plan, no touch.
      when: { column: 'Activity - Done', in: ['Done', 'Yes', 'true', '1'] },
      fields: {
        occurredAt: ['Activity - Marked as done time', 'Activity - Due date', 'Activity - Add time'],
        side: { constant: 'sales' },
        subject: 'Activity - Subject',
        kind: {
          column: 'Activity - Type',
          values: { call: 'call', email: 'email', 'e-mail': 'email', meeting: 'meeting', lunch: 'meeting', task: 'note', deadline: 'note' },
          otherwise: 'other',
        },
      },
      references: {
        contactId: byName('Contact person', 'quiet'),
        accountId: byName('Organization', 'quiet'),
        memberId: owner('Activity - Assigned to user'),
      },
    },
  },
];
