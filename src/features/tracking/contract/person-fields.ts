/** What a person sent can be mapped to: fields of a lead and its contact, and the company's own fields of leads. */
export const personFields = [
  'email',
  'fullName',
  'givenName',
  'familyName',
  'company',
  'title',
  'phone',
  'country',
  'city',
  'message',
] as const;
export type PersonField = (typeof personFields)[number];
export const personFieldLabels: Readonly<Record<PersonField, string>> = {
  email: 'E-mail',
  fullName: 'Name',
  givenName: 'First name',
  familyName: 'Last name',
  company: 'Company',
  title: 'Job title',
  phone: 'Phone',
  country: 'Country',
  city: 'City',
  message: 'Message',
};
