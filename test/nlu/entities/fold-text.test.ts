import { describe, expect, test } from 'vitest';
import { foldText } from '../../../src/nlu/entities/fold-text.ts';

describe('folding', () => {
  test.each([
    ['我要退貨，訂單號碼是', '我要退货，订单号码是'],
    ['這雙鞋子太緊了，可以換大一號嗎', '这双鞋子太紧了，可以换大一号吗'],
    ['請幫我取消訂閱並退還費用', '请帮我取消订阅并退还费用'],
    ['什麼時候發貨？快遞還沒到', '什么时候发货？快递还没到'],
    ['藍色的襯衫壞了，顏色也不對', '蓝色的衬衫坏了，颜色也不对'],
    ['裡面少了一個零件，盒子破損嚴重', '里面少了一个零件，盒子破损严重'],
    ['後天下午三點半', '后天下午三点半'],
    ['聖誕節前能收到嗎', '圣诞节前能收到吗'],
    ['電視機、冰箱、洗衣機', '电视机、冰箱、洗衣机'],
    ['臺灣新竹縣竹東鎮', '台湾新竹县竹东镇'],
  ])('reads %s and %s alike', (traditional, simplified) => {
    expect(foldText(traditional)).toBe(foldText(simplified));
  });

  test('leaves simplified characters as they are', () => {
    const text = '我的订单到哪里了 后天 干净 发货';
    expect(foldText(text)).toBe(text);
  });

  test('of what is folded changes nothing', () => {
    const every = String.fromCharCode(...Array.from({ length: 0x9fff - 0x4e00 }, (_, i) => 0x4e00 + i));
    expect(foldText(foldText(every))).toBe(foldText(every));
  });
});
