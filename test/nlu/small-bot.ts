import { trainModel } from '../../src/nlu/train-model.ts';
import { parseTrainingData } from '../../src/nlu/training-data.ts';
import type { TrainedModel } from '../../src/nlu/trained-model.ts';

const english = `nlu:
  - intent: track_order
    examples: |
      - where is my order
      - where is my parcel
      - track my order
      - track order [AB123456](order_id)
      - has my package been shipped
      - when does my order arrive
      - order status please
      - when will my parcel get here
  - intent: request_refund
    examples: |
      - I want a refund
      - refund my order please
      - give me my money back
      - I want my money back
      - can I get a refund
      - return the money for [XY654321](order_id)
      - please refund me
      - refund
  - regex: order_id
    examples: |
      - [A-Z]{2}[0-9]{6}
`;

const chinese = `nlu:
  - intent: track_order
    examples: |
      - 我的订单到哪了
      - 查一下物流
      - 快递什么时候到
      - 订单状态
      - 包裹到哪里了
      - 帮我查订单
  - intent: request_refund
    examples: |
      - 我要退款
      - 申请退款
      - 把钱退给我
      - 可以退款吗
      - 退钱
      - 怎么申请退款
`;

export const smallBot = parseTrainingData([
  { file: 'training-data/en/a.yml', text: english, locale: 'en' },
  { file: 'training-data/zh/a.yml', text: chinese, locale: 'zh' },
]);

/** A bot of two tasks in two languages, on top of the intents that ship with the engine. */
export function trainSmallBot(seed = 1): Promise<TrainedModel> {
  return trainModel(smallBot, { locales: ['en', 'zh'], seed });
}
