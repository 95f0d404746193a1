/**
 * The files and their columns. A plain field carries its label of the table of fields, a link its
 * label and “ID”, people their e-mail address. `commands.test.ts` of the feature holds the two together.
 */
export const columnsOf = {
  'members.csv': ['Name', 'E-mail', 'Side', 'Role', 'Job title', 'Team', 'Starts', 'Calendar'],
  'accounts.csv': ['Account ID', 'Name', 'Domain', 'Industry', 'Segment', 'Country', 'City', 'Phone', 'Employees', 'Annual revenue', 'Currency', 'Owner', 'Created'],
  'contacts.csv': ['Contact ID', 'Account ID', 'Name', 'First name', 'Last name', 'E-mail', 'Phone', 'Job title', 'Country', 'City', 'Owner', 'Created'],
  'campaigns.csv': ['Campaign ID', 'Name', 'Channel', 'Type', 'Status', 'Starts', 'Ends', 'Budget', 'Currency', 'Owner'],
  'campaign_members.csv': ['Campaign member ID', 'Campaign ID', 'Contact ID', 'Lead ID', 'Status', 'Added', 'Responded'],
  'leads.csv': [
    'Lead ID', 'Name', 'Company', 'E-mail', 'Phone', 'Job title', 'Country', 'City', 'Contact ID', 'Account ID', 'Campaign ID', 'Earlier cycle ID', 'Cycle',
    'Origin', 'Channel', 'Segment', 'Landing page', 'Status', 'Rep', 'SDR', 'Created (inquiry)', 'MQL', 'SAL', 'SQL', 'Deal opened', 'Won', 'Lost',
    'Rejected', 'Rejection reason', 'Recycled', 'Recycled until', 'Disqualified', 'Disqualification reason', 'Lost reason', 'Value', 'Currency',
  ],
  'deals.csv': [
    'Deal ID', 'Name', 'Account ID', 'Contact ID', 'Lead ID', 'Campaign ID', 'Type', 'Pipeline', 'Stage', 'Status', 'Product', 'Segment', 'Amount', 'Currency',
    'Probability', 'Owner', 'SDR', 'Opened', 'Expected close', 'Closed', 'Lost reason',
  ],
  'deal_stages.csv': ['Deal stage ID', 'Deal ID', 'Stage', 'Entered'],
  'touches.csv': [
    'Touch ID', 'When', 'Side', 'Kind', 'Channel', 'Direction', 'Automated', 'Outcome', 'Subject', 'Campaign ID', 'Who', 'Account ID', 'Contact ID', 'Lead ID', 'Deal ID', 'Recorded',
  ],
  'revenue.csv': ['Revenue ID', 'Account ID', 'Deal ID', 'Kind', 'Day', 'Amount', 'Currency', 'Product', 'Description'],
  'costs.csv': ['Cost ID', 'Day', 'Side', 'Category', 'Team', 'Campaign ID', 'Amount', 'Currency', 'Description'],
} as const;

export type CsvFile = keyof typeof columnsOf;
export const csvFiles = Object.keys(columnsOf) as CsvFile[];
