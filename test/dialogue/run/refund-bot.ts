import type { Play } from './talk.ts';

/** A refund with a sign-in, a look-up, a confirmation and an effect: every part of the machine that matters. */
export const refundBot = `
slots:
  order_id: { type: text, pattern: "^[A-Z]{2}\\\\d{6}$", label: { en: order number, zh: 订单号 } }
  email: { type: email }
  reason: { type: choice, choices: [damaged, late, changed_mind, other] }
  note: { type: text }
  order_state: { type: choice, choices: [processing, shipped, delivered, cancelled] }
  amount: { type: money }
  refund_ok: { type: boolean }
  stars: { type: number }
flows:
  sign_in:
    description: Signs the customer in.
    if: false
    steps:
      - collect: order_id
      - collect: email
      - action: verify
        next:
          - if: user.signed_in
            then: END
          - else: [ { action: utter_wrong, next: again } ]
      - id: again
        set_slots: [ { email: null } ]
        next: END
  request_refund:
    name: { en: request a refund, zh: 申请退款 }
    description: The customer wants their money back.
    nlu_trigger: [ { intent: request_refund } ]
    if: user.signed_in
    else: sign_in
    steps:
      - collect: order_id
      - action: find_order
        on_error: shop_unavailable
      - switch: slots.order_state
        delivered: reason
        shipped: { link: return_on_arrival }
        else: [ { action: utter_not_refundable, next: END } ]
      - id: reason
        collect: reason
      - collect: note
        optional: true
      - confirm: [order_id, amount, reason]
        utter: utter_confirm_refund
        else: [ { action: utter_not_refunded, next: END } ]
      - action: issue_refund
        next:
          - if: slots.refund_ok
            then: [ { action: utter_refunded, next: END } ]
          - else: [ { action: utter_refund_failed }, { link: pattern_human_handoff } ]
  return_on_arrival:
    description: Tells how to return it once it has come.
    steps: [ { action: utter_return_on_arrival } ]
  shop_unavailable:
    description: The shop's system is down.
    if: false
    steps: [ { action: utter_shop_down } ]
  order_status:
    name: { en: check an order, zh: 查询订单 }
    description: The customer asks where the order is.
    nlu_trigger: [ { intent: order_status } ]
    steps:
      - collect: order_id
      - action: find_order
      - action: utter_order_status
  rate:
    name: rate us
    description: The customer rates the service.
    nlu_trigger: [ { intent: rate } ]
    steps:
      - collect: stars
        rejections: [ { if: "slots.stars > 5", utter: utter_too_many } ]
      - action: utter_rated
responses:
  utter_ask_order_id: [ { text: { en: Which order?, zh: 哪个订单？ } } ]
  utter_ask_email: [ { text: { en: Your e-mail?, zh: 邮箱？ } } ]
  utter_ask_reason: [ { text: { en: Why?, zh: 原因？ } } ]
  utter_ask_note: [ { text: { en: Anything to add?, zh: 备注？ } } ]
  utter_ask_stars: [ { text: { en: How many stars?, zh: 几星？ } } ]
  utter_too_many: [ { text: { en: Five at most., zh: 最多五星。 } } ]
  utter_rated: [ { text: { en: Thanks!, zh: 谢谢！ } } ]
  utter_wrong: [ { text: { en: That does not match., zh: 不匹配。 } } ]
  utter_confirm_refund: [ { text: { en: "Refund {amount} for {order_id}, {reason}?", zh: "退款？" } } ]
  utter_refunded: [ { text: { en: Refunded., zh: 已退款。 } } ]
  utter_refund_failed: [ { text: { en: Refused by the bank., zh: 银行拒绝。 } } ]
  utter_not_refunded: [ { text: { en: Nothing refunded., zh: 未退款。 } } ]
  utter_not_refundable: [ { text: { en: Not refundable., zh: 不可退款。 } } ]
  utter_return_on_arrival: [ { text: { en: Return it when it comes., zh: 收到后退货。 } } ]
  utter_shop_down: [ { text: { en: The shop is down., zh: 系统维护。 } } ]
  utter_order_status: [ { text: { en: "{order_id} is {order_state}.", zh: "{order_id} {order_state}" } } ]
actions:
  verify: { input: { order_id: text, email: email }, sets: [user.signed_in] }
  find_order: { input: { order_id: text }, sets: [order_state, amount] }
  issue_refund:
    effect: true
    requires: [confirmed, user.signed_in]
    input: { order_id: text, amount: money, reason: choice }
    sets: [refund_ok]
`;

export const refundActions: Readonly<Record<string, Play>> = {
  verify: ({ email }) => (email === 'ann@example.org' ? { user: { signed_in: true } } : {}),
  find_order: ({ order_id }) => ({
    set: {
      order_state: order_id === 'SH000001' ? 'shipped' : 'delivered',
      amount: { amount: order_id === 'AB123456' ? 20 : 30, currency: 'EUR' },
    },
  }),
  issue_refund: () => ({ set: { refund_ok: true } }),
};
