import { useQuery } from '@tanstack/react-query';
import type { ReceiptThread, ReceiptVerb } from '#features/feedback/contract/receipts.ts';
import { post } from '#ui/api/client.ts';
import { doing } from '../asking.ts';
import { newReceipt } from '../receipts.ts';

/** Asked by a body, not by an address: addresses are logged. Shown things change on the hour. */
export const useReceiptThread = (receipt: string) =>
  useQuery({
    queryKey: ['feedback', 'receipt', receipt],
    queryFn: () => post<ReceiptThread>('/feedback/receipts/reading', { receipt }),
    staleTime: 30_000,
  });

/** `once` is made here, so that the same entry sent twice has one effect. */
export const writeByReceipt = (receipt: string, verb: ReceiptVerb, text: string): Promise<unknown> =>
  doing(post('/feedback/receipts/entries', { receipt, verb, text, once: newReceipt() }));
