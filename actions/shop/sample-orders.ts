/** A customer of the sample shop. All of them are made up. */
export interface SampleCustomer {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly address: string;
  readonly creditCents: number;
}

export const sampleCustomers: readonly SampleCustomer[] = [
  {
    name: 'Mia Larsen',
    email: 'mia@example.com',
    phone: '+4530901234',
    address: 'Birkevej 12, 2100 Copenhagen, Denmark',
    creditCents: 1500,
  },
  {
    name: 'Tom Becker',
    email: 'tom.becker@example.com',
    phone: '+4930901820',
    address: 'Lindenweg 5, 10115 Berlin, Germany',
    creditCents: 0,
  },
  {
    name: 'Noor Haddad',
    email: 'noor@example.com',
    phone: '+33612345678',
    address: '9 rue des Lilas, 69003 Lyon, France',
    creditCents: 2500,
  },
  {
    name: 'Emma Wilson',
    email: 'emma.wilson@example.com',
    phone: '+447700900123',
    address: '14 Mill Lane, Bristol BS1 4ST, United Kingdom',
    creditCents: 0,
  },
  {
    name: 'Lucas Martin',
    email: 'lucas.martin@example.com',
    phone: '+33698765432',
    address: '3 quai du Port, 13002 Marseille, France',
    creditCents: 0,
  },
  {
    name: 'Giulia Rossi',
    email: 'giulia.rossi@example.com',
    phone: '+393331234567',
    address: 'Via Roma 41, 20121 Milan, Italy',
    creditCents: 1000,
  },
  {
    name: 'Aisha Khan',
    email: 'aisha.khan@example.com',
    phone: '+447700900456',
    address: '8 Harbour Road, Leith EH6 6QU, United Kingdom',
    creditCents: 0,
  },
  {
    name: '张伟',
    email: 'wei.zhang@example.com',
    phone: '+8613800138000',
    address: '上海市徐汇区漕溪路88号3单元502室',
    creditCents: 3000,
  },
  {
    name: '李娜',
    email: 'li.na@example.com',
    phone: '+8613912345678',
    address: '杭州市西湖区文三路201号',
    creditCents: 0,
  },
  {
    name: '王芳',
    email: 'fang.wang@example.com',
    phone: '+8615011112222',
    address: '成都市锦江区红星路三段1号',
    creditCents: 500,
  },
  {
    name: '陈晨',
    email: 'chen.chen@example.com',
    phone: '+8618600001111',
    address: '广州市天河区体育西路102号',
    creditCents: 0,
  },
];

/** An order of the sample shop; days count back from the day on which the database is made. */
export interface SampleOrder {
  readonly id: string;
  readonly email: string;
  readonly state: 'processing' | 'shipped' | 'delivered' | 'cancelled' | 'returned';
  readonly placedDaysAgo: number;
  /** Days ago that it arrived; for what is under way, days until it does. */
  readonly days: number;
  readonly items: Readonly<Record<string, number>>;
}

function order(
  id: string,
  email: string,
  state: SampleOrder['state'],
  [placedDaysAgo, days]: readonly [number, number],
  items: Readonly<Record<string, number>>,
): SampleOrder {
  return { id, email, state, placedDaysAgo, days, items };
}

const MIA = 'mia@example.com';
const TOM = 'tom.becker@example.com';
const NOOR = 'noor@example.com';
const EMMA = 'emma.wilson@example.com';
const LUCAS = 'lucas.martin@example.com';
const GIULIA = 'giulia.rossi@example.com';
const AISHA = 'aisha.khan@example.com';
const WEI = 'wei.zhang@example.com';
const NA = 'li.na@example.com';
const FANG = 'fang.wang@example.com';
const CHEN = 'chen.chen@example.com';

