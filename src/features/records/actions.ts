/** What may be done with records, by this and other features. */

export { bulkEdit, undoBulkEdit } from './actions/bulk-edit.ts';
export { defineField, removeField } from './actions/custom-fields.ts';
export { archiveRecord, editRecord, recycleLead, reopenLead, restoreRecord } from './actions/edit-records.ts';
export { dismissDuplicate, mergeRecords, unmergeRecords } from './actions/merge-records.ts';
export { recordFields, type RecordCall, type Recorded } from './actions/record-fields.ts';
