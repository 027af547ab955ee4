/** What things on offer are compared by, with the names of the columns that hold it. */
export const attributeFields = {
  price: /price|cost|fare|amount|total|fee|rate|价/iu,
  time: /time|depart|arriv|date|when|start|placed|first_day/iu,
  duration: /duration|length|minutes|hours/iu,
  distance: /distance|km|miles/iu,
  rating: /rating|stars|score/iu,
  size: /size|area_m2|seats|capacity/iu,
} as const satisfies Readonly<Record<string, RegExp>>;

export type Attribute = keyof typeof attributeFields;

/** How people point at one of several things by what it is like: the attribute, and which end of it they want. */
export interface AttributeWord {
  readonly words: RegExp;
  readonly attribute: Attribute;
  readonly end: 'least' | 'most';
}

/** "The cheapest", "the later one": one of those on offer is meant. */
export const attributeWords: readonly AttributeWord[] = [
  {
    words:
      /\b(?:cheap(?:er|est)?|least expensive|less (?:expensive|pricey|costly)|inexpensive|(?:more )?affordable|more (?:reasonable|economical)|budget(?! (?:is|of)\b)|low(?:er|est)? price[ds]?|low(?:er)? cost)\b|最?便宜|最?低价|最?实惠|最?划算|省钱|经济(?:一?点|些|实惠)/iu,
    attribute: 'price',
    end: 'least',
  },
  {
    words:
      /\b(?:(?:more|most) expensive|dear(?:er|est)|pric(?:ier|iest)|costl(?:ier|iest)|the (?:expensive|dear|pricey) one)\b|最贵|贵一?点|贵的/iu,
    attribute: 'price',
    end: 'most',
  },
  {
    words:
      /\b(?:earli(?:er|est)|soon(?:er|est)|old(?:er|est)|the (?:very )?early (?:one|flight))\b|最早|早一?点|早些|早的|较早/iu,
    attribute: 'time',
    end: 'least',
  },
  {
    words:
      /\b(?:late(?:r|st)|new(?:er|est)|most recent|the (?:very )?late (?:one|flight))\b|最晚|晚一?点|晚些|晚的|较晚|最新|最近的/iu,
    attribute: 'time',
    end: 'most',
  },
  {
    words:
      /\b(?:fast(?:er|est)|quick(?:er|est)?|short(?:er|est)?)\b|最快|快一?点|较快|最短|短一?[点些]|时间短|(?:不用|不要|别|不想)太[久长]/iu,
    attribute: 'duration',
    end: 'least',
  },
  { words: /\blongest\b|最长/iu, attribute: 'duration', end: 'most' },
  {
    words: /\b(?:near(?:er|est)|clos(?:er|est))\b|最近|近一?点/iu,
    attribute: 'distance',
    end: 'least',
  },
  {
    words:
      /\b(?:best(?: rated)?|better|top rated|highest rated|fanc(?:y|ier|iest)|luxur\w*)\b|评分最?高|最好|好一?点|高档|豪华点/iu,
    attribute: 'rating',
    end: 'most',
  },
  {
    words:
      /\b(?:big(?:ger|gest)|larg(?:er|est)|the (?:really )?(?:big|large) (?:one|car))\b|最大|大一?点|大的/iu,
    attribute: 'size',
    end: 'most',
  },
  {
    words: /\b(?:small(?:er|est)|the (?:really )?(?:small|little) (?:one|car))\b|最小|小一?点|小的/iu,
    attribute: 'size',
    end: 'least',
  },
];

