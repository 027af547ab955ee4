import type { Sense } from '../sense.ts';
import { series, words, type Language } from './language.ts';

/** Words with a numeral in them that count nothing. */
const idioms =
  '一下|一样|一直|一些|一起|一般|一定|一切|一会|一会儿|一旦|一边|一点儿|一点都|一点也|有一点|早一点|晚一点|一半|换一家|换一个|换一款|换一班|换一趟|换一种|换一辆|一日游|两日游|二日游|三日游|多日游|半日游|一天游|一共|统一|唯一|单一|万一|十分|千万|百度|四川|三星|三明治|第三方|百货|百分|一律|一模一样|一方面|两者|不一|有点|早点|晚点|快点|慢点|差点|重点|地点|站点|网点|景点|缺点|优点|特点|观点|积分|部分|分钱|零食|零售|零件|五金|七夕|八卦|九龙|时候|小时候|有时|及时|按时|准时|临时|同时|平时|随时|当时|之前|以前|目前|前面|前台|提前|后面|最后|然后|后来|售后|今后|后台|日期|日常|生日|节日|月亮|星期几|周几|几号|几点|账号|帐号|型号|订单号|单号|电话号|号码|手机号|编号|信号|符号|天气|聊天|上面|上门|上次|下次|下单|下面|下载|下架|年龄|年纪|点击|点评|点餐|元素|元件|块儿|角色|分享|分开|分期|分类|秒杀|到底|到货|到账|收到|得到|找到|看到|送到|到达|同一|每一|哪一|这一|那一|一次|一键|一手|二维码|二手|一站';

function numbers(): (readonly [string, Sense])[] {
  return [
    ...words(idioms, {}),
    ...words('百', { scale: 100 }),
    ...words('千', { scale: 1e3 }),
    ...words('万', { scale: 1e4 }),
    ...words('亿', { scale: 1e8 }),
    ...words('半', { share: 0.5 }),
    ...words('一刻', { share: 0.25 }),
    ...words('三刻', { share: 0.75 }),
    ...words('第', { ordinalPrefix: true }),
    ...words('最后一个|最后那个|最后一项|最后一件|最后一条|最后一单|倒数第一|倒数第一个|最后的', {
      ordinal: -1,
    }),
    ...words('首个|头一个', { ordinal: 1 }),
    ...words(
      '个|件|条|张|位|本|台|只|双|套|款|份|项|次|瓶|盒|箱|包|部|支|辆|人|名|笔|单|家|间|颗|粒|斤|公斤|杯|片|组|袋|种|把|根|双',
      { counter: true },
    ),
    ...words('百分之', { percent: 'before' }),
    ...words('负', { sign: -1 }),
    ...words('％|个百分点', { percent: 'after' }),
    ...words('多|来', { filler: true }),
  ];
}

const weekdayNames = '一|二|三|四|五|六|日,天,末';

function weekdays(): (readonly [string, Sense])[] {
  return ['周', '星期', '礼拜'].flatMap((week) =>
    series(weekdayNames, (weekday) => ({ weekday })).flatMap(([name, sense]): (readonly [string, Sense])[] =>
      name === '末' ? [[`${week}末`, { unit: 'weekend', shift: 0 }]] : [[week + name, sense]],
    ),
  );
}

function calendar(): (readonly [string, Sense])[] {
  return [
    ...weekdays(),
    ...words('今天|今日', { relativeDay: 0 }),
    ...words('当天|当日|同一天|同天', { relativeDay: 0, then: true }),
    ...words('明天|明日|明儿', { relativeDay: 1 }),
    ...words('后天', { relativeDay: 2 }),
    ...words('大后天', { relativeDay: 3 }),
    ...words('第二天|次日|隔天|转天', { relativeDay: 1, then: true }),
    ...words('第三天', { relativeDay: 2, then: true }),
    ...words('前一天|头一天', { relativeDay: -1, then: true }),
    ...words('昨天|昨日|昨儿', { relativeDay: -1 }),
    ...words('前天', { relativeDay: -2 }),
    ...words('大前天', { relativeDay: -3 }),
    ...words('今晚|今夜|今晚上', { relativeDay: 0, dayPart: { hour: 20, pm: true } }),
    ...words('今早|今晨', { relativeDay: 0, dayPart: { hour: 9, pm: false } }),
    ...words('明晚', { relativeDay: 1, dayPart: { hour: 20, pm: true } }),
    ...words('明早|明晨', { relativeDay: 1, dayPart: { hour: 9, pm: false } }),
    ...words('昨晚|昨夜', { relativeDay: -1, dayPart: { hour: 20, pm: true } }),
    ...words('后晚', { relativeDay: 2, dayPart: { hour: 20, pm: true } }),
    ...words('下|下个|下一|下一个', { shift: 1 }),
    ...words('这|这个|本|当前|本个', { shift: 0 }),
    ...words('上|上个|上一|上一个', { shift: -1 }),
    ...words('下下|下下个', { shift: 2 }),
    ...words('上上|上上个', { shift: -2 }),
    ...words('今年', { unit: 'year', shift: 0 }),
    ...words('本年', { unit: 'year', shift: 0 }),
    ...words('去年', { unit: 'year', shift: -1 }),
    ...words('明年', { unit: 'year', shift: 1 }),
    ...words('前年', { unit: 'year', shift: -2 }),
    ...words('后年', { unit: 'year', shift: 2 }),
    ...words('周末', { unit: 'weekend', shift: 0 }),
    ...words('最近|过去|近|前|最近的|过去的', { recent: -1 }),
    ...words('未来|接下来|今后|往后|接下来的|未来的', { recent: 1 }),
    ...words('几天前|好几天前|几天之前', { relativeDay: -3 }),
    ...words('几天后|几天之后', { relativeDay: 3 }),
    ...words('几周前|几个星期前', { relativeDay: -21 }),
    ...words('元旦', { monthDay: [1, 1] }),
    ...words('情人节', { monthDay: [2, 14] }),
    ...words('劳动节|五一', { monthDay: [5, 1] }),
    ...words('儿童节|六一', { monthDay: [6, 1] }),
    ...words('国庆|国庆节|十一国庆', { monthDay: [10, 1] }),
    ...words('双十一|双11', { monthDay: [11, 11] }),
    ...words('双十二|双12', { monthDay: [12, 12] }),
    ...words('平安夜', { monthDay: [12, 24] }),
    ...words('圣诞|圣诞节', { monthDay: [12, 25] }),
    ...words('月底|本月底|这个月底|月末', { boundary: 'end', unit: 'month' }),
    ...words('月初|本月初', { boundary: 'start', unit: 'month' }),
    ...words('年底|年末', { boundary: 'end', unit: 'year' }),
    ...words('年初', { boundary: 'start', unit: 'year' }),
    ...words('初', { boundary: 'start' }),
    ...words('底|末', { boundary: 'end' }),
    ...words('年', { mark: 'year', unit: 'year' }),
    ...words('月|月份', { mark: 'month', unit: 'month' }),
    ...words('号|日', { mark: 'day' }),
  ];
}

