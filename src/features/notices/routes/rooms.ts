import { z } from 'zod';
import { byId } from '#features/feedback/contract/pieces.ts';
import { type Route, route } from '#platform/http/route.ts';
import { addRoom, changeRoom, removeRoom, type RoomGround, tryRoom } from '../actions/keep-rooms.ts';
import type { SendGround } from '../actions/hand-over.ts';
import { deliveriesAsk, deliveryList } from '../contract/deliver.ts';
import * as contract from '../contract/rooms.ts';
import { mayKeepRooms, mayReadDeliveries, mayReadRooms } from '../policy/delivery.ts';
import { listDeliveries } from '../queries/deliveries.ts';
import { getRoom, listRooms } from '../queries/rooms.ts';

export const roomRoutes = (ground: RoomGround & Pick<SendGround, 'mailer'>): Route[] => [
  route({
    method: 'GET',
    path: '/notices/rooms',
    summary: 'Rooms of Slack and Teams and what goes there; their addresses are shown to nobody',
    tag: 'notices',
    access: mayReadRooms,
    answers: { 200: contract.roomList },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => listRooms(tx, who)) }),
  }),
  route({
    method: 'POST',
    path: '/notices/rooms',
    summary: 'Add a room by the address of its webhook, which is sealed and never shown again',
    tag: 'notices',
    access: mayKeepRooms,
    body: contract.newRoom,
    answers: { 201: contract.room },
    handle: async ({ who, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => getRoom(tx, who.workspaceId, await addRoom(tx, who, ground, body))),
    }),
  }),
  route({
    method: 'PATCH',
    path: '/notices/rooms/:id',
    summary: 'Change a room: its name, what goes there, its address',
    tag: 'notices',
    access: mayKeepRooms,
    params: byId,
    body: contract.roomChange,
    answers: { 200: contract.room },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await changeRoom(tx, who, ground, params.id, body);
        return getRoom(tx, who.workspaceId, params.id);
      }),
    }),
  }),
  route({
    method: 'DELETE',
    path: '/notices/rooms/:id',
    summary: 'Remove a room: nothing goes there any more, and its address is forgotten',
    tag: 'notices',
    access: mayKeepRooms,
    params: byId,
    answers: { 204: z.undefined() },
    handle: async ({ who, params, transact }) => {
      await transact((tx) => removeRoom(tx, who, params.id));
      return { status: 204 };
    },
  }),
  route({
    method: 'POST',
    path: '/notices/rooms/:id/trial',
    summary: 'Send a message into the room at once, to see whether it arrives',
    tag: 'notices',
    access: mayKeepRooms,
    params: byId,
    answers: { 200: contract.trialResult },
    handle: async ({ who, params, database }) => ({ body: await tryRoom(database, who, ground, params.id) }),
  }),
  route({
    method: 'GET',
    path: '/notices/deliveries',
    summary: 'Messages that left the house or did not, without what they say',
    tag: 'notices',
    access: mayReadDeliveries,
    query: deliveriesAsk,
    answers: { 200: deliveryList },
    handle: async ({ who, query, transact }) => ({
      body: await transact((tx) => listDeliveries(tx, who.workspaceId, ground.mailer, query.view)),
    }),
  }),
];
