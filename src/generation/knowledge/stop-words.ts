const english = `a about after all also am an and any anyone anything are as at be because been before but by can cannot
could did do does doing don't for from get give go going got had has have having hello help her here hey hi him his how
i i'd i'll i'm i've if in into is isn't it it's its just know let like long make many may me might more much must my need no
not of off ok on once one or our out please should so some something tell than thank thanks that the their them then there
these they thing this those to too up us use used very want was we were what when where which while who whom why will with would yes you your`;

const chinese = `的 了 吗 呢 吧 啊 呀 我 你 您 他 她 它 我们 你们 您们 他们 是 在 有 没 没有 不 也 都 就 还 要 想 会 能 可以 可 请 请问
问 一下 一个 个 这 那 这个 那个 什么 什么时候 时候 怎么 怎样 如何 为什么 多少 几 哪 哪里 哪儿 哪些 谁 吗 和 与 或 或者 跟 对 把 被 给 到 从 用 让
但 但是 如果 的话 需要 应该 知道 告诉 帮 帮我 谢谢 你好 您好 么 下 上 里 说 做 去 来 得 着 过 很 太 多 久 多久 多长时间 一下子 现在 今天 啥 咋`;

/** Words that questions are made of and that say nothing of what they ask; a small corpus makes them look rare. */
export const stopWords: ReadonlySet<string> = new Set(`${english} ${chinese}`.split(/\s+/));
