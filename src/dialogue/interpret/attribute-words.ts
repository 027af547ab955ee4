/** How people point at one of several things by what it is like: the attribute, and which end of it they want. */
export interface AttributeWord {
  readonly words: RegExp;
  /** Names of the numeric or temporal fields that it is about. */
  readonly fields: RegExp;
  readonly end: 'least' | 'most';
}

const price = /price|cost|fare|amount|total|fee|rate|价/iu;
const time = /time|depart|arriv|date|when|start|placed|day/iu;

export const attributeWords: readonly AttributeWord[] = [
  {
    words: /\b(?:cheap(?:er|est)?|least expensive|less expensive|lowest price)\b|便宜|低价|实惠/iu,
    fields: price,
    end: 'least',
  },
  {
    words:
      /\b(?:(?:more|most) expensive|dear(?:er|est)|pric(?:ier|iest)|costl(?:ier|iest))\b|最贵|贵一?点|贵的/iu,
    fields: price,
    end: 'most',
  },
  {
    words: /\b(?:earli(?:er|est)|soon(?:er|est)|old(?:er|est))\b|最早|早一?点|早的|较早/iu,
    fields: time,
    end: 'least',
  },
  {
    words: /\b(?:late(?:r|st)|new(?:er|est)|most recent)\b|最晚|晚一?点|晚的|较晚|最新|最近的/iu,
    fields: time,
    end: 'most',
  },
  {
    words: /\b(?:fast(?:er|est)|quick(?:er|est)|short(?:er|est))\b|最快|快一?点|较快|最短/iu,
    fields: /duration|length|minutes|hours/iu,
    end: 'least',
  },
  {
    words: /\b(?:near(?:er|est)|clos(?:er|est))\b|最近|近一?点/iu,
    fields: /distance|km|miles/iu,
    end: 'least',
  },
  {
    words: /\b(?:best(?: rated)?|better|top rated|highest rated)\b|评分最?高|最好|好一?点/iu,
    fields: /rating|stars|score/iu,
    end: 'most',
  },
  {
    words: /\b(?:big(?:ger|gest)|larg(?:er|est))\b|最大|大一?点|大的/iu,
    fields: /size|area|seats|capacity/iu,
    end: 'most',
  },
  {
    words: /\b(?:small(?:er|est))\b|最小|小一?点|小的/iu,
    fields: /size|area|seats|capacity/iu,
    end: 'least',
  },
];
