import {
  archivalWishShape,
  openingWishShape,
  orderWishShape,
  paymentItemChangeShape,
  paymentItemsShape,
  paymentItemWishShape,
  registerChangeShape,
  registersShape,
  registerWishShape,
  transferWishShape,
} from '@holdfast/contract/registers';
import { writtenShape } from '@holdfast/contract/transactions';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import type { Place } from '../access/who.ts';
import type { Deps } from '../kit/deps.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { archiveRegister } from './archive-register.ts';
import { addPaymentItem, archivePaymentItem, renamePaymentItem } from './change-payment-items.ts';
import { addRegister, changeRegister } from './change-registers.ts';
import type { AtWork } from './context.ts';
import { noteOpeningBalance, transferMoney } from './move-between-registers.ts';
import { putInOrder } from './put-in-order.ts';
import { seePaymentItems } from './see-payment-items.ts';
import { seeRegisters } from './see-registers.ts';

const id = z.string().max(60);
const here = z.object({ location: id });
const ofRegister = here.extend({ register: id });
const ofItem = here.extend({ item: id });
const tags = ['salon: finance'];
const edit = { needs: 'finance.edit' } as const;
const see = { needs: 'transactions.see' } as const;

function atWork(request: FastifyRequest): AtWork {
  return { who: whoOf(request), place: placeOf(request) };
}

/** Finance → Cash registers and Payment items. A change answers the page anew. */
export async function registerRoutes(http: Http, ctx: Deps): Promise<void> {
  const registers = async (place: Place) => ({ registers: await seeRegisters(ctx.db.read, place) });
  const items = async ({ scope }: Place) => ({ items: await seePaymentItems(ctx.db.read, scope) });
  const response = { 200: registersShape, ...problemAnswers };
  const itemResponse = { 200: paymentItemsShape, ...problemAnswers };
  const written = { 200: writtenShape, ...problemAnswers };

  http.get(
    '/locations/:location/registers',
    {
      config: see,
      schema: { operationId: 'readRegisters', tags, summary: 'Cash registers, what is in them and still with providers', params: here, response },
    },
    async (request) => registers(placeOf(request)),
  );

  http.post(
    '/locations/:location/registers',
    { config: edit, schema: { operationId: 'addRegister', tags, summary: 'Add a cash register', params: here, body: registerWishShape, response } },
    async (request) => {
      await addRegister(ctx, atWork(request), request.body);
      return registers(placeOf(request));
    },
  );

  http.patch(
    '/locations/:location/registers/:register',
    {
      config: edit,
      schema: {
        operationId: 'changeRegister',
        tags,
        summary: 'Change a register’s name, acquiring fee or comment',
        description: 'Main and Card payment account keep their names. A fee is for what is taken from now on.',
        params: ofRegister,
        body: registerChangeShape,
        response,
      },
    },
    async (request) => {
      await changeRegister(ctx, atWork(request), request.params.register, request.body);
      return registers(placeOf(request));
    },
  );

  http.post(
    '/locations/:location/registers/:register/archival',
    {
      config: edit,
      schema: {
        operationId: 'archiveRegister',
        tags,
        summary: 'Put an own register away, or bring it back',
        description: 'What still uses it is named in `detail.uses`: money in it, providers that pay into it, roles that name it.',
        params: ofRegister,
        body: archivalWishShape,
        response,
      },
    },
    async (request) => {
      await archiveRegister(ctx, atWork(request), request.params.register, request.body);
      return registers(placeOf(request));
    },
  );

  http.put(
    '/locations/:location/register-order',
    {
      config: edit,
      schema: { operationId: 'orderRegisters', tags, summary: 'Put the registers in order', params: here, body: orderWishShape, response },
    },
    async (request) => {
      await putInOrder(ctx, atWork(request), 'registers', request.body.ids);
      return registers(placeOf(request));
    },
  );

  http.post(
    '/locations/:location/registers/:register/opening-balance',
    {
      config: edit,
      schema: {
        operationId: 'noteOpeningBalance',
        tags,
        summary: 'Say what was in a register before',
        description: 'Once. A mistake is deleted as any transaction, and said anew.',
        params: ofRegister,
        body: openingWishShape,
        response: written,
      },
    },
    async (request) => noteOpeningBalance(ctx, atWork(request), request.params.register, request.body),
  );

  http.post(
    '/locations/:location/register-transfers',
    {
      config: { needs: 'transactions.create' },
      schema: {
        operationId: 'transferMoney',
        tags,
        summary: 'Move money between registers',
        params: here,
        body: transferWishShape,
        response: written,
      },
    },
    async (request) => transferMoney(ctx, atWork(request), request.body),
  );

  http.get(
    '/locations/:location/payment-items',
    {
      config: see,
      schema: { operationId: 'readPaymentItems', tags, summary: 'What transactions stand under', params: here, response: itemResponse },
    },
    async (request) => items(placeOf(request)),
  );

  http.post(
    '/locations/:location/payment-items',
    {
      config: edit,
      schema: {
        operationId: 'addPaymentItem',
        tags,
        summary: 'Add a payment item',
        params: here,
        body: paymentItemWishShape,
        response: itemResponse,
      },
    },
    async (request) => {
      await addPaymentItem(ctx, atWork(request), request.body);
      return items(placeOf(request));
    },
  );

  http.patch(
    '/locations/:location/payment-items/:item',
    {
      config: edit,
      schema: {
        operationId: 'renamePaymentItem',
        tags,
        summary: 'Rename an own payment item',
        params: ofItem,
        body: paymentItemChangeShape,
        response: itemResponse,
      },
    },
    async (request) => {
      await renamePaymentItem(ctx, atWork(request), request.params.item, request.body);
      return items(placeOf(request));
    },
  );

  http.post(
    '/locations/:location/payment-items/:item/archival',
    {
      config: edit,
      schema: {
        operationId: 'archivePaymentItem',
        tags,
        summary: 'Put an own payment item away, or bring it back',
        params: ofItem,
        body: archivalWishShape,
        response: itemResponse,
      },
    },
    async (request) => {
      await archivePaymentItem(ctx, atWork(request), request.params.item, request.body);
      return items(placeOf(request));
    },
  );

  http.put(
    '/locations/:location/payment-item-order',
    {
      config: edit,
      schema: {
        operationId: 'orderPaymentItems',
        tags,
        summary: 'Put own payment items in order',
        params: here,
        body: orderWishShape,
        response: itemResponse,
      },
    },
    async (request) => {
      await putInOrder(ctx, atWork(request), 'payment_items', request.body.ids);
      return items(placeOf(request));
    },
  );
}