/** "That is more than I want to spend": a reason against what is on the table, and the end where better ones lie. */
export const complaintWords: readonly AttributeWord[] = [
  {
    words:
      /\b(?<!\bthanks? (?:you )?)(?:(?:too|so|very|quite|rather|pretty|a bit|a little|way too) (?:expensive|dear|pricey|costly|much|rich)|(?:over|above|beyond|out of|not in|outside|exceeds?) (?:my|our|the) (?:budget|price range)|more than (?:i|we) (?:want|wanted|can|could|would like|d like|am willing|are willing|was hoping|were hoping|planned|meant|had in mind|expected|bargained|budgeted|thought)(?: to)? ?(?:spend|pay|afford)?|(?:can ?not|can t|couldn t) afford|costs? (?:too|that|so) much|bit (?:steep|much)|(?:too )?steep|(?:that|so) much(?: money)?|(?:that s |it s )?(?:quite |rather )?a lot (?:of money|to (?:pay|spend))|(?:costs? )?an? (?:small )?fortune|an arm and a leg|rip ?off|break(?:s|ing)? the bank|budget (?:doesn t|does not|won t|can t|is (?:tight|limited|small))|on an? (?:tight|small|limited|shoestring) budget|daylight robbery|(?:can t|cannot|can not|couldn t) (?:justify|stretch to)|pricey|(?:isn t|not|hardly) worth (?:it|that|the money))\b|(?:太|有点|有些|好|挺|真|也|还是|偏|蛮|略|够|这么|那么|忒)(?:小)?贵|贵(?:了|死|得|啊|呀|哦|啦|哎)|不便宜|划不来|不划算|不值|报不了|超(?:出|过)?(?:了)?(?:我的?|我们的?)?(?:预算|预期|预想)|预算(?:不够|有限|没那么)|花不起|(?:承受|承担|负担)不起|吃不消|破费|奢侈|肉疼|心疼钱|没那么多钱|(?:价格?|价钱|价位)(?:我)?(?:真的?|实在)?(?:接受|承受|受)不了|(?:价格?|价钱|价位)(?:有点|有些|太)?超(?:了|标)|价格(?:太|有点|有些|偏)?高/iu,
    attribute: 'price',
    end: 'least',
  },
  {
    words:
      /\b(?:(?:too|so|very|awfully|a bit|a little|way too|that) early|(?:before|at) the crack of dawn|(?:an? )?(?:un(?:godly|earthly|holy)|inhuman|insane|silly) (?:hour|time)|is (?:inhuman|insane|ungodly)|middle of the night|can ?not get up|can t get up|not a morning person)\b|(?:太|有点|有些|好|这么|那么)早|早了|起不来|起不了(?:那么|这么)早/iu,
    attribute: 'time',
    end: 'most',
  },
  {
    words:
      /\b(?:(?:too|so|very|awfully|a bit|a little|way too|that) late)\b|(?:太|有点|有些|好|这么|那么)晚|晚了/iu,
    attribute: 'time',
    end: 'least',
  },
  {
    words:
      /\b(?:(?:takes? )?(?:too|so|very|a bit|a little|way too) long|takes? (?:forever|ages))\b|(?:太|有点|这么|那么)[久长]|时间太?长/iu,
    attribute: 'duration',
    end: 'least',
  },
  {
    words: /\b(?:(?:too|so|very|a bit|a little|way too) far(?: away)?)\b|太远|(?:有点|有些)远/iu,
    attribute: 'distance',
    end: 'least',
  },
  {
    words:
      /\b(?:(?:too|so|very|a bit|a little|way too) (?:small|tiny|cramped|tight)|tiny|not (?:big|large|roomy) enough|not enough (?:room|space|seats)|(?:won t|wouldn t|don t|doesn t|can t|not|never) (?:all )?fit)\b|(?:太|有点|有些)[小挤]|[坐装放]不[下了]|不够[大坐]/iu,
    attribute: 'size',
    end: 'most',
  },
  {
    words: /\b(?:(?:too|so|very|a bit|a little|way too) (?:big|large|huge))\b|(?:太|有点|有些)大/iu,
    attribute: 'size',
    end: 'least',
  },
  {
    words:
      /\b(?:(?:too|so|very|a bit|a little|rather) (?:basic|shabby|simple|plain|run ?down)|not (?:good|nice|fancy|comfortable|posh) enough|too few stars)\b|星级(?:太|有点|有些)?低|档次(?:太|有点)?低|(?:太|有点|有些)(?:破|差|简陋|简单)/iu,
    attribute: 'rating',
    end: 'most',
  },
  {
    words:
      /\b(?:(?:too|so|very|a bit|a little|rather) (?:posh|fancy|luxurious|grand|upmarket|swanky|stuffy))\b|(?:太|有点|过于)(?:豪华|高档|高级)/iu,
    attribute: 'rating',
    end: 'least',
  },
];

