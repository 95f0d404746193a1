/** Questions about records that other features may ask. */

export { shownRecord, statedValues, type Row, type ShownRecord } from './queries/columns.ts';
export { filterSql, type FilterScope } from './queries/filters.ts';
export { countRecords, listMatchingIds, listRecords, narrowable, type ListAsk } from './queries/lists.ts';
export { contactName, leadName, namesOf, withNames, type Named } from './queries/names.ts';
export { findRow, getRecord, getRow, idsMergedInto, transactionTime } from './queries/records.ts';
export { customTypes, phoneCountryOf, scopeOf } from './queries/scope.ts';
export { listTimeline, type TimelineItem } from './queries/timeline.ts';
export { readValue, tryValue, type CustomType } from './queries/values.ts';
