/** One thing that the shop sells. */
export interface Product {
  readonly name: string;
  readonly nameZh: string;
  /** What people call it besides, in either language, lower case. */
  readonly words: readonly string[];
  readonly priceCents: number;
  readonly stock: number;
  /** Days until it is back, for what is sold out. */
  readonly backInDays?: number;
  /** Sizes and colours, each with what people call it and how many there are. */
  readonly variants?: Readonly<Record<string, { readonly words: readonly string[]; readonly stock: number }>>;
}

const sizes = {
  S: { words: ['s', 'small', 'size s', '小号', 's码'], stock: 4 },
  M: { words: ['m', 'medium', 'size m', '中号', 'm码'], stock: 0 },
  L: {
    words: ['l', 'large', 'larger', 'bigger', 'size l', 'next size up', '大号', '大一号', 'l码'],
    stock: 7,
  },
  XL: { words: ['xl', 'extra large', 'size xl', '加大', 'xl码'], stock: 2 },
} as const;

/** The whole range of the shop. */
export const catalogue: readonly Product[] = [
  {
    name: 'Alder Tent',
    nameZh: '桤木帐篷',
    words: ['tent', 'two person tent', '2 person tent', 'small tent', '帐篷', '双人帐篷', '小帐篷'],
    priceCents: 24900,
    stock: 14,
    variants: {
      green: { words: ['green', '绿色', '绿'], stock: 9 },
      sand: { words: ['sand', 'beige', '沙色', '米色'], stock: 5 },
    },
  },
  {
    name: 'Larch Tent',
    nameZh: '落叶松帐篷',
    words: [
      'tent',
      'four person tent',
      '4 person tent',
      'family tent',
      'big tent',
      '帐篷',
      '四人帐篷',
      '大帐篷',
    ],
    priceCents: 39900,
    stock: 6,
  },
  {
    name: 'Wren Sleeping Bag',
    nameZh: '鹪鹩睡袋',
    words: ['sleeping bag', 'sleeping bags', '睡袋'],
    priceCents: 12900,
    stock: 22,
  },
  {
    name: 'Fjord Backpack',
    nameZh: '峡湾登山包',
    words: ['backpack', 'backpacks', 'rucksack', 'trekking backpack', '登山包', '背包', '大背包'],
    priceCents: 17900,
    stock: 11,
    variants: {
      blue: { words: ['blue', '蓝色', '蓝'], stock: 8 },
      rust: { words: ['rust', 'red', '锈红', '红色'], stock: 3 },
    },
  },
  {
    name: 'Moss Daypack',
    nameZh: '苔藓双肩包',
    words: ['daypack', 'daypacks', 'small backpack', '双肩包', '小背包'],
    priceCents: 6900,
    stock: 35,
  },
  {
    name: 'Ember Camping Stove',
    nameZh: '余烬炉头',
    words: ['camping stove', 'stove', 'gas stove', 'cooker', '炉头', '炉子', '露营炉'],
    priceCents: 8900,
    stock: 9,
  },
  {
    name: 'Birch Kettle',
    nameZh: '白桦烧水壶',
    words: ['kettle', 'camping kettle', '烧水壶', '水壶'],
    priceCents: 3900,
    stock: 18,
  },
  {
    name: 'Glow Lantern',
    nameZh: '萤火露营灯',
    words: ['lantern', 'lanterns', 'camping lantern', '露营灯', '营地灯'],
    priceCents: 4500,
    stock: 3,
  },
  {
    name: 'Pebble Headlamp',
    nameZh: '卵石头灯',
    words: ['headlamp', 'headlamps', 'head torch', '头灯'],
    priceCents: 3200,
    stock: 27,
  },
  {
    name: 'Heron Folding Chair',
    nameZh: '苍鹭折叠椅',
    words: [
      'folding chair',
      'folding chairs',
      'camping chair',
      'chair',
      'chairs',
      '折叠椅',
      '露营椅',
      '椅子',
    ],
    priceCents: 5900,
    stock: 40,
    variants: {
      olive: { words: ['olive', 'green', '橄榄绿', '绿色'], stock: 25 },
      grey: { words: ['grey', 'gray', '灰色'], stock: 15 },
    },
  },
  {
    name: 'Tarn Camping Table',
    nameZh: '山湖折叠桌',
    words: [
      'camping table',
      'camping tables',
      'table',
      'tables',
      'folding table',
      '折叠桌',
      '露营桌',
      '桌子',
    ],
    priceCents: 9900,
    stock: 8,
  },
  {
    name: 'Drift Hammock',
    nameZh: '漂流吊床',
    words: ['hammock', 'hammocks', '吊床'],
    priceCents: 7900,
    stock: 0,
    backInDays: 16,
  },
  {
    name: 'Rook Rain Jacket',
    nameZh: '渡鸦雨衣',
    words: ['rain jacket', 'raincoat', 'jacket', 'waterproof jacket', '雨衣', '冲锋衣', '防雨夹克'],
    priceCents: 13900,
    stock: 13,
    variants: sizes,
  },
  {
    name: 'Juniper Wool Blanket',
    nameZh: '杜松羊毛毯',
    words: ['wool blanket', 'blanket', 'throw', '羊毛毯', '毛毯', '毯子'],
    priceCents: 8500,
    stock: 0,
    backInDays: 9,
    variants: {
      green: { words: ['green', '绿色', '绿'], stock: 0 },
      grey: { words: ['grey', 'gray', '灰色'], stock: 0 },
    },
  },
  {
    name: 'Oak Cutting Board',
    nameZh: '橡木砧板',
    words: ['cutting board', 'cutting boards', 'chopping board', '砧板', '菜板', '切菜板'],
    priceCents: 3400,
    stock: 16,
  },
  {
    name: 'Sorrel Linen Bedding',
    nameZh: '酢浆草亚麻四件套',
    words: ['linen bedding', 'bedding', 'bed linen', 'bedding set', '亚麻四件套', '四件套', '床品', '床单'],
    priceCents: 15900,
    stock: 5,
    variants: {
      white: { words: ['white', '白色'], stock: 3 },
      clay: { words: ['clay', 'terracotta', '陶土色'], stock: 2 },
    },
  },
  {
    name: 'Clover Table Lamp',
    nameZh: '三叶草台灯',
    words: ['table lamp', 'lamp', 'lamps', 'desk lamp', 'bedside lamp', '台灯', '床头灯'],
    priceCents: 6400,
    stock: 12,
  },
  {
    name: 'Thistle Vase',
    nameZh: '蓟花花瓶',
    words: ['vase', 'vases', 'flower vase', '花瓶'],
    priceCents: 2800,
    stock: 19,
  },
  {
    name: 'Cove Water Bottle',
    nameZh: '海湾保温杯',
    words: ['water bottle', 'water bottles', 'bottle', 'thermos', 'flask', '保温杯', '水杯', '水瓶'],
    priceCents: 2600,
    stock: 60,
  },
  {
    name: 'Fern Towel',
    nameZh: '蕨叶毛巾',
    words: ['towel', 'towels', 'bath towel', '毛巾', '浴巾'],
    priceCents: 2200,
    stock: 44,
    variants: {
      white: { words: ['white', '白色'], stock: 30 },
      charcoal: { words: ['charcoal', 'dark', '深色', '炭灰'], stock: 14 },
    },
  },
];
