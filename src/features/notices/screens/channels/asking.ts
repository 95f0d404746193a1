import { useQuery } from '@tanstack/react-query';
import type { DeliveryList } from '#features/notices/contract/deliver.ts';
import type { RoomList } from '#features/notices/contract/rooms.ts';
import { get } from '#ui/api/client.ts';

export const useRooms = (enabled: boolean) =>
  useQuery({ queryKey: ['notices', 'rooms'], queryFn: ({ signal }) => get<RoomList>('/notices/rooms', {}, signal), enabled });

export const useDeliveries = (view: 'all' | 'failed', enabled: boolean) =>
  useQuery({
    queryKey: ['notices', 'deliveries', view],
    queryFn: ({ signal }) => get<DeliveryList>('/notices/deliveries', { view }, signal),
    enabled,
  });