/** Parts of the day, and the hours that they lie between; "good morning" is none. */
export const dayParts: readonly { readonly words: RegExp; readonly from: string; readonly to: string }[] = [
  {
    words:
      /(?<!good )\bmornings?\b|\bbefore (?:noon|midday|lunch)\b|早上(?!好)|上午(?!好)|早晨|清晨|一早|早班|(?:中午|午饭)(?:以|之)?前/iu,
    from: '04:00',
    to: '12:00',
  },
  {
    words: /(?<!after )\b(?:noon|midday|lunch-?time)\b|中午(?!(?:以|之)?后)|正午|午间/iu,
    from: '11:00',
    to: '14:00',
  },
  {
    words:
      /(?<!good )\bafternoons?\b|\bafter (?:noon|midday|lunch)\b|下午(?!好)|午后|(?:中午|午饭)(?:以|之)?后/iu,
    from: '12:00',
    to: '18:00',
  },
  {
    words: /(?<!good )\b(?:evenings?|night-?time|at night)\b|晚上(?!好)|傍晚|夜里|晚间|晚班/iu,
    from: '17:00',
    to: '23:59',
  },
];

/** "Not that one": anything but what was chosen. */
export const anotherWords =
  /\b(?:not (?:that|this)(?: one)?|another(?: one)?|any others?|(?:see|show me|look at|what are) the others?|(?:not (?:an? (?:big )?fan of|keen on|mad about|sold on)|(?:don['’]?t|do not) (?:really )?(?:like|fancy|want|trust)|hate) (?:that|this) (?!trip|booking|task)\w+|a different (?:one|\w+)|something else|(?:the|any) other (?:ones|options?|choices?))\b|换一?(?:个|家|款|班|趟|种)|不(?:太|怎么)?(?:要|想要|喜欢)[这那]一?(?:个|家|款|班|趟|种)|别的(?!不|没)|其他的|其它的|另外的/iu;

/** Words before or after an amount that make it a limit, and on which side of it things must lie. */
export const limitWords: readonly {
  readonly before?: RegExp;
  readonly after?: RegExp;
  readonly below: boolean;
}[] = [
  {
    before:
      /(?:\b(?:under|below|less than|up to|at most|no more than|not more than|max(?:imum)?(?: of)?|cheaper than|within|before|earlier than|no later than|by|until|arriv\w+ by|budget(?: is| of)?(?: only| just| about)?|(?:can|could|want to|would) (?:only )?(?:spend|pay|go(?: up)? to))|预算(?:是|只有|就|大概|在)?|不超过|低于|少于|最多|不到|早于)\s*(?:around |about )?$/iu,
    below: true,
  },
  {
    after:
      /^\s*(?:or (?:less|cheaper|earlier|before)|at (?:the )?most|max\b|以内|以下|之内|之前|以前|前|内)/iu,
    below: true,
  },
  {
    before:
      /(?:\b(?:over|above|more than|at least|no less than|min(?:imum)?(?: of)?|after|later than|not before|no earlier than|from|past)|超过|高于|多于|至少|最少|晚于)\s*(?:around |about )?$/iu,
    below: false,
  },
  {
    after:
      /^\s*(?:\+|(?:or|and) (?:more|later|after|better|higher|above|up|over)|at least|以上|之后|以后|后|起)/iu,
    below: false,
  },
];

/** Words that refuse whatever a sentence names: "museums bore me", 不喜欢坐船. */
export const dislikeWords =
  /\b(?:bor(?:e|es|ed|ing)|hat(?:e|es|ed)|dislikes?|(?:don t|doesn t|do not|does not) (?:really )?(?:like|want|fancy|care for)|not (?:really |so |very )?(?:keen|into|fond|my thing|our thing)|no fans? of|sick of|tired of|afraid of|scared of|can t stand|seasick|allergic)\b|不喜欢|不爱|不感兴趣|没兴趣|讨厌|无聊|害怕|怕(?!麻烦)|受不了|晕/iu;

/** Words that turn a feature round: "without breakfast". */
export const withoutWords =
  /(?:\b(?:without|no|not|don t need|do not need)(?:\s+(?:the|a|any))?|不含|不带|不要|(?<!有)没有|不需要|不用|不必)$/iu;
