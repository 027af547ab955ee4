import { defineAction } from 'usher-engine';
import type { ActionContext, Json, JsonObject } from 'usher-engine';
import { dayAfter } from './shop/day.ts';
import { hasTooManyFailures, recordFailure } from './shop/failed-tries.ts';
import { euros } from './shop/money.ts';
import {
  isChinese,
  itemsOf,
  normaliseOrderId,
  ownOrder,
  ownOrders,
  returnableUntil,
  summaryOf,
} from './shop/orders.ts';
import type { Order, OrderItem } from './shop/orders.ts';
import { itemCalled } from './shop/products.ts';
import type { Shop } from './shop/shop.ts';
import { signedInCustomer } from './shop/signed-in-customer.ts';

/** Order numbers that are not theirs which a signed-in customer may name within an hour. */
const LOOKUP_LIMIT = 6;
/** Days from tomorrow in which a parcel may still be delivered. */
const DELIVERY_WINDOW_DAYS = 14;
/** Orders that are offered as buttons. */
const OFFERED = 5;

const stateNames: Readonly<Record<Order['state'], { readonly en: string; readonly zh: string }>> = {
  processing: { en: 'being packed', zh: '打包中' },
  shipped: { en: 'on its way', zh: '运输中' },
  delivered: { en: 'delivered', zh: '已送达' },
  cancelled: { en: 'cancelled', zh: '已取消' },
  returned: { en: 'returned', zh: '已退回' },
};

/** The signed-in customer's orders: the newest to choose from, all of them as a text. */
export const fetch_orders = defineAction<Record<string, never>, Shop>((_, context) => {
  const orders = ownOrders(context).map((order) => ({
    id: order.id,
    summary: summaryOf(itemsOf(context.resources, order.id), context.locale),
    placed: order.placedOn,
    state: stateNames[order.state][isChinese(context.locale) ? 'zh' : 'en'],
  }));
  const lines = orders.map(({ id, placed, state, summary }) =>
    isChinese(context.locale)
      ? `${id}（${placed}）：${summary}，${state}`
      : `${id} (${placed}): ${summary}, ${state}`,
  );
  return {
    set: { orders: orders.slice(0, OFFERED), order_count: orders.length, orders_text: lines.join('\n') },
  };
});

/** Everything that the flows ask about an order of the signed-in customer. */
export const find_order = defineAction<{ order_id: string }, Shop>(({ order_id }, context) => {
  const { resources, now, conversation } = context;
  const customer = signedInCustomer(context);
  const subjects = [conversation, customer.email];
  const limits = { now, limit: LOOKUP_LIMIT };
  if (hasTooManyFailures(resources, 'order', subjects, limits)) return { set: { lookup: 'too_many' } };
  const order = ownOrder(context, order_id);
  if (order === undefined) {
    recordFailure(resources, 'order', subjects, now);
    const locked = hasTooManyFailures(resources, 'order', subjects, limits);
    return { set: { lookup: locked ? 'too_many' : 'unknown', order_id: normaliseOrderId(order_id) } };
  }
  return { set: { lookup: 'found', ...factsOf(order, context), ...choiceOfItem(order, context) } };
});

/** What an item of an order is called in the customer's language. */
export const describe_item = defineAction<{ order_id: string; item: string }, Shop>(
  ({ order_id, item }, context) => {
    const order = ownOrder(context, order_id);
    const items = order === undefined ? [] : itemsOf(context.resources, order.id);
    const found = itemCalled(context.resources, items, item);
    return { set: { item_name: found === undefined ? item : nameOf(found, context.locale) } };
  },
);

function factsOf(order: Order, context: ActionContext<Shop>): JsonObject {
  const items = itemsOf(context.resources, order.id);
  const lastDay = returnableUntil(order);
  const today = dayAfter(context.now, 0);
  return {
    order_id: order.id,
    order_state: order.state,
    order_items: items.map((item) => ({
      id: item.product,
      name: nameOf(item, context.locale),
      price: item.priceCents / 100,
      quantity: item.quantity,
    })),
    order_summary: summaryOf(items, context.locale),
    amount: euros(order.totalCents),
    placed_on: order.placedOn,
    arrives_on: order.arrivesOn,
    delivered_on: order.deliveredOn,
    returnable: lastDay !== undefined && lastDay >= today,
    returnable_until: lastDay ?? null,
    first_delivery_date: dayAfter(context.now, 1),
    last_delivery_date: dayAfter(context.now, DELIVERY_WINDOW_DAYS),
    carrier: order.carrier,
    tracking_number: order.trackingNumber,
    ship_to: order.shipTo,
    refund_state: refundState(context, order.id),
  };
}

/** Which item is meant: the one that was named if the order has it, or the only one. */
function choiceOfItem(order: Order, { resources, slots }: ActionContext<Shop>): JsonObject {
  const items = itemsOf(resources, order.id);
  const named: Json | undefined = slots['item'];
  const meant: OrderItem | undefined =
    (typeof named === 'string' ? itemCalled(resources, items, named) : undefined) ??
    (items.length === 1 ? items[0] : undefined);
  return { item: meant?.product ?? null };
}

function refundState({ resources }: ActionContext<Shop>, orderId: string): string {
  const state = resources.database
    .prepare<unknown[], string>('SELECT state FROM refunds WHERE order_id = ?')
    .pluck()
    .get(orderId);
  return state ?? 'not_asked';
}

function nameOf({ product, productZh }: OrderItem, locale: string): string {
  return isChinese(locale) ? productZh : product;
}