/** Each unit, with the measure word before it and with a half: 个月, 个半月. */
function units(): (readonly [string, Sense])[] {
  const list = [
    ['秒|秒钟', 'second'],
    ['分钟', 'minute'],
    ['小时|钟头', 'hour'],
    ['天', 'day'],
    ['工作日|工作天', 'workday'],
    ['周|星期|礼拜', 'week'],
    ['月', 'month'],
    ['季度', 'quarter'],
    ['周年', 'year'],
  ] as const;
  return list.flatMap(([names, unit]) =>
    names
      .split('|')
      .flatMap((name): (readonly [string, Sense])[] => [
        ...(name === '月' ? [] : [[name, { unit }] as const]),
        [`个${name}`, { unit }],
        [`个半${name}`, { unit, share: 0.5 }],
      ]),
  );
}

function clock(): (readonly [string, Sense])[] {
  return [
    ...units(),
    ...words('前|之前|以前', { back: 'after' }),
    ...words('内|之内|以内', { ahead: 'after' }),
    ...words('后|之后|以后|过后', { ahead: 'after', then: 'loosely' }),
    ...words('推迟|延后|顺延|往后推|往后延', { ahead: 'before', then: true }),
    ...words('提前|往前提', { back: 'before', then: true }),
    ...words('再过|过', { ahead: 'before' }),
    ...words('点|点钟|时|點', { clock: true }),
    ...words('点半', { clock: true }),
    ...words('整', { filler: true }),
    ...words('分', { mark: 'minute' }),
    ...words('早上|上午|早晨|清晨|一早', { dayPart: { hour: 9, pm: false } }),
    ...words('早', { dayPart: { hour: 9, pm: false }, sooner: -1 }),
    ...words('凌晨', { dayPart: { hour: 3, pm: false } }),
    ...words('中午|正午', { dayPart: { hour: 12, pm: true }, namedTime: 720 }),
    ...words('下午|午后', { dayPart: { hour: 15, pm: true } }),
    ...words('傍晚', { dayPart: { hour: 18, pm: true } }),
    ...words('晚上|夜里|夜晚|晚间', { dayPart: { hour: 20, pm: true } }),
    ...words('晚', { dayPart: { hour: 20, pm: true }, unit: 'day', sooner: 1 }),
    ...words('半夜|午夜|零点', { namedTime: 0 }),
    ...words('到|至', { until: true }),
    ...words('从|自', { from: true }),
    ...words('和|与|、', { and: true }),
    ...words('在|于', { at: true }),
    ...words('的', { of: true }),
  ].filter(([word]) => word !== '点半');
}

function money(): (readonly [string, Sense])[] {
  return [
    ...words('元|块|块钱|元钱|人民币|rmb|cny|元人民币|圆|元整', { currency: 'CNY' }),
    ...words('毛|毛钱|角|角钱', { currency: 'CNY', minor: 0.1 }),
    ...words('分钱', { currency: 'CNY', minor: 0.01 }),
    ...words('美元|美金|美刀|刀', { currency: 'USD' }),
    ...words('欧元', { currency: 'EUR' }),
    ...words('英镑', { currency: 'GBP' }),
    ...words('日元|日币|日圆', { currency: 'JPY' }),
    ...words('港币|港元|港纸|港幣', { currency: 'HKD' }),
    ...words('台币|新台币', { currency: 'TWD' }),
    ...words('韩元|韩币', { currency: 'KRW' }),
    ...words('卢布', { currency: 'RUB' }),
    ...words('澳元', { currency: 'AUD' }),
    ...words('加元|加币', { currency: 'CAD' }),
    ...words('新币|新加坡元', { currency: 'SGD' }),
  ];
}

function tenses(): (readonly [string, Sense])[] {
  return words(
    '买的|下的单|下单的|下单了|买了|付的|付了|付款了|到的|到了|收到了|送到了|发的|发了|发货了|寄的|寄了|订了|下了单|收的|退的|退了|申请了|申请的|已经|买过',
    { past: true },
  );
}

export const chinese: Language = {
  entries: () => [...numbers(), ...calendar(), ...clock(), ...money(), ...tenses()],
  decimalComma: false,
  twelveHours: true,
  monthFirst: true,
  yen: 'CNY',
  region: 'CN',
  ordinalSuffix: /(?:st|nd|rd|th)(?![a-z])/y,
};