/** The README's demo orders come first. */
export const sampleOrders: readonly SampleOrder[] = [
  order('AB123456', MIA, 'delivered', [9, 5], { 'Alder Tent': 1, 'Birch Kettle': 1 }),
  order('KD204518', MIA, 'shipped', [3, 2], { 'Wren Sleeping Bag': 1 }),
  order('MX771204', MIA, 'processing', [1, 5], { 'Heron Folding Chair': 2, 'Tarn Camping Table': 1 }),
  order('QT555010', TOM, 'cancelled', [20, 0], { 'Ember Camping Stove': 1 }),
  order('RW118236', TOM, 'delivered', [75, 70], { 'Fern Towel': 4 }),
  order('HN640021', TOM, 'shipped', [4, 1], { 'Pebble Headlamp': 2 }),
  order('PL330987', NOOR, 'delivered', [16, 12], { 'Rook Rain Jacket': 1 }),
  order('TS900417', NOOR, 'processing', [2, 4], { 'Clover Table Lamp': 1 }),
  order('BV402913', EMMA, 'returned', [25, 20], { 'Sorrel Linen Bedding': 1 }),
  order('GF731150', WEI, 'delivered', [8, 3], { 'Clover Table Lamp': 1, 'Thistle Vase': 2 }),
  order('LQ208834', WEI, 'shipped', [5, 2], { 'Fjord Backpack': 1 }),
  order('ZH880123', NA, 'processing', [1, 6], { 'Larch Tent': 1 }),
  order('CN556677', NA, 'delivered', [21, 15], { 'Cove Water Bottle': 2 }),
  order('WF310245', FANG, 'delivered', [10, 6], { 'Juniper Wool Blanket': 1 }),
  order('SC774120', CHEN, 'shipped', [6, 1], { 'Glow Lantern': 1, 'Moss Daypack': 1 }),
  order('EW550918', EMMA, 'processing', [1, 4], { 'Moss Daypack': 1 }),
  order('EW204377', EMMA, 'delivered', [7, 2], { 'Clover Table Lamp': 2 }),
  order('LM667102', LUCAS, 'delivered', [14, 9], {
    'Ember Camping Stove': 1,
    'Birch Kettle': 1,
    'Cove Water Bottle': 2,
  }),
  order('LM230081', LUCAS, 'shipped', [3, 3], { 'Oak Cutting Board': 1 }),
  order('GR410556', GIULIA, 'delivered', [45, 40], { 'Drift Hammock': 1 }),
  order('GR981234', GIULIA, 'processing', [0, 6], { 'Thistle Vase': 1, 'Fern Towel': 2 }),
  order('AK120099', AISHA, 'delivered', [12, 7], { 'Heron Folding Chair': 4 }),
  order('AK346711', AISHA, 'cancelled', [11, 0], { 'Larch Tent': 1 }),
  order('AK889020', AISHA, 'processing', [1, 5], { 'Wren Sleeping Bag': 2 }),
  order('MX105532', MIA, 'delivered', [120, 116], { 'Moss Daypack': 1 }),
  order('TB778812', TOM, 'processing', [0, 5], { 'Sorrel Linen Bedding': 1 }),
  order('NH402265', NOOR, 'delivered', [5, 1], { 'Oak Cutting Board': 2, 'Juniper Wool Blanket': 1 }),
  order('WZ615043', WEI, 'delivered', [90, 84], { 'Pebble Headlamp': 1 }),
  order('WZ330871', WEI, 'processing', [1, 7], { 'Tarn Camping Table': 1 }),
  order('NL902116', NA, 'delivered', [6, 2], { 'Rook Rain Jacket': 1 }),
  order('FW447290', FANG, 'processing', [0, 6], { 'Heron Folding Chair': 2 }),
  order('FW118533', FANG, 'cancelled', [30, 0], { 'Glow Lantern': 1 }),
  order('CC205764', CHEN, 'delivered', [18, 13], { 'Fjord Backpack': 1, 'Cove Water Bottle': 1 }),
  order('CC871190', CHEN, 'returned', [40, 33], { 'Drift Hammock': 1 }),
];

/** Coupons: `expiresInDays` may be past; without an e-mail address anybody may redeem it. */
export const sampleCoupons = [
  { code: 'LARK-7K2P9', email: MIA, valueCents: 2000, expiresInDays: 200 },
  { code: 'LARK-M4XQ2', email: undefined, valueCents: 1000, expiresInDays: 90 },
  { code: 'LARK-9QW3E', email: WEI, valueCents: 5000, expiresInDays: 365 },
  { code: 'LARK-TT450', email: undefined, valueCents: 1500, expiresInDays: 60 },
  { code: 'LARK-ZZ81T', email: undefined, valueCents: 1000, expiresInDays: -30 },
  { code: 'LARK-B3N6H', email: NOOR, valueCents: 2500, expiresInDays: 30 },
  { code: 'LARK-X0X0X', email: TOM, valueCents: 1200, expiresInDays: 120 },
] as const;

/** Refunds made before the database was: paid so many days ago, or due in so many. */
export const sampleRefunds = [
  { order: 'BV402913', reason: 'changed_mind', state: 'requested', paysInDays: 3 },
  { order: 'CN556677', reason: 'damaged', state: 'paid', paysInDays: -6 },
  { order: 'CC871190', reason: 'not_as_described', state: 'paid', paysInDays: -20 },
  { order: 'QT555010', reason: 'cancelled', state: 'paid', paysInDays: -14 },
  { order: 'AK346711', reason: 'cancelled', state: 'paid', paysInDays: -6 },
  { order: 'FW118533', reason: 'cancelled', state: 'paid', paysInDays: -25 },
] as const;

export const sampleTickets = [
  {
    id: 'T-10482',
    email: MIA,
    state: 'open',
    body: 'The courier left my parcel in the rain.',
    note: 'we have asked the carrier for a statement.',
    noteZh: '已请承运商说明情况。',
  },
  {
    id: 'T-10977',
    email: TOM,
    state: 'answered',
    body: 'I waited nine days for an answer to my e-mail.',
    note: 'Anna wrote to you and added 10 euros of credit.',
    noteZh: 'Anna 已回信，并补偿了 10 欧元购物金。',
  },
  {
    id: 'T-11203',
    email: WEI,
    state: 'open',
    body: '客服电话一直打不通。',
    note: 'our phone lines are being checked.',
    noteZh: '正在排查电话线路。',
  },
  {
    id: 'T-11350',
    email: NA,
    state: 'closed',
    body: '包装盒破损。',
    note: 'a new box was sent.',
    noteZh: '已补寄新的包装盒。',
  },
] as const;
