import { policy } from '#platform/http/route.ts';

/** Everybody sees what came in and what became of it; bringing data in and taking it back is for those who run it. */
export const mayReadImports = policy('imports.read', ['owner', 'admin', 'manager', 'member', 'viewer']);
export const mayImport = policy('imports.write', ['owner', 'admin', 'manager']);
